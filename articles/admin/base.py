"""What the admin of every editable record shares: saving through the write path, its history, nothing deleted."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, URLField
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from .. import corrections
from ..corrections import Edit, Gone, NameTaken, StaleEdit, Values
from ..models import Act, Change
from .forms import VersionedForm
from .guarding import GuardedAdmin, is_number
from .words import in_words

# Records that one action may change, and changes on one page of a history.
MOST_AT_ONCE = 1000
HISTORY_PAGE = 50


class KeptAdmin(GuardedAdmin):
    """Of records that nobody deletes. Django's own log of admin actions is not kept: ours says more."""

    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        pass

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        pass


class RecordAdmin(KeptAdmin):
    """Of records whose every change is an act."""

    form = VersionedForm
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    add_fieldsets: Any = None

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The form of a stored record carries the version that it shows."""
        if obj is None and self.add_fieldsets:
            return self.add_fieldsets
        fieldsets = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            return fieldsets
        (name, options), *rest = fieldsets
        return [(name, {**options, "fields": [*options["fields"], "seen_version"]}), *rest]

    def view_on_site(self, obj: Any) -> str | None:
        """The record's own page; None where it has none."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (StaleEdit, Gone, NameTaken):
            # Somebody saved between the form's check and the write, or extraction deleted: the second go says so.
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: VersionedForm, change: bool) -> None:
        by = cast(User, request.user)
        values = self.values(form, by=by)
        if not change:
            corrections.create(obj, by=by, values={"aliases": values["aliases"]} if "aliases" in values else None)
        elif values:
            corrections.edit([Edit(obj, form.cleaned_data["seen_version"], values)], by=by, verb=self.verb(form))

    def values(self, form: VersionedForm, *, by: User) -> Values:
        """What to write for a valid form."""
        return form.values()

    def verb(self, form: VersionedForm) -> Act.Verb:
        """What to call the saving of a valid form in which something changed."""
        return Act.Verb.EDIT

    def action_checkbox(self, obj: Any) -> SafeString:
        """Django's, with the version that the list shows, for the actions."""
        return format_html(
            '{}<input type="hidden" name="version-{}" value="{}">', super().action_checkbox(obj), obj.pk, obj.version
        )

    @admin.display(description=_("hidden"), ordering="is_hidden", empty_value="")
    def hidden(self, obj: Any) -> str | None:
        """A word where it is so: a cross at every other row would look like a fault."""
        return gettext("hidden") if obj.is_hidden else None

    def edit_selected(
        self, request: HttpRequest, chosen: QuerySet[Any], *, values: Values, verb: Act.Verb = Act.Verb.EDIT
    ) -> None:
        """Write `values` to all chosen records as one act, and say what came of it.

        Records on other pages of the list, chosen unseen, are taken as they are.
        """
        name, value = next(iter(values.items()))
        records = list(chosen[: MOST_AT_ONCE + 1])
        if len(records) > MOST_AT_ONCE:
            most = number_format(MOST_AT_ONCE, force_grouping=True)
            self.message_user(request, gettext("Choose at most %(most)s at a time.") % {"most": most}, messages.ERROR)
            return
        missing = _number_chosen(request, records) - len(records)
        if missing > 0:
            gone = ngettext(
                "%(number)s of those you chose changed in the meantime and left this list",
                "%(number)s of those you chose changed in the meantime and left this list",
                missing,
            )
            self._nothing_saved(request, gone % {"number": number_format(missing, force_grouping=True)})
            return
        edits = [
            Edit(record, _version_seen(request, record), values)
            for record in records
            if getattr(record, name) != value or _version_seen(request, record) != record.version
        ]
        try:
            act = corrections.edit(edits, by=cast(User, request.user), verb=verb)
        except (StaleEdit, Gone) as refusal:
            self._nothing_saved(request, str(refusal))
            return
        if act is None:
            self.message_user(request, gettext("Nothing to change: they are so already."), messages.WARNING)
        else:
            undo = reverse("admin:articles_act_undo", args=[act.pk])
            # Translators: a number and what was changed, as "2 quotations".
            done = gettext("Changed %(records)s.") % {"records": _counted(act.changes.count(), self.opts)}
            self.message_user(request, format_html('{} <a href="{}">{}</a>', done, undo, gettext("Undo…")))

    def _nothing_saved(self, request: HttpRequest, why: str) -> None:
        said = gettext("Nothing was saved: %(why)s. The list shows what is there now.") % {"why": why}
        self.message_user(request, said, messages.ERROR)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who did what to the record and when, the last first, in words."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            # Translators: what kind of record, as "quotation".
            said = gettext("There is no %(record)s with the number %(number)s.")
            raise Http404(said % {"record": self.opts.verbose_name, "number": object_id})
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        changes = record.changes.select_related("act__by", "act__undoes__by", "act__undone_by__by").order_by("-id")
        page = self.get_paginator(request, changes, HISTORY_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("History: %(record)s") % {"record": record},
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": record,
            "opts": self.opts,
            "page": page,
            "rows": history_rows(page.object_list),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/articles/history.html", context)


def history_rows(changes: Any) -> list[tuple[Change, SafeString]]:
    """Each change with what it did, as list items."""
    changes = list(changes)
    words = in_words(changes)
    return [(change, words[change.pk]) for change in changes]


def _number_chosen(request: HttpRequest, records: list[Any]) -> int:
    """How many records the browser has asked for; those it did not show count as they were found."""
    if request.POST.get("select_across") == "1":
        return len(records)
    return len(set(request.POST.getlist(ACTION_CHECKBOX_NAME)))


def _version_seen(request: HttpRequest, record: Any) -> int:
    """The version that the list showed; 0, which no record has, for what is no number."""
    posted = request.POST.get(f"version-{record.pk}")
    if posted is None:
        posted = str(record.version)
    return int(posted) if is_number(posted) else 0


def _counted(number: int, opts: Any) -> str:
    name = opts.verbose_name if number == 1 else opts.verbose_name_plural
    return f"{number_format(number, force_grouping=True)} {name}"
