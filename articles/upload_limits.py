"""How much one may import in the browser: by role, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from .models import ImportRun

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


def too_often(user: AbstractBaseUser | AnonymousUser) -> str:
    """Why `user` has to wait before the next import, in a sentence; empty where there is no need to."""
    most = limits_of(user).runs_an_hour
    if ImportRun.objects.begun_lately_by(user) < most:
        return ""
    return f"You have begun {most} imports within the last hour, which is all that your role may. Try again later."


def too_large(size: int) -> str:
    """That a run may have no more than `size` bytes."""
    return f"These files are larger than {in_words(size)} together, the limit of your role. Import them in parts."


def too_many() -> str:
    return f"These are more than {MOST_FILES:,} files. Put them into one zip, or import them in parts."


def in_words(size: int) -> str:
    return f"{size / 1_000_000_000:g} GB" if size >= 1_000_000_000 else f"{size / 1_000_000:g} MB"
