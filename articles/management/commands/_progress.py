"""The bar that long commands show while somebody watches."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.core.management.base import OutputWrapper
from tqdm import tqdm

Item = TypeVar("Item")

# Of a terminal that reports no columns, as in some containers: tqdm would cut the bar down to nothing.
UNREPORTED = {"ncols": 79, "nrows": 24}


def progress(
    items: Iterable[Item], *, unit: str, total: Callable[[], int], shown_on: OutputWrapper | None
) -> Iterator[Item]:
    """Pass `items` through, with rate and time left on standard error when `shown_on` is a terminal.

    `total` is called only when the bar is shown; None in `shown_on` shows none.
    """
    with Bars(shown_on=shown_on) as bars:
        bars.show(unit, total=total)
        for item in items:
            yield item
            bars.tick()


class Bars:
    """A bar for each step of a command, one at a time; a context, with which the last one ends."""

    def __init__(self, *, shown_on: OutputWrapper | None) -> None:
        self._is_shown = shown_on is not None and shown_on.isatty()
        self._unit = ""
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> Bars:
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, unit: str, *, total: Callable[[], int | None]) -> None:
        """Begin the step that counts in `unit`, unless it has begun; `total` is called where its bar is shown."""
        if self._is_shown and unit != self._unit:
            self.__exit__()
            # tqdm moves the cursor itself, so it writes to the stream that the wrapper adds line ends and colours to.
            self._bar = tqdm(unit=f" {unit}", total=total(), file=sys.stderr, **_size())
            self._unit = unit

    def tick(self, number: int = 1) -> None:
        """One more is done, or `number` more."""
        if self._bar is not None:
            self._bar.update(number)


def telling(bars: Bars) -> Callable[[str, int, int | None], None]:
    """What shows on `bars` what it is told: the unit of the step, how many more are done, how many there are."""

    def tell(unit: str, number: int, total: int | None) -> None:
        bars.show(unit, total=lambda: total)
        bars.tick(number)

    return tell


def _size() -> dict[str, Any]:
    """tqdm's arguments for the size of the terminal behind standard error."""
    try:
        reported = os.get_terminal_size(sys.stderr.fileno()).columns > 0
    except OSError:  # no terminal, or no file at all: tqdm knows what to do
        reported = True
    return {"dynamic_ncols": True} if reported else dict(UNREPORTED)
