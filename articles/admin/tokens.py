"""Tokens of the API: whose there are, and revoking them. Their secrets are nowhere."""

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..models import ApiToken
from ..querysets import ApiTokenQuerySet
from .history import ReadOnlyAdmin


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    list_display = ["name", "prefix", "user", "may", "made_at", "last_used_at", "expires_at", "revoked_at"]
    list_filter = [("user", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["name", "prefix", "user__username"]
    search_help_text = _("The name, how the secret begins, or whose it is.")
    fields = ["name", "prefix", "user", "may", "made_at", "last_used_at", "expires_at", "revoked_at"]
    readonly_fields = ["may"]
    actions = ["revoke"]

    def get_queryset(self, request: HttpRequest) -> ApiTokenQuerySet:
        return ApiToken.objects.all()

    @admin.display(description=_("scopes"))
    def may(self, token: ApiToken) -> str:
        return ", ".join(token.scope_labels)

    @admin.action(description=_("Revoke selected tokens"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, chosen: ApiTokenQuerySet) -> None:
        number = chosen.revoke()
        said = ngettext("Revoked %(number)s token.", "Revoked %(number)s tokens.", number)
        self.message_user(request, said % {"number": number_format(number, force_grouping=True)}, messages.SUCCESS)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_apitoken")
