"""The fields of a speaker's record, as the admin and the speaker's own page have them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import NAME_LENGTH, Speaker, is_name, name_key, tidy_name


def clean_name(typed: str) -> str:
    """`typed` without what shows nothing. Raises ValidationError where nobody can be called so."""
    name = tidy_name(typed)
    if len(name) > NAME_LENGTH:
        said = gettext("“%(beginning)s…” is not a name of at most %(number)s characters.")
        raise ValidationError(said % {"beginning": name[:40], "number": NAME_LENGTH})
    if not is_name(name):
        raise ValidationError(gettext("That is no name: it needs a character that can be seen."))
    return name


class AliasesField(forms.Field):
    """Names, one a line; the value is the sorted list of them, each once by its key."""

    widget = forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = value if isinstance(value, list) else (value or "").splitlines()
        names = [clean_name(line) for line in reversed(lines) if line.strip()]
        return sorted({name_key(name): name for name in names}.values())


class WikidataField(forms.CharField):
    """A Wikidata id; the address of its page there is taken too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"max_length": 100})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).rstrip("/").rpartition("/")[2].upper()


class SpeakerFields(forms.ModelForm):  # type: ignore[type-arg]
    """A speaker with its other names; two that would be shown alike are refused."""

    aliases = AliasesField(required=False, label=_("Other names"), help_text=_("One a line."))

    class Meta:
        model = Speaker
        fields = ["name", "qualifier", "kind", "role", "wikidata_id"]
        field_classes = {"wikidata_id": WikidataField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["aliases"] = sorted(self.instance.aliases.values_list("name", flat=True))

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_qualifier(self) -> str:
        return tidy_name(self.cleaned_data["qualifier"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        name = self.cleaned_data.get("name", "")
        if name and {"name", "qualifier"} & set(self.changed_data):
            shown = str(Speaker(name=name, qualifier=self.cleaned_data.get("qualifier", "")))
            self._refuse_double(shown)
        key = name_key(name)
        aliases = self.cleaned_data.get("aliases", [])
        self.cleaned_data["aliases"] = [alias for alias in aliases if name_key(alias) != key]
        return self.cleaned_data

    def _refuse_double(self, shown: str) -> None:
        """Say so where another speaker is shown as `shown`: nobody could choose between the two."""
        for other in Speaker.objects.called(shown):
            if other.pk != self.instance.pk and name_key(str(other)) == name_key(shown):
                said = gettext("There is a speaker called %(name)s already: add a qualifier to tell them apart.")
                self.add_error("name", said % {"name": other})
                return


class SpeakerRecordForm(SpeakerFields):
    """A speaker's record on its own page. A stale one says what is stored now, and is for that from then on."""

    def __init__(self, *args: Any, version: int = 0, **kwargs: Any) -> None:
        """`version` is the one that was seen, by default the instance's."""
        super().__init__(*args, label_suffix="", **kwargs)
        self.version = version or self.instance.version
        self.is_stale = False
        self.differing: list[tuple[str, str, str]] = []

    def values(self) -> dict[str, Any]:
        """{attname: new value} of the valid form."""
        return {name: self.cleaned_data[name] for name in self.fields}

    def tell_apart(self, stored: Speaker) -> None:
        """Somebody was first: list (field, what is stored, what was typed) where they differ, and save neither."""
        now = SpeakerRecordForm(instance=stored)
        self.version, self.is_stale = stored.version, True
        for name, field in self.fields.items():
            was, typed = (_shown(one) for one in (now.initial[name], self.cleaned_data[name]))
            if was != typed:
                self.differing.append((str(field.label), was, typed))

    @property
    def status(self) -> int:
        """Of the answer that shows it: 409 where somebody was first, 422 where something is wrong in it."""
        return 409 if self.is_stale else 422


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
