"""The authority file: people and bodies who are quoted, the same across all articles."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..querysets import SpeakerQuerySet
from .versioned import NAME_LENGTH, Versioned, name_key, with_key

QUALIFIER_LENGTH = 100


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
    is_hidden = models.BooleanField(_("hidden"), default=False, help_text=_("Hidden speakers are offered nowhere."))

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name", "qualifier"]
        constraints = [
            models.UniqueConstraint(fields=["key", "qualifier"], name="speaker_name_unique"),
            models.CheckConstraint(condition=models.Q(kind__in=["person", "body"]), name="speaker_kind_known"),
        ]

    def get_history_url(self) -> str:
        return reverse("articles:speaker_history", args=[self.pk])

    def __str__(self) -> str:
        return f"{self.name} ({self.qualifier})" if self.qualifier else self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        super().save(*args, update_fields=with_key(update_fields), **kwargs)


class Alias(models.Model):
    """Another name of a speaker: “the Leader” is too vague to be one, “Ayatollah Khamenei” is one."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=NAME_LENGTH)
    key = models.CharField(max_length=NAME_LENGTH, editable=False, help_text="The name without accents and case.")

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["speaker", "key"], name="alias_once_a_speaker")]
        # Finding a speaker by any of the names, at import and when a correction names one.
        indexes = [models.Index(fields=["key"], name="alias_key")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        super().save(*args, update_fields=with_key(update_fields), **kwargs)
