"""Why something did not go well, kept so that everybody reads it in their own language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

WHY_LENGTH = 500


@dataclass(frozen=True)
class Why:
    """A sentence, marked by gettext_noop, and what is put into its places; `str` is in the language of whoever reads.

    What has no translation, as whatever a program has said itself, is told as it is.
    """

    msgid: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        told = gettext(self.msgid) if self.msgid else ""
        return (told % self.values).strip() if self.values else told

    @property
    def columns(self) -> dict[str, object]:
        """As an `Explained` row has it, in lines that any database can keep."""
        return {
            "why": _in_a_line(self.msgid),
            "why_values": {name: _in_a_line(str(value)) for name, value in self.values.items()},
        }


class Explained(models.Model):
    why = models.CharField(
        _("why"), max_length=WHY_LENGTH, blank=True, help_text="A sentence, with places for why_values."
    )
    why_values = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def why_in_words(self) -> str:
        """Empty where it has gone well."""
        return str(Why(self.why, self.why_values))

    def explain(self, why: Why) -> None:
        for name, value in why.columns.items():
            setattr(self, name, value)


def _in_a_line(said: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in said).split())[:WHY_LENGTH]
