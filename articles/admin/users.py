"""Accounts. Editors give and take roles; they never raise anybody, themselves included, above an editor."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from .guarding import GuardedAdmin

# Imported above, Django has registered its own by now.
admin.site.unregister([User, Group])


def permissions_of(user: User) -> QuerySet[Permission]:
    """All that `user` is given, singly or by role; also while the account is switched off."""
    return Permission.objects.filter(Q(user=user) | Q(group__user=user)).distinct()


def can_do_more(user: User, *, than: User) -> bool:
    """Whether `user` is, or would be when switched on, allowed what `than` is not."""
    if than.is_superuser:
        return False
    return user.is_superuser or permissions_of(user).exclude(pk__in=permissions_of(than)).exists()


@admin.register(User)
class UserAdmin(GuardedAdmin, auth_admin.UserAdmin):  # type: ignore[type-arg]
    """Whoever can do more than the editor is shown, not changed: a new password would hand over the account."""

    list_display = ["username", "first_name", "last_name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    show_full_result_count = False
    editor_fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Who it is", {"fields": ["first_name", "last_name", "email"]}),
        ("Roles", {"fields": ["is_active", "groups"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
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
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())


@admin.register(Group)
class GroupAdmin(GuardedAdmin, auth_admin.GroupAdmin):
    """The roles are the product's own; a migration makes them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False
