"""manage.py bench_exports: how fast exports are written, and how much memory each format takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from argparse import SUPPRESS
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...exports.formats import FORMATS
from ...measuring import stock
from .bench_intake import peak_bytes

MOST_MEMORY = 250
"""Megabytes (of 1,000,000 bytes) that an export may take, however many quotations there are."""


@dataclass(frozen=True, slots=True)
class Export:
    """One run of `export`, a process of its own: `seconds` from its start to its end, the most memory it held."""

    format: str
    seconds: float
    peak_bytes: int
    file_bytes: int


class Command(BaseCommand):
    help = (
        "Measure `export` of everything in each format, each in a process of its own, on a throw-away SQLite "
        "database of invented quotations. Takes some minutes for a million. Exit code 1 where one takes more than "
        f"{MOST_MEMORY} MB."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quotations", type=int, default=1_000_000, help="(default: 1,000,000)")
        parser.add_argument("--formats", nargs="+", metavar="NAME", default=[*FORMATS], help="(default: all)")
        parser.add_argument("--json", action="store_true", dest="as_json", help="the figures as one JSON object")
        parser.add_argument("--fill", type=int, help=SUPPRESS)

    def handle(self, *args: Any, quotations: int, formats: list[str], as_json: bool, **options: Any) -> None:
        if options["fill"] is not None:
            self.stdout.write(str(stock.fill(options["fill"])))
            return
        unknown = sorted(set(formats) - FORMATS.keys())
        if unknown or quotations < 1:
            raise CommandError(f"--formats are of {', '.join(FORMATS)}; --quotations has to be at least 1.")
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(Path(folder))
            articles = bench.fill(quotations)
            done = [bench.export(name) for name in formats]
        if as_json:
            figures = {"articles": articles, "quotations": quotations, "exports": list(map(asdict, done))}
            self.stdout.write(json.dumps(figures))
        else:
            self.stdout.write(f"{quotations:,} quotations in {articles:,} articles")
            self.stdout.write("\n".join(lines(done, quotations)))
        if any(one.peak_bytes > MOST_MEMORY * 1_000_000 for one in done):
            raise SystemExit(1)


class Bench:
    """Runs commands as processes of their own on a database in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fill(self, quotations: int) -> int:
        self._run(["migrate", "--verbosity", "0"])
        return int(self._run(["bench_exports", "--fill", str(quotations)]))

    def export(self, name: str) -> Export:
        file = self._folder / f"export{FORMATS[name].suffix}"
        started = time.perf_counter()
        process = self._start(["export", str(file), "--format", name, "--whole", "--quiet"])
        peak = peak_bytes(process)
        seconds = time.perf_counter() - started
        if process.returncode:
            raise CommandError(f"manage.py export --format {name} failed.")
        size = file.stat().st_size
        file.unlink()
        return Export(name, seconds, peak, size)

    def _start(self, command: Sequence[str], **options: Any) -> subprocess.Popen[str]:
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), *command]
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{self._folder / 'bench.sqlite3'}"}
        return subprocess.Popen(manage, env=environment, text=True, **options)  # noqa: S603

    def _run(self, command: Sequence[str]) -> str:
        process = self._start(command, stdout=subprocess.PIPE)
        output, _ = process.communicate()
        if process.returncode:
            raise CommandError(f"manage.py {' '.join(command)} failed.")
        return output


def lines(done: Sequence[Export], quotations: int) -> Iterator[str]:
    yield f"{'format':18}{'seconds':>9}{'quotations/s':>15}{'memory, at most':>18}{'file':>12}"
    for one in done:
        rate = quotations / one.seconds
        memory, size = f"{one.peak_bytes / 1e6:,.0f} MB", f"{one.file_bytes / 1e6:,.0f} MB"
        yield f"{one.format:18}{one.seconds:>9.1f}{rate:>15,.0f}{memory:>18}{size:>12}"
