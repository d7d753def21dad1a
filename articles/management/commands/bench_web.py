"""manage.py bench_web: how long each web page takes, with few articles and with many."""

from __future__ import annotations

import json
import sys
import tempfile
from argparse import SUPPRESS
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

from ...measuring.asking import Measured, measure
from ...measuring.databases import Database, Failed, databases
from ...measuring.furnishing import furnish
from ...measuring.report import lines
from ...measuring.sample import sample

SIZES = (1_000, 100_000)
WARM_UP = 3
"""Turns that do not count."""


class Command(BaseCommand):
    help = (
        "Measure the web pages on invented articles: queries, median and 95th percentile of the server's time, as a "
        "table in Markdown. On the engine of DATABASE_URL, in databases of its own: of SQLite in files, of "
        "PostgreSQL on that server, called newsroom_bench_1000 and so on. 100,000 articles take minutes to import."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--articles", type=int, nargs="+", default=SIZES, metavar="N", help="sizes (default: 1000 100000)"
        )
        parser.add_argument(
            "--keep", type=Path, metavar="FOLDER", help="keep the databases, and use those kept there"
        )
        parser.add_argument("--rounds", type=int, default=25, help="of each page (default: %(default)s)")
        parser.add_argument("--only", default="", metavar="WORDS", help="the pages with these in their label")
        parser.add_argument("--json", action="store_true", dest="as_json", help="each figure, as one JSON object")
        parser.add_argument(
            "--processor",
            action="store_true",
            help="the processor's time in place of the clock's: for SQLite on a busy machine, where it is all of it",
        )
        parser.add_argument("--step", choices=["furnish", "measure"], help=SUPPRESS)

    def handle(self, *args: Any, step: str | None, **options: Any) -> None:
        if step:
            with override_settings(DEBUG=False, STATIC_ROOT=settings.BASE_DIR / "static"):
                self._do(step, rounds=options["rounds"], only=options["only"])
            return
        if min(*options["articles"], options["rounds"]) < 1:
            raise CommandError("--articles and --rounds have to be at least 1.")
        sizes = sorted(set(options["articles"]))
        try:
            with folder_for(options["keep"]) as folder:
                self._report(sizes, folder, **options)
        except Failed as failure:
            raise CommandError(f"{failure}.") from failure

    def _report(
        self,
        sizes: list[int],
        folder: Path,
        *,
        keep: Path | None,
        rounds: int,
        only: str,
        as_json: bool,
        **options: Any,
    ) -> None:
        with databases(sizes, folder=folder, kept=keep is not None) as every:
            engine = every[0].engine
            figures = {one.articles: self._measured(one, rounds=rounds, only=only) for one in every}
        if options["processor"]:
            for one in chain.from_iterable(figures.values()):
                one.milliseconds = one.processor
        if as_json:
            of_sizes = {size: list(map(asdict, measured)) for size, measured in figures.items()}
            self.stdout.write(json.dumps({"engine": engine, "articles": of_sizes}))
        else:
            self.stdout.write("\n".join(lines(engine, figures)))

    def _measured(self, database: Database, *, rounds: int, only: str) -> list[Measured]:
        """By processes of their own: one knows one database."""
        self.stderr.write(f"{database.engine}, {database.articles:,} articles …")
        database.make()
        database.run(["bench_web", "--step", "furnish"])
        printed = database.run(["bench_web", "--step", "measure", "--rounds", str(rounds), "--only", only])
        return [Measured(**figures) for figures in json.loads(printed)]

    def _do(self, step: str, *, rounds: int, only: str) -> None:
        if step == "furnish":
            furnish()
            return
        figures = measure(sample(), rounds=rounds, warm_up=WARM_UP, only=only)
        json.dump(list(map(asdict, figures)), sys.stdout)


@contextmanager
def folder_for(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
