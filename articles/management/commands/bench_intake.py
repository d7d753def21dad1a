"""manage.py bench_intake: how fast articles come in and have their quotations found, and how much memory it takes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import SUPPRESS
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...importing import ArticleRecord, Source, read
from ...ingestion import Result, ingest
from ...invention import invented
from ...models import ImportRun
from ...nlp import load

FEW = 1_000
"""Articles of the smaller import, whose memory the larger one's is compared with."""
SKIPPED = 64
"""Articles that are extracted before the clock runs: two batches."""
PAUSE = 0.02
"""Seconds between two looks at the memory of a process."""


@dataclass(frozen=True, slots=True)
class Import:
    """One import of annotated articles by `ingest`, a process of its own, into an empty SQLite database.

    `seconds` from its start to its end; `peak_bytes` of it and the process it started, together, 0 where the system
    does not tell.
    """

    articles: int
    seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Rates:
    """Articles a second, once all is loaded: of the pipeline's `nlp.pipe`, of an import by one process and by two."""

    bare: float
    one: float
    two: float


class Command(BaseCommand):
    help = (
        "Measure the import of invented articles with annotated quotations, and how fast the quotations of stored "
        "sample articles are found, beside what the pipeline alone reaches on them. Works in throw-away SQLite "
        "databases. Takes some minutes."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=int, default=10_000, help="to import (default: %(default)s)")
        parser.add_argument("--texts", type=int, default=400, help="to extract (default: %(default)s)")
        parser.add_argument("--rounds", type=int, default=3, help="of extractions; the median counts")
        parser.add_argument("--json", action="store_true", dest="as_json", help="the figures as one JSON object")
        parser.add_argument("--rate", type=int, help=SUPPRESS)
        parser.add_argument("--corpus", type=Path, help=SUPPRESS)

    def handle(self, *args: Any, articles: int, texts: int, rounds: int, as_json: bool, **options: Any) -> None:
        if options["rate"] is not None:
            self.stdout.write(str(rate_of(options["rate"], options["corpus"])))
            return
        if min(articles, rounds) < 1 or texts <= SKIPPED:
            raise CommandError(f"--articles and --rounds have to be at least 1, --texts more than {SKIPPED}.")
        with tempfile.TemporaryDirectory() as name:
            bench = Bench(Path(name))
            imports = [bench.imported(number) for number in sorted({min(FEW, articles), articles})]
            rates = [bench.rates(texts) for _ in range(rounds)]
        if as_json:
            self.stdout.write(json.dumps({"imports": list(map(asdict, imports)), "rounds": list(map(asdict, rates))}))
        else:
            self.stdout.write("\n".join([*import_lines(imports), *rate_lines(rates)]))


class Bench:
    """Runs commands as processes of their own, each on an empty database in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._run(["migrate", "--verbosity", "0"], on="empty.sqlite3")

    def imported(self, articles: int) -> Import:
        corpus = self._corpus(articles, quotations=True)
        started = time.perf_counter()
        process = self._start(["ingest", "--json", str(corpus)], on=self._database())
        peak = peak_bytes(process)
        output, _ = process.communicate()
        seconds = time.perf_counter() - started
        if process.returncode or json.loads(output)["added"] != articles:
            raise CommandError(f"The import failed: {output}")
        return Import(articles, seconds, peak)

    def rates(self, texts: int) -> Rates:
        """Each by a process of its own, one after the other, of the same articles."""
        corpus = self._corpus(texts, quotations=False)
        command = ["bench_intake", "--corpus", str(corpus), "--rate"]
        return Rates(*(float(self._run([*command, which], on=self._database())) for which in ("0", "1", "2")))

    def _corpus(self, articles: int, *, quotations: bool) -> Path:
        path = self.folder / f"{articles}{'-annotated' * quotations}.jsonl"
        if not path.exists():
            with path.open("w", encoding="utf-8") as stream:
                stream.writelines(f"{article.as_line(quotations=quotations)}\n" for article in invented(articles))
        return path

    def _database(self) -> str:
        for left in self.folder.glob("used.*"):
            left.unlink()
        shutil.copy(self.folder / "empty.sqlite3", self.folder / "used.sqlite3")
        return "used.sqlite3"

    def _start(self, command: Sequence[str], *, on: str) -> subprocess.Popen[str]:
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), *command]
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{self.folder / on}"}
        return subprocess.Popen(manage, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603

    def _run(self, command: Sequence[str], *, on: str) -> str:
        process = self._start(command, on=on)
        output, _ = process.communicate()
        if process.returncode:
            raise CommandError(f"manage.py {' '.join(command)} failed.")
        return output


def rate_of(processes: int, corpus: Path) -> float:
    """Articles a second: of an import with so many processes, of the pipeline alone with 0."""
    if not processes:
        nlp = load()
        texts = [found.text for found in read(Source.at(corpus)) if isinstance(found, ArticleRecord)]
        return rate_after(SKIPPED, nlp.pipe(texts))
    outcomes = ingest([Source.at(corpus)], run=ImportRun.objects.create(), processes=processes)
    return rate_after(SKIPPED, (one for one in outcomes if one.result is Result.EXTRACTED))


def rate_after(skipped: int, done: Iterable[object]) -> float:
    """How many come a second after the first few: by then all pipelines are loaded, which a run does once."""
    started, number = 0.0, 0
    for number, _ in enumerate(done, start=1):
        if number == skipped:
            started = time.perf_counter()
    return (number - skipped) / (time.perf_counter() - started)


def peak_bytes(process: subprocess.Popen[str]) -> int:
    """The most memory that `process` and those it started held together, looked at until it ends."""
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(resident_bytes, [process.pid, *children_of(process.pid)])))
        time.sleep(PAUSE)
    return peak


def children_of(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:  # it has ended, or this is no Linux
        return []


def resident_bytes(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


# In words


def import_lines(imports: Sequence[Import]) -> Iterator[str]:
    for one in imports:
        rate = one.articles / one.seconds
        yield f"{f'import of {one.articles:,} annotated':32}{rate:>12,.0f} articles/s, start and end included"
        yield f"{'memory, at most':32}{one.peak_bytes / 1e6:>12,.0f} MB"
    few, many = imports[0], imports[-1]
    if few.peak_bytes and few is not many:
        name = f"memory of {many.articles:,} / {few.articles:,}"
        yield f"{name:32}{many.peak_bytes / few.peak_bytes:>12.2f}"


def rate_lines(rounds: Sequence[Rates]) -> Iterator[str]:
    yield f"{'nlp.pipe alone':32}{median(one.bare for one in rounds):>12,.1f} articles/s, median of {len(rounds)}"
    yield f"{'import, one process / alone':32}{median(one.one / one.bare for one in rounds):>12.2f}"
    yield f"{'two processes / one':32}{median(one.two / one.one for one in rounds):>12.2f}"
