"""Forms that know which version of their record the editor saw, and the values to hand to the write path."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Change, Outlet
from ..record_forms import SpeakerFields, clean_name
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


class SpeakerForm(SpeakerFields, VersionedForm):
    class Meta(SpeakerFields.Meta):
        fields = [*SpeakerFields.Meta.fields, "is_hidden"]

    def clean_is_hidden(self) -> bool:
        """Who was merged stays hidden: its quotations are the other's."""
        hidden: bool = self.cleaned_data["is_hidden"]
        if self.instance.merged_into and not hidden:
            said = gettext("It was merged into %(speaker)s: undo that instead.")
            raise ValidationError(said % {"speaker": self.instance.merged_into})
        return hidden


class OutletForm(VersionedForm):
    class Meta:
        model = Outlet
        fields = ["name"]

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if Outlet.objects.named(name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(gettext("There is an outlet called %(name)s already.") % {"name": name})
        return name
