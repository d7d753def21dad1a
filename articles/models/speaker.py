"""The authority file: people and bodies who are quoted, the same across all articles."""

from collections.abc import Iterable
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..querysets import SpeakerQuerySet
from .sounds import SOUND_LENGTH, sound_of
from .versioned import NAME_LENGTH, Versioned, name_key, with_key

QUALIFIER_LENGTH = 100
WIKIDATA_ID = r"Q[1-9][0-9]{0,14}"
WITHOUT_DIGITS = Func(F("wikidata_id"), Value("0123456789"), function="rtrim", output_field=models.CharField())


class Speaker(Versioned):
    """A person or body behind quotations. Two of the same name are told apart by a qualifier."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        BODY = "body", _("body")

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    key = models.CharField(max_length=NAME_LENGTH, editable=False, help_text="The name without accents and case.")
    qualifier = models.CharField(
        _("qualifier"),
        max_length=QUALIFIER_LENGTH,
        blank=True,
        help_text=_("Tells two of one name apart: “footballer”."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PERSON)
    role = models.CharField(_("role"), max_length=200, blank=True, help_text=_("As “Minister of Fisheries”."))
    wikidata_id = models.CharField(
        _("Wikidata"),
        max_length=16,
        blank=True,
        default="",
        db_default="",
        validators=[RegexValidator(rf"^{WIKIDATA_ID}\Z", _("A Wikidata id is a Q and a number, as Q42."))],
        help_text=_("The id of this person or body there, as Q42."),
    )
    is_hidden = models.BooleanField(_("hidden"), default=False, help_text=_("Hidden speakers are offered nowhere."))
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="merged",
        help_text=_("Who has all its quotations and names now; it leads on to them."),
    )
    sound = models.CharField(
        max_length=SOUND_LENGTH, editable=False, default="", db_default="", help_text="How the surname sounds."
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name", "qualifier"]
        constraints = [
            models.UniqueConstraint(fields=["key", "qualifier"], name="speaker_name_unique"),
            models.CheckConstraint(condition=Q(kind__in=["person", "body"]), name="speaker_kind_known"),
            # "Q" and digits, none of which is a leading 0; without a regular expression, which SQLite has none of.
            models.CheckConstraint(
                condition=Q(wikidata_id="")
                | Q(Exact(WITHOUT_DIGITS, Value("Q"))) & ~Q(wikidata_id="Q") & ~Q(wikidata_id__startswith="Q0"),
                name="speaker_wikidata_id_valid",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(is_hidden=True) & ~Q(merged_into=F("id")),
                name="speaker_merged_is_hidden",
            ),
        ]
        indexes = [
            # Merging a speaker into whom others were merged before: they lead on to the new one.
            models.Index(fields=["merged_into"], name="speaker_merged", condition=Q(merged_into__isnull=False)),
            # Whom “J. Smith” may be.
            models.Index(fields=["sound"], name="speaker_sound"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("articles:speaker", args=[self.pk])

    def get_history_url(self) -> str:
        return reverse("articles:speaker_history", args=[self.pk])

    def __str__(self) -> str:
        return name_as_shown(self.name, self.qualifier)

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        self.sound = sound_of(self.key)
        super().save(*args, update_fields=with_key(update_fields, "sound"), **kwargs)


def name_as_shown(name: str, qualifier: str) -> str:
    """A speaker's name, with what tells two of that name apart."""
    return f"{name} ({qualifier})" if qualifier else name


class Alias(models.Model):
    """Another name of a speaker: “the Leader” is too vague to be one, “Ayatollah Khamenei” is one."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=NAME_LENGTH)
    key = models.CharField(max_length=NAME_LENGTH, editable=False, help_text="The name without accents and case.")
    sound = models.CharField(
        max_length=SOUND_LENGTH, editable=False, default="", db_default="", help_text="How the surname sounds."
    )

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["speaker", "key"], name="alias_once_a_speaker")]
        indexes = [
            # Finding a speaker by any of the names, at import and when a correction names one.
            models.Index(fields=["key"], name="alias_key"),
            # Whom “J. Smith” may be.
            models.Index(fields=["sound"], name="alias_sound"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        self.sound = sound_of(self.key)
        super().save(*args, update_fields=with_key(update_fields, "sound"), **kwargs)
