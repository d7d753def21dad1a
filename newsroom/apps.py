"""Names the admin site that INSTALLED_APPS asks for; apart from it, as models are not ready when this is read."""

from django.contrib.admin.apps import AdminConfig


class NewsroomAdminConfig(AdminConfig):
    default_site = "newsroom.admin.NewsroomAdminSite"
