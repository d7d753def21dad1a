"""Quotations, each in its sentence."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..corrections import Values, decision
from ..models import Act, Quotation
from ..querysets import QuotationQuerySet
from .base import RecordAdmin
from .context import in_context, with_context
from .filters import ChosenFilter, ConfidenceFilter
from .forms import VersionedForm

# Code points of one content span in the list; the form shows it whole.
LIST_LONGEST = 300
VERB_OF = {
    Quotation.State.ACCEPTED: Act.Verb.ACCEPT,
    Quotation.State.REJECTED: Act.Verb.REJECT,
    Quotation.State.SUGGESTED: Act.Verb.REOPEN,
}


class QuotationForm(VersionedForm):
    class Meta:
        model = Quotation
        fields = ["state", "kind", "speaker"]
        help_texts = {"state": _("A suggestion whose kind or speaker you correct is accepted with it.")}


@admin.register(Quotation)
class QuotationAdmin(RecordAdmin):
    """Offsets are not edited here: on the reading page they are drawn on the text."""

    form = QuotationForm
    list_display = ["in_its_sentence", "speaker_label", "kind", "state", "certainty", "settled_by", "article"]
    list_filter = [
        "state",
        "kind",
        ConfidenceFilter,
        "origin",
        ("article", ChosenFilter),
        ("former_text", ChosenFilter),
        ("speaker", ChosenFilter),
        ("article__outlet", ChosenFilter),
        ("settled_by", ChosenFilter),
    ]
    date_hierarchy = "article__published_on"
    search_fields = ["content", "speaker__key", "speaker__aliases__key", "mention", "cue"]
    search_help_text = _("Words of the quotation, of its cue and mention; names of the speaker.")
    autocomplete_fields = ["speaker"]
    actions = ["accept", "reject"]
    _offsets: ClassVar[list[Any]] = [
        "spans",
        "cue",
        "cue_start",
        "cue_end",
        "mention",
        "mention_start",
        "mention_end",
    ]
    _origin: ClassVar[list[Any]] = ["origin", "certainty", "settled_by", "settled_at", "uid"]
    fieldsets = [
        (None, {"fields": ["whole", "article_link", "version_link", "state", "kind", "speaker"]}),
        (_("Offsets, in code points of the text"), {"fields": _offsets}),
        (_("Where it comes from"), {"fields": _origin}),
    ]
    readonly_fields = ["whole", "article_link", "version_link", *_offsets, *_origin]

    def get_queryset(self, request: HttpRequest) -> QuotationQuerySet:
        related = Quotation.objects.select_related("article", "speaker", "settled_by")
        return with_context(related.defer("article__text"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_correct_permission(self, request: HttpRequest) -> bool:
        """What the actions ask for."""
        return request.user.has_perm("articles.correct_quotation")

    def view_on_site(self, obj: Quotation) -> str | None:
        """The quotation on the reading page; None in a hidden article."""
        return None if obj.article.is_hidden else obj.get_absolute_url()

    def values(self, form: VersionedForm, *, by: User) -> Values:
        """As on the reading page: a decision names who took it, and whoever corrects a suggestion accepts it."""
        values = form.values()
        if "state" in values:
            return values | decision(values["state"], by=by)
        if values and form.initial["state"] == Quotation.State.SUGGESTED:
            return values | decision(Quotation.State.ACCEPTED, by=by)
        return values

    def verb(self, form: VersionedForm) -> Act.Verb:
        """A decision says most; one that only came along with a correction is none."""
        values = form.values()
        if "state" in values:
            return VERB_OF[Quotation.State(values["state"])]
        return Act.Verb.EDIT if "kind" in values else Act.Verb.SPEAKER

    @admin.display(description=_("quotation"), ordering="content")
    def in_its_sentence(self, quotation: Quotation) -> SafeString:
        return in_context(quotation, longest=LIST_LONGEST)

    @admin.display(description=_("quotation"))
    def whole(self, quotation: Quotation) -> SafeString:
        return in_context(quotation)

    @admin.display(description=_("article"))
    def article_link(self, quotation: Quotation) -> SafeString:
        url = reverse("admin:articles_article_change", args=[quotation.article_id])
        return format_html('<a href="{}">{}</a>', url, quotation.article)

    @admin.display(description=_("not in this version"))
    def version_link(self, quotation: Quotation) -> str:
        """The former text in which it stands, where the words are not in the article's text any more."""
        if quotation.former_text_id is None:
            return self.get_empty_value_display()
        url = reverse("admin:articles_formertext_change", args=[quotation.former_text_id])
        return format_html('<a href="{}">{}</a>', url, gettext("It stands in an earlier one"))

    @admin.display(description=_("speaker"), ordering="speaker__name")
    def speaker_label(self, quotation: Quotation) -> str:
        return quotation.speaker_label

    @admin.display(description=_("confidence"), ordering="confidence")
    def certainty(self, quotation: Quotation) -> str:
        if quotation.percent is None:
            return self.get_empty_value_display()
        return gettext("%(number)s%%") % {"number": quotation.percent}

    @admin.action(description=_("Accept selected quotations"), permissions=["correct"])
    def accept(self, request: HttpRequest, chosen: QuotationQuerySet) -> None:
        self._settle(request, chosen, Quotation.State.ACCEPTED)

    @admin.action(description=_("Reject selected quotations"), permissions=["correct"])
    def reject(self, request: HttpRequest, chosen: QuotationQuerySet) -> None:
        self._settle(request, chosen, Quotation.State.REJECTED)

    def _settle(self, request: HttpRequest, chosen: QuotationQuerySet, state: Quotation.State) -> None:
        values = decision(state, by=request.user)  # type: ignore[arg-type]
        self.edit_selected(request, chosen, values=values, verb=VERB_OF[state])
