"""Django admin under the product's name, open to whoever holds the editor's permission."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest


class NewsroomAdminSite(admin.AdminSite):
    site_header = "Newsroom"
    site_title = "Newsroom admin"
    index_title = "Articles, quotations, speakers and users"

    def has_permission(self, request: HttpRequest) -> bool:
        """Editors by their permission, so that the role alone decides; superusers always."""
        return request.user.is_active and request.user.has_perm("articles.use_admin")


class NewsroomAdminConfig(AdminConfig):
    default_site = "newsroom.admin.NewsroomAdminSite"
