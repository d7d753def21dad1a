"""Files that have their name only once they are whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def becoming(whole: Path, *, part: Path) -> Iterator[BinaryIO]:
    """A file to write, at `part`, that becomes `whole` when all of it is on the disk; else nothing is left of it."""
    try:
        with part.open("w+b") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(whole)
    finally:
        part.unlink(missing_ok=True)
