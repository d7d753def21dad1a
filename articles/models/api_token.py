"""Tokens with which programs act for a person, and how much of the API's limits has been spent."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Iterable
from itertools import chain, combinations

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..querysets import ApiTokenQuerySet, SpentQuerySet

SECRET_BEGINS = "nr_"  # noqa: S105 - how one is recognised, in a log or by whoever looks for leaked ones
PREFIX_LENGTH = len(SECRET_BEGINS) + 6


class ApiToken(models.Model):
    """A program's key. Of the secret only its digest is kept; whoever reads the database cannot use it."""

    class Scope(models.TextChoices):
        READ = "read", pgettext_lazy("scope", "read")
        IMPORT = "import", pgettext_lazy("scope", "import")
        CORRECT = "correct", pgettext_lazy("scope", "correct")
        EXPORT = "export", pgettext_lazy("scope", "export")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("user"), related_name="api_tokens", db_index=False
    )
    name = models.CharField(_("name"), max_length=100, help_text=_("What it is for, as “nightly report”."))
    prefix = models.CharField(_("begins with"), max_length=PREFIX_LENGTH, help_text=_("Of the secret."))
    secret_sha256 = models.CharField("SHA-256 of the secret", max_length=64)
    scopes = models.CharField(_("scopes"), max_length=30, help_text="In the order of Scope, with spaces between.")
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-id"]
        constraints = [
            # Finding the token of a request, too.
            models.UniqueConstraint(fields=["secret_sha256"], name="api_token_secret_unique"),
            models.CheckConstraint(
                condition=Q(
                    scopes__in=[
                        " ".join(some)
                        for some in chain.from_iterable(
                            combinations(["read", "import", "correct", "export"], number) for number in range(1, 5)
                        )
                    ]
                ),
                name="api_token_scopes_known",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="api_token_expires_later"),
        ]
        indexes = [
            # The page of one's tokens, the newest first.
            models.Index(fields=["user", "-id"], name="api_token_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @classmethod
    def make(
        cls, user: AbstractBaseUser, *, name: str, scopes: Iterable[str], expires_at: datetime.datetime
    ) -> tuple[ApiToken, str]:
        """A new token of `user`, saved, and its secret, which is to be had only here."""
        secret = SECRET_BEGINS + secrets.token_urlsafe(32)
        wanted = set(scopes)
        token = cls.objects.create(
            user_id=user.pk,
            name=name,
            prefix=secret[:PREFIX_LENGTH],
            secret_sha256=cls.digest(secret),
            scopes=" ".join(scope for scope in cls.Scope.values if scope in wanted),
            expires_at=expires_at,
        )
        return token, secret

    @staticmethod
    def digest(secret: str) -> str:
        """What is kept of `secret`: plain SHA-256 is enough for 256 bits that nobody chose."""
        return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()

    @property
    def scope_list(self) -> list[str]:
        return self.scopes.split()

    @property
    def scope_labels(self) -> list[str]:
        """The scopes as people read them."""
        return [str(self.Scope(scope).label) for scope in self.scope_list]

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and not self.has_expired


class Spent(models.Model):
    """How many requests somebody made in one minute; the row of a caller is used again for the next minute."""

    caller = models.CharField(max_length=80, primary_key=True)
    minute = models.BigIntegerField(help_text="Since 1970.")
    number = models.PositiveIntegerField()

    objects = SpentQuerySet.as_manager()

    class Meta:
        verbose_name = "spent"
        verbose_name_plural = "spent"
        indexes = [
            # Clearing up: callers of earlier minutes.
            models.Index(fields=["minute"], name="spent_minute"),
        ]

    def __str__(self) -> str:
        return f"{self.caller}: {self.number}"
