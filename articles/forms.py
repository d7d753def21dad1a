"""What people type into forms: the name of a speaker, the parts of a quotation, notes."""

import re
import unicodedata
from typing import Any, cast

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .corrections import Wanted
from .exports.formats import FORMATS
from .importing import FIELD_NAMES, UnknownField, checked
from .models import (
    NAME_LENGTH,
    NOTE_LENGTH,
    QUALIFIER_LENGTH,
    ApiToken,
    Quotation,
    SavedSearch,
    Speaker,
    is_name,
    tidy_name,
)
from .models.anchors import Span

MOST_PARTS = 100
"""Of a quotation: more than anybody marks, few enough to be looked for while one waits."""


def without_controls(typed: str) -> str:
    """`typed` without control characters, of which PostgreSQL stores no NUL, and without outer white space."""
    return "".join(character for character in typed if unicodedata.category(character) != "Cc").strip()


class SpeakerForm(forms.Form):
    """Whom somebody means: a known speaker, as shown with the qualifier in brackets, or a new name."""

    name = forms.CharField(
        max_length=NAME_LENGTH + QUALIFIER_LENGTH + len(" ()"),
        strip=True,
        error_messages={"required": _("Type the speaker’s name.")},
    )

    def clean_name(self) -> str:
        name = tidy_name(self.cleaned_data["name"])
        if len(name) > NAME_LENGTH and not Speaker.objects.called(name):
            raise ValidationError(_("A speaker’s name has at most %(most)s characters.") % {"most": NAME_LENGTH})
        if len(name) <= NAME_LENGTH and not is_name(name):
            raise ValidationError(_("That is no name: it needs a character that can be seen."))
        return name


class MarkingForm(forms.Form):
    """A quotation as somebody wants it: its parts by offsets, which script sends, or else by their words.

    Offsets are "12-40 55-70", half-open, in code points; words are looked for in the article's text, and have to
    stand there, white space aside. Of several places the nearest to where the quotation stood counts.
    """

    content = forms.CharField(required=False)
    cue = forms.CharField(required=False)
    mention = forms.CharField(required=False)
    content_words = forms.CharField(required=False, max_length=20_000)
    cue_words = forms.CharField(required=False, max_length=500)
    mention_words = forms.CharField(required=False, max_length=500)
    kind = forms.ChoiceField(required=False, choices=[("", _("as the marks say")), *Quotation.Kind.choices])
    speaker = forms.CharField(required=False, max_length=NAME_LENGTH + QUALIFIER_LENGTH + len(" ()"))
    note = forms.CharField(required=False, max_length=NOTE_LENGTH)

    def __init__(self, *args: Any, text: str, near: int = 0) -> None:
        super().__init__(*args)
        self._text, self._near = text, near

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for part in ("content", "cue", "mention"):
            try:
                found[part] = self._by_offsets(found.get(part, "")) or self._by_words(found.get(f"{part}_words", ""))
            except ValueError as error:
                self.add_error(None, str(error))
        if not self.errors and not found["content"]:
            self.add_error(None, _("A quotation needs words: say which."))
        return found

    def _by_offsets(self, written: str) -> list[Span]:
        """Raises ValueError for spans that run into each other or do not lie in the text."""
        spans = sorted(spans_in(written))
        edges = [0, *(edge for span in spans for edge in span), len(self._text)]
        if edges != sorted(edges) or any(start == end for start, end in spans):
            raise ValueError(gettext("The offsets were not understood: reload the page."))
        return spans

    def _by_words(self, typed: str) -> list[Span]:
        """Each line is a span. Raises ValueError for words that the text does not hold, and for too many."""
        if typed.count("\n") >= MOST_PARTS:
            raise ValueError(gettext("A quotation has at most %(most)s parts.") % {"most": MOST_PARTS})
        return [nearest(self._text, line, self._near) for line in typed.splitlines() if line.strip()]

    def wanted(self) -> Wanted:
        found = self.cleaned_data
        return Wanted(
            tuple(sorted(found["content"])),
            cue=next(iter(found["cue"]), None),
            mention=next(iter(found["mention"]), None),
            kind=found["kind"],
            speaker=tidy_name(found["speaker"]),
            note=without_controls(found["note"]),
        )


def spans_in(written: str) -> list[Span]:
    """ "12-40 55-70" -> [(12, 40), (55, 70)]. Raises ValueError for what is written otherwise."""
    if not re.fullmatch(r"(?:\d{1,9}-\d{1,9}(?: |$))*", written):
        raise ValueError(gettext("The offsets were not understood: reload the page."))
    if written.count(" ") >= MOST_PARTS:
        raise ValueError(gettext("A quotation has at most %(most)s parts.") % {"most": MOST_PARTS})
    return [(int(start), int(end)) for start, _, end in (each.partition("-") for each in written.split())]


