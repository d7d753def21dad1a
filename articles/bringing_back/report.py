"""What became of the records of a file."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

MOST_KEPT = 1_000
"""Notes that are kept; more are only counted."""


def shown(words: str) -> str:
    """What can be printed and stored, of records that may hold anything: no line ends, no marks of direction.

    >>> shown("a\\n\\u202eb")
    'a\\\\n\\\\u202eb'
    """
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in words)


@dataclass
class Count:
    """Of one kind of record."""

    added: int = 0
    there: int = 0
    """There already, and left as they are."""
    failed: int = 0

    def __str__(self) -> str:
        parts = [f"added {self.added:,}", f"there already {self.there:,}"]
        return ", ".join([*parts, f"failed {self.failed:,}"] if self.failed else parts)


@dataclass
class Report:
    articles: Count = field(default_factory=Count)
    quotations: Count = field(default_factory=Count)
    speakers: Count = field(default_factory=Count)
    acts: Count = field(default_factory=Count)
    left_out: int = 0
    """Changes in the history of records that are not here, or were here before and are others."""
    changes_failed: int = 0
    """Changes in the history that nobody can have made."""
    accounts: list[str] = field(default_factory=list)
    """Of people who had none here: inactive ones, without a password."""
    attributed: list[str] = field(default_factory=list)
    """Accounts that were here, and to which something in the file is attributed now."""
    notes: list[str] = field(default_factory=list)
    """What was left as it is where that may surprise, a line each."""
    stopped: str = ""
    """Why it ended before its end; "" where it was whole."""

    @property
    def is_faultless(self) -> bool:
        counts = (self.articles, self.quotations, self.speakers, self.acts)
        return not (self.stopped or self.changes_failed) and not any(one.failed for one in counts)

    def note(self, line: str) -> None:
        if len(self.notes) < MOST_KEPT:
            self.notes.append(line)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def in_words(self) -> list[str]:
        lines = [f"{name.capitalize()}: {getattr(self, name)}" for name in COUNTED]
        if self.left_out:
            lines.append(f"Changes left out, of records that are not here: {self.left_out:,}")
        if self.changes_failed:
            lines.append(f"Changes refused, which nobody can have made: {self.changes_failed:,}")
        if self.accounts:
            lines.append(f"Made inactive accounts without a password: {', '.join(self.accounts)}")
        if self.attributed:
            names = ", ".join(sorted(self.attributed))
            lines.append(f"Attributed to accounts that are here: {names}")
        return [shown(line) for line in lines]


COUNTED = ("articles", "quotations", "speakers", "acts")
