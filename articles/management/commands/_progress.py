"""The bar that long commands show while somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.core.management.base import OutputWrapper
from tqdm import tqdm

Item = TypeVar("Item")


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
    with tqdm(items, unit=f" {unit}", total=total(), file=sys.stderr, dynamic_ncols=True) as bar:
        yield from bar