def nearest(text: str, words: str, near: int) -> Span:
    """Where `words` stand in `text`, next to the offset `near`. Raises ValueError where they do not."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = [match.span() for match in re.finditer(pattern, text)]
    if not found:
        shown = Truncator(" ".join(words.split())).chars(80)
        raise ValueError(_("The article does not say “%(words)s”.") % {"words": shown})
    return min(found, key=lambda span: abs(span[0] - near))


class TextForm(forms.Form):
    """The corrected text of an article, and why."""

    text = forms.CharField(
        strip=False,
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 24, "dir": "auto"}),
        error_messages={"required": _("An article needs a text.")},
    )
    note = forms.CharField(required=False, max_length=500, label=_("What was wrong"))


class FlagForm(forms.Form):
    """What to look at a second time."""

    note = forms.CharField(required=False, max_length=500, strip=True)

    def clean_note(self) -> str:
        return without_controls(self.cleaned_data["note"])


class SavedSearchForm(forms.Form):
    """The name of a search that is kept, what it finds, and whether others see it."""

    name = forms.CharField(max_length=100, strip=True)
    of = forms.ChoiceField(choices=SavedSearch.Of.choices)
    is_shared = forms.BooleanField(required=False)

    def clean_name(self) -> str:
        name = tidy_name(self.cleaned_data["name"])
        if not is_name(name):
            raise ValidationError(_("That is no name: it needs a character that can be seen."))
        return name


class BulkForm(forms.Form):
    """Which suggestions to decide on at once: those from a certainty on, or each that is named with its version."""

    decision = forms.ChoiceField(choices=[("accepted", "accept"), ("rejected", "reject")])
    least = forms.IntegerField(required=False, min_value=0, max_value=100)


class ImportForm(forms.Form):
    """What comes with the files of an import: the columns or keys of an article's fields, one FIELD=NAME a line."""

    mapping = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Columns"),
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "text=body\ntitle=headline", "spellcheck": "false"}),
    )

    def clean_mapping(self) -> dict[str, str]:
        pairs = [line.partition("=") for line in self.cleaned_data["mapping"].splitlines() if line.strip()]
        mapping = {field.strip(): without_controls(name) for field, _, name in pairs}
        if not all(map(all, mapping.items())):
            raise ValidationError(_("Each line has to be FIELD=NAME, as in text=body."))
        try:
            return dict(checked(mapping))
        except UnknownField as error:
            said = _('"%(name)s" is not a field of an article (%(fields)s).')
            raise ValidationError(said % {"name": error.name, "fields": ", ".join(FIELD_NAMES)}) from error


class TokenForm(forms.Form):
    """A new token of the API: what it is for, what it may, and for how long."""

    name = forms.CharField(max_length=100, strip=True, label=_("Name"), help_text=_("What it is for."))
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that it may.")},
    )
    days = forms.TypedChoiceField(
        coerce=int,
        label=_("For"),
        initial=30,
        choices=[(7, _("a week")), (30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
    )

    SAID = {
        ApiToken.Scope.READ: _("read articles, quotations, speakers and stories"),
        ApiToken.Scope.IMPORT: _("import articles"),
        ApiToken.Scope.CORRECT: _("correct, in your name"),
        ApiToken.Scope.EXPORT: _("export what it finds"),
    }

    def __init__(self, *args: Any, user: AbstractBaseUser | AnonymousUser) -> None:
        """Offers `user` what their role may."""
        super().__init__(*args)
        missing = {
            ApiToken.Scope.IMPORT: not user.has_perm("articles.import_articles"),  # type: ignore[union-attr]
            ApiToken.Scope.CORRECT: not user.has_perm("articles.correct_quotation"),  # type: ignore[union-attr]
        }
        scopes = cast(forms.MultipleChoiceField, self.fields["scopes"])
        scopes.choices = [(scope.value, said) for scope, said in self.SAID.items() if not missing.get(scope)]
        scopes.initial = [ApiToken.Scope.READ.value]

    def clean_name(self) -> str:
        name = tidy_name(self.cleaned_data["name"])
        if not is_name(name):
            raise ValidationError(_("That is no name: it needs a character that can be seen."))
        return name


class VersionForm(forms.Form):
    """The version of the record that the person saw when deciding."""

    version = forms.IntegerField(min_value=1)


class ExportForm(forms.Form):
    """How what was found is to be written."""

    format = forms.ChoiceField(
        choices=[(one.name, one.label) for one in FORMATS.values()],
        error_messages={
            "required": _("Choose a format."),
            "invalid_choice": _("There is no such format: choose one."),
        },
    )
    rejected = forms.BooleanField(required=False)
