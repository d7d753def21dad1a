"""manage.py export: articles with their quotations out, as one file of one of many formats."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.core.management.base import CommandError, CommandParser
from django.db import Error as DatabaseError

from ...exports import formats
from ...exports.records import Records
from ...gathering import NotASearch, Selection, records
from ...processes import look_for_cycles_rarely
from ...whole_files import new_file
from ._ending import ENDED, told_to_end, why_ended
from ._progress import Bars
from ._tables import TablesCommand


class Command(TablesCommand):
    help = (
        "Write articles with their quotations to a file. It is written beside its name, with .part behind it, and "
        "gets its name when it is whole. What each format is for and carries: docs/exports.md."
    )
    requires_system_checks = []  # they load all pages, of which an export needs none

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a new file, or - for standard output")
        parser.add_argument(
            "--format",
            metavar="NAME",
            help=f"{', '.join(formats.FORMATS)}; without it, the one that the ending of FILE says",
        )
        parser.add_argument(
            "--search",
            default="",
            metavar="SEARCH",
            help="as the address of a list has it: 'quotations?q=harbour&state=accepted', 'articles?outlet=3' "
            "(default: everything)",
        )
        parser.add_argument("--with-rejected", action="store_true", help="also quotations that were rejected")
        parser.add_argument(
            "--whole", action="store_true", help="all there is: rejected, taken out and hidden as well"
        )
        parser.add_argument(
            "--address",
            default="",
            metavar="URL",
            help="where this Newsroom is, for permalinks: https://newsroom.example",
        )
        parser.add_argument("--force", action="store_true", help="write over a file that is there")
        parser.add_argument("--quiet", action="store_true", help="no progress bar and no report")

    def handle(self, *args: Any, file: str, quiet: bool, **options: Any) -> None:
        look_for_cycles_rarely()
        name = options["format"]
        try:
            form = formats.told_by_ending(file) if name is None else formats.named(name)
        except formats.NoFormat as error:
            raise CommandError(f"{file}: {error}") from error
        address = checked_address(options["address"])
        whole = options["whole"]
        with_rejected = options["with_rejected"] or whole
        try:
            selection = Selection.of_search(options["search"], with_rejected=with_rejected, with_hidden=whole)
        except NotASearch as error:
            raise CommandError(str(error)) from error
        given = Passing(records(selection, address=address), bars_on=None if quiet else self.stderr)
        try:
            with told_to_end(), opened(file, force=options["force"]) as out, closing(given):
                form.module.write(iter(given), out)
        except BrokenPipeError:  # whoever read has enough, as `head` has; Python would complain again at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        except ENDED as error:
            why, exit_code = why_ended(error)
            self.leave(why.rstrip("."), file, exit_code)
        except DatabaseError as error:
            raise CommandError(f"The database failed ({' '.join(str(error).split())}); {left(file)}") from error
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror or error}; {left(file)}") from error
        if not quiet:
            self.stderr.write(f"{file}: {given.end['articles']:,} articles, {given.end['quotations']:,} quotations")

    def leave(self, why: str, file: str, exit_code: int) -> None:
        self.stderr.write(f"{why}; {left(file)}")
        raise SystemExit(exit_code)


def left(file: str) -> str:
    return "what was written is only a part" if file == "-" else f"{file} was not written"


def checked_address(address: str) -> str:
    """Raises CommandError for what is no address of a site."""
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise CommandError(f"--address {address}: expected the address of this Newsroom, as https://newsroom.example")
    return address


class Passing:
    """Passes records on, with a bar for the articles among them; the last one is the `end`."""

    def __init__(self, given: Records, *, bars_on: Any) -> None:
        self._given, self._bars = given, Bars(shown_on=bars_on)
        self.end: Any = None

    def __iter__(self) -> Iterator[Any]:
        with self._bars as bars:
            for record in self._given:
                if record["record"] == "head":
                    bars.show("articles", total=lambda head=record: head["articles"])  # type: ignore[misc]
                elif record["record"] == "article":
                    bars.tick()
                elif record["record"] == "end":
                    self.end = record
                yield record

    def close(self) -> None:
        self._given.close()  # type: ignore[attr-defined]


@contextmanager
def opened(file: str, *, force: bool) -> Iterator[BinaryIO]:
    """What to write to. A file has its name only when all of it is on the disk; where it fails there is none."""
    if file == "-":
        with open(sys.stdout.fileno(), "wb", closefd=False) as out:
            yield out
        return
    try:
        with new_file(Path(file), replace=force) as out:
            yield out
    except FileExistsError as error:
        raise CommandError(f"{file} is there already; nothing was written. --force writes over it.") from error
