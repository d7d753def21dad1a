"""Which things belong together, told pair by pair."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def connected(pairs: Iterable[tuple[Thing, Thing]]) -> list[list[Thing]]:
    """Groups of what pairs join, directly or over others."""
    group_of: dict[Thing, list[Thing]] = {}
    for one, other in pairs:
        first, second = group_of.setdefault(one, [one]), group_of.setdefault(other, [other])
        if first is not second:
            small, large = sorted((first, second), key=len)
            large += small
            group_of.update(dict.fromkeys(small, large))
    return list({id(group): group for group in group_of.values()}.values())
