"""Numbers of rows, of which there may be millions, in eight bytes each."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import numpy as np


class Numbers:
    """Ascending, each once."""

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._numbers = array("q")
        self._numbers.frombytes(np.unique(np.fromiter(numbers, dtype=np.int64)).tobytes())

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __contains__(self, number: int) -> bool:
        place = bisect_left(self._numbers, number)
        return place < len(self._numbers) and self._numbers[place] == number

    def parts(self, size: int) -> Iterator[Sequence[int]]:
        return (self._numbers[start : start + size] for start in range(0, len(self._numbers), size))


def places_of(formers: Iterable[tuple[int, int]]) -> dict[int, int]:
    """{number of a former text: which of its article's it is}, of all that some articles have, in their order."""
    return {
        number: place
        for _, group in groupby(formers, key=lambda former: former[0])
        for place, (_, number) in enumerate(group)
    }
