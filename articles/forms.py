"""What people type: the list's search and filters, and the name of a speaker."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .importing import checked
from .models import NAME_LENGTH, QUALIFIER_LENGTH, Article, Outlet, Speaker, is_name, tidy_name
from .querysets import ArticleQuerySet


def without_controls(typed: str) -> str:
    """`typed` without control characters, of which PostgreSQL stores no NUL, and without outer white space."""
    return "".join(character for character in typed if unicodedata.category(character) != "Cc").strip()


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"form": "search"})


class ArticleSearchForm(forms.Form):
    """The state of the article list; every field is a parameter of its URL."""

    q = forms.CharField(required=False, max_length=200, strip=True)
    outlet = forms.ModelChoiceField(
        Outlet.objects.none(),
        required=False,
        empty_label="All outlets",
        widget=forms.Select(attrs={"form": "search"}),
        error_messages={"invalid_choice": "That outlet does not exist; showing all outlets."},
    )
    after = forms.DateField(required=False, label="From", widget=DateInput())
    before = forms.DateField(required=False, label="To", widget=DateInput())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["outlet"].queryset = Outlet.objects.in_use()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        first, last = asked.get("after"), asked.get("before")
        if first and last and first > last:
            self.add_error("after", "That is later than “To”; showing all up to then.")
        return asked

    def articles(self) -> ArticleQuerySet:
        """The articles that the valid fields ask for, newest first; a field in error is left out."""
        self.is_valid()
        asked = self.cleaned_data
        return (
            Article.objects.visible()
            .matching(asked.get("q", ""))
            .published_by(asked.get("outlet"))
            .published_between(asked.get("after"), asked.get("before"))
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for at all."""
        return any(self.cleaned_data.get(name) for name in self.fields)


class SpeakerForm(forms.Form):
    """Whom somebody means: a known speaker, as shown with the qualifier in brackets, or a new name."""

    name = forms.CharField(
        max_length=NAME_LENGTH + QUALIFIER_LENGTH + len(" ()"),
        strip=True,
        error_messages={"required": "Type the speaker’s name."},
    )

    def clean_name(self) -> str:
        name = tidy_name(self.cleaned_data["name"])
        if len(name) > NAME_LENGTH and not Speaker.objects.called(name):
            raise ValidationError(f"A speaker’s name has at most {NAME_LENGTH} characters.")
        if len(name) <= NAME_LENGTH and not is_name(name):
            raise ValidationError("That is no name: it needs a character that can be seen.")
        return name


class ImportForm(forms.Form):
    """What comes with the files of an import: the columns or keys of an article's fields, one FIELD=NAME a line."""

    mapping = forms.CharField(
        required=False,
        max_length=2000,
        label="Columns",
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "text=body\ntitle=headline", "spellcheck": "false"}),
    )

    def clean_mapping(self) -> dict[str, str]:
        pairs = [line.partition("=") for line in self.cleaned_data["mapping"].splitlines() if line.strip()]
        mapping = {field.strip(): without_controls(name) for field, _, name in pairs}
        if not all(map(all, mapping.items())):
            raise ValidationError("Each line has to be FIELD=NAME, as in text=body.")
        try:
            return dict(checked(mapping))
        except ValueError as error:
            raise ValidationError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error


class VersionForm(forms.Form):
    """The version of the record that the person saw when deciding."""

    version = forms.IntegerField(min_value=1)
