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
    if shown_on is None or not shown_on.isatty():
        yield from items
        return
    # tqdm moves the cursor itself, so it writes to the stream that the wrapper adds line ends and colours to.
    with tqdm(items, unit=f" {unit}", total=total(), file=sys.stderr, **_size()) as bar:
        yield from bar


def _size() -> dict[str, Any]:
    """tqdm's arguments for the size of the terminal behind standard error."""
    try:
        reported = os.get_terminal_size(sys.stderr.fileno()).columns > 0
    except OSError:  # no terminal, or no file at all: tqdm knows what to do
        reported = True
    return {"dynamic_ncols": True} if reported else dict(UNREPORTED)
