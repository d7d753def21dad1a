"""JSON Lines: each record a line of UTF-8, as `records` describes it, the End last."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from .checking import checked_head, is_record
from .json_lines import one_line
from .records import BrokenOff, NotAnExport, Record, Records
from .whole import Ending

SHOWN = 60
"""Characters of a line that is none of an export."""


def looks_like(head: bytes) -> bool:
    return head.lstrip().startswith(b'{"record":"head"')


def write(records: Records, out: BinaryIO) -> None:
    for record in records:
        out.write(one_line(record).encode() + b"\n")


def read(file: BinaryIO) -> Records:
    """Whoever meets NotAnExport because of one line may go on with the next."""
    return _Lines(file)


class _Lines:
    """An iterator that can be asked for the next line when one was bad."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._number, self._ending = file, 0, Ending()

    def __iter__(self) -> Records:
        return self

    def __next__(self) -> Record:
        line = self._file.readline()
        if not line:
            self._ending.check()
            raise StopIteration
        self._number += 1
        try:
            record: Any = json.loads(line)
        except (ValueError, RecursionError) as error:  # of JSON, or of UTF-8
            if not line.endswith(b"\n") and line.startswith(b"{"):
                raise BrokenOff(f"line {self._number}: the file breaks off within it") from error
            raise NotAnExport(f"line {self._number}: not JSON ({error})") from error
        if not is_record(record):
            shown = line[:SHOWN].decode(errors="replace").strip()
            raise NotAnExport(f"line {self._number}: no record of an export ({shown})")
        if self._ending.came:
            raise NotAnExport(f"line {self._number}: behind the end")
        if self._number == 1:
            checked_head(record)
        return self._ending.passing(record)
