"""Accounts. Editors give and take roles; they never raise anybody, themselves included, above an editor."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .guarding import GuardedAdmin

# Imported above, Django has registered its own by now.
admin.site.unregister([User, Group])

ROLES = {
    "viewer": pgettext_lazy("role", "viewer"),
    "analyst": pgettext_lazy("role", "analyst"),
    "editor": pgettext_lazy("role", "editor"),
}
"""What to call the groups that a migration made; any other is called as it is stored."""
MAY = {
    "view": _("Can view %(record)s"),
    "add": _("Can add %(record)s"),
    "change": _("Can change %(record)s"),
    "delete": _("Can delete %(record)s"),
}
"""What Django's own permissions are called; they are stored in English."""


def role_name(stored: str) -> str:
    return str(ROLES.get(stored, stored))


def permission_name(permission: Permission) -> str:
    model = permission.content_type.model_class()
    act, _under, what = permission.codename.partition("_")
    if model is not None and what == model._meta.model_name and act in MAY:
        return MAY[act] % {"record": model._meta.verbose_name}
    return gettext(permission.name)


def permissions_of(user: User) -> QuerySet[Permission]:
    """All that `user` is given, singly or by role; also while the account is switched off."""
    return Permission.objects.filter(Q(user=user) | Q(group__user=user)).distinct()


def can_do_more(user: User, *, than: User) -> bool:
    """Whether `user` is, or would be when switched on, allowed what `than` is not."""
    if than.is_superuser:
        return False
    return user.is_superuser or permissions_of(user).exclude(pk__in=permissions_of(than)).exists()


class RoleFilter(admin.RelatedFieldListFilter):
    """Names the roles as the pages do."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Any:
        choices = super().field_choices(field, request, model_admin)
        return [(pk, role_name(str(name))) for pk, name in choices]


@admin.register(User)
class UserAdmin(GuardedAdmin, auth_admin.UserAdmin):  # type: ignore[type-arg]
    """Whoever can do more than the editor is shown, not changed: a new password would hand over the account."""

    list_display = ["username", "first_name", "last_name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active", ("groups", RoleFilter)]
    show_full_result_count = False
    editor_fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Who it is"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Roles"), {"fields": ["is_active", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["username", "usable_password", "password1", "password2"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return self.editor_fieldsets

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (
            obj and can_do_more(obj, than=cast(User, request.user))
        )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody: the record of changes names them. Switch the account off instead."""
        return False

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups" and not request.user.is_superuser:
            beyond = Permission.objects.exclude(pk__in=permissions_of(cast(User, request.user)))
            kwargs["queryset"] = Group.objects.exclude(permissions__in=beyond)
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field and db_field.name == "groups":
            field.label_from_instance = lambda group: role_name(group.name)
        if field and db_field.name == "user_permissions":
            field.label_from_instance = lambda one: f"{one.content_type} | {permission_name(one)}"
        return field

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(role_name(group.name) for group in user.groups.all())


@admin.register(Group)
class GroupAdmin(GuardedAdmin, auth_admin.GroupAdmin):
    """The roles are the product's own; a migration makes them."""

    list_display = ["role"]
    fields = ["role", "may"]
    readonly_fields = ["role", "may"]

    @admin.display(description=_("name"), ordering="name")
    def role(self, group: Group) -> str:
        return role_name(group.name)

    @admin.display(description=_("permissions"))
    def may(self, group: Group) -> SafeString:
        held = group.permissions.select_related("content_type")
        items = format_html_join("", "<li>{}</li>", ((permission_name(each),) for each in held))
        return format_html("<ul>{}</ul>", items)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False
