"""manage.py verify: whether what was exported, or kept of a permalink, is still so."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError, CommandParser

from ...exports import formats, plain_text, quotation_annotations
from ...exports.records import BrokenOff, NotAnExport, Record, Records
from ...verifying import Claim, Verdict, verified
from ._progress import progress
from ._tables import TablesCommand

PERMALINKS: dict[str, Any] = {"permalink-jsonld": quotation_annotations, "permalink-txt": plain_text}
"""What a permalink answers, kept in a file."""
SHOWN = 60
"""Characters of the words in a line."""
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What would steer the terminal, or cannot be written: whatever the file says is shown, so it may not do that."""
MOST_FAULTS = 100
"""Damaged records that are passed over; behind more, the rest is not read."""


class Command(TablesCommand):
    help = (
        "Check the quotations of an exported file, or of a permalink that was kept in one, against the database: each"
        " holds, has moved, has changed, or is gone. Exit code 1 where any does not hold, or the file is not whole."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--format",
            dest="name",
            metavar="NAME",
            help=f"{', '.join([*formats.FORMATS, *PERMALINKS])} (default: told by its content)",
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="JSON Lines, the sum last")
        parser.add_argument("--quiet", action="store_true", help="only what does not hold, and no progress bar")

    def handle(self, *args: Any, file: Path, name: str | None, as_json: bool, quiet: bool, **options: Any) -> None:
        counts: Counter[Verdict] = Counter()
        try:
            with file.open("rb") as opened:
                reading = Reading(_module(opened, name).read(opened))
                shown_on = None if quiet else self.stderr
                claims = verified(iter(reading), unread=reading.faults.append)
                for claim in progress(claims, unit="quotations", total=lambda: reading.said, shown_on=shown_on):
                    counts[claim.verdict] += 1
                    if not (quiet and claim.verdict is Verdict.HOLDS):
                        self.stdout.write(_as_json(claim) if as_json else _line(claim))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror or error}") from error
        except (NotAnExport, formats.NoFormat) as error:
            raise CommandError(f"{file}: {error}") from error
        self._sum_up(file, counts, reading.faults, as_json=as_json, quiet=quiet)

    def _sum_up(
        self, file: Path, counts: Counter[Verdict], faults: Sequence[str], *, as_json: bool, quiet: bool
    ) -> None:
        number, held = counts.total(), counts[Verdict.HOLDS]
        if as_json:
            told = {str(verdict): counts[verdict] for verdict in Verdict}
            self.stdout.write(json.dumps(told | {"quotations": number, "faults": list(faults)}, ensure_ascii=False))
        for fault in faults:
            self.stderr.write(f"{file}: {fault}")
        said = ", ".join(f"{counts[verdict]:,} {verdict}" for verdict in Verdict)
        all_hold = held == number and not faults
        if not (as_json or (quiet and all_hold)):
            whole = " The file is not whole." if faults else ""
            self.stdout.write(f"{number:,} {'quotation' if number == 1 else 'quotations'}: {said}.{whole}")
        if not all_hold:
            raise SystemExit(1)


class Reading:
    """The records of a file as far as they can be read, and in `faults` what could not."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.faults: list[str] = []
        self.said = 0
        """How many quotations the file says that it has."""

    def __iter__(self) -> Iterator[Record]:
        """Raises NotAnExport where not a single record can be read."""
        has_begun = False
        while len(self.faults) < MOST_FAULTS:
            try:
                record = next(self._records)
            except StopIteration:
                return
            except BrokenOff as error:
                self.faults.append(str(error))
                return
            except NotAnExport as error:
                if not has_begun:
                    raise
                self.faults.append(str(error))
                continue
            has_begun = True
            if record["record"] == "head":
                said: object = record.get("quotations")
                self.said = said if type(said) is int else 0
            yield record


def _module(file: BinaryIO, name: str | None) -> Any:
    """What reads `file`: the one that is named, or told by how it begins. Raises NoFormat."""
    if name is not None:
        return PERMALINKS.get(name) or formats.named(name).module
    head = formats.beginning(file)
    kept = next((module for module in PERMALINKS.values() if module.looks_like(head)), None)
    return kept or formats.told_by(file).module


def _as_json(claim: Claim) -> str:
    told = {"quotation": _uid(claim), "verdict": claim.verdict, "why": claim.why, "words": claim.words}
    line = json.dumps(told, ensure_ascii=False)
    return json.dumps(told) if UNSAFE.search(line) else line


def _line(claim: Claim) -> str:
    words = " ".join(claim.words.split())
    shown = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
    why = f"  [{'; '.join(claim.why)}]" if claim.why else ""
    return UNSAFE.sub("·", f"{claim.verdict:<8}{_uid(claim)}  {shown}{why}")


def _uid(claim: Claim) -> str:
    """As the file has it or, where it has none, as the quotation that was found."""
    return str(claim.says.get("uid") or (claim.found.uid if claim.found else "-"))
