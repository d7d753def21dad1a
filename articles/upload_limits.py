"""How much one may import in the browser: by role, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .models import ImportRun
from .run_limits import Refusal

MOST_FILES = 2_000
"""Of one run: more of them fit into one archive."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`size` is of one run, in bytes."""

    size: int
    runs_an_hour: int


ANALYST = Limits(size=50_000_000, runs_an_hour=10)
EDITOR = Limits(size=1_000_000_000, runs_an_hour=60)


def limits_of(user: AbstractBaseUser | AnonymousUser) -> Limits:
    return EDITOR if user.has_perm("articles.use_admin") else ANALYST  # type: ignore[union-attr]


def too_often(user: AbstractBaseUser | AnonymousUser) -> Refusal | None:
    """Why `user` has to wait before the next import, if they have to."""
    most = limits_of(user).runs_an_hour
    began = ImportRun.objects.begun_lately_by(user).last_began(most)
    if len(began) < most:
        return None
    said = _(
        "You have begun %(most)s imports within the last hour, all that your role may. The next from %(time)s on."
    )
    return Refusal.for_an_hour(began, said)


def too_large(size: int) -> str:
    """That a run may have no more than `size` bytes."""
    said = _("These files are larger than %(most)s together, the limit of your role. Import them in parts.")
    return said % {"most": in_words(size)}


def too_many() -> str:
    said = _("These are more than %(most)s files. Put them into one zip, or import them in parts.")
    return said % {"most": number_format(MOST_FILES, force_grouping=True)}


def in_words(size: int) -> str:
    unit, sign = (1_000_000_000, "GB") if size >= 1_000_000_000 else (1_000_000, "MB")
    return f"{number_format(f'{size / unit:g}')} {sign}"
