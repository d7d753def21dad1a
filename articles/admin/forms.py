"""Forms that know which version of their record the editor saw, and the values to hand to the write path."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import NAME_LENGTH, Change, Outlet, Speaker, is_name, name_key, tidy_name
from .words import differences


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form over a versioned record. A stale one says what is stored now and what was typed, and stays invalid."""

    seen_version = forms.IntegerField(
        label="",
        widget=forms.HiddenInput,
        error_messages={"required": _("The form lacks the version it was made for: load the page again.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen_version"] = self.instance.version
        else:
            del self.fields["seen_version"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        seen = self.cleaned_data.get("seen_version")
        if self.instance.pk and seen is not None and seen != self.instance.version:
            raise ValidationError(self._both_versions())
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """{attname: new value} of the valid fields that differ from the record."""
        return self._changed(self.cleaned_data)

    def _changed(self, source: dict[str, Any]) -> dict[str, Any]:
        values = {}
        for name in self.changed_data:
            if name == "seen_version" or name not in self.cleaned_data:
                continue
            if isinstance(self.fields[name], forms.ModelChoiceField):
                values[f"{name}_id"] = getattr(source.get(name), "pk", source.get(name))
            else:
                values[name] = source.get(name)
        return values

    def _both_versions(self) -> list[str]:
        """The sentences that tell a stale form's editor what happened; from here on the form is for the new version.

        So whoever has read them may save again, knowingly.
        """
        last = self.instance.changes.select_related("act__by").last()
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen_version"] = self.instance.version  # type: ignore[index]
        return [
            _who_was_first(last),
            *(
                gettext("%(field)s: now “%(stored)s”, yours “%(typed)s”.")
                % {"field": line.label, "stored": line.before, "typed": line.after}
                for line in differences(self._meta.model, self._changed(dict(self.initial)), self.values())
            ),
        ]


def _who_was_first(change: Change | None) -> str:
    """The sentence about the last change of a record that somebody else has saved; None: it left no trace."""
    if change is None:
        return gettext(
            "Nothing was saved: somebody changed this record after you opened it. "
            "Save again to put your values in place of theirs, or load the page again to keep theirs."
        )
    return gettext(
        "Nothing was saved: %(who)s on %(when)s changed this record after you opened it. "
        "Save again to put your values in place of theirs, or load the page again to keep theirs."
    ) % {"who": change.act.by, "when": date_format(localtime(change.act.at), "DATETIME_FORMAT")}


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


class SpeakerForm(VersionedForm):
    aliases = AliasesField(required=False, label=_("Aliases"), help_text=_("Other names, one a line."))

    class Meta:
        model = Speaker
        fields = ["name", "qualifier", "kind", "role", "is_hidden"]

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


class OutletForm(VersionedForm):
    class Meta:
        model = Outlet
        fields = ["name"]

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if Outlet.objects.named(name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(gettext("There is an outlet called %(name)s already.") % {"name": name})
        return name
