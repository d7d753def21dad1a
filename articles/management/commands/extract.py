"""manage.py extract: find quotations in stored articles, again too, or in texts on standard input."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import Error as DatabaseError

from ... import extraction
from ...extraction import Disagreement, Extracted, NoPipeline
from ...models import Article
from ...querysets import ArticleQuerySet
from ._ending import ENDED, told_to_end, why_ended
from ._processes import add_processes
from ._progress import progress
from ._tables import TablesCommand

CHUNK = 50
"""Articles read at once."""

NO_SUCH = "there is none"
LONGEST_NUMBER = 18
"""Digits that every database takes."""

LONGEST = 60
"""Characters of a quotation in a line about it."""


@dataclass
class Report:
    """What came of a run; `as_json` shows all of it at once."""

    extracted: int = 0
    failures: list[dict[str, Any]] = field(default_factory=list)
    disagreements: list[dict[str, Any]] = field(default_factory=list)
    stopped: str = ""
    exit_code: int = 1
    """Where it was stopped."""

    def as_json(self) -> str:
        return json.dumps(
            {
                "extracted": self.extracted,
                "failed": len(self.failures),
                "failures": self.failures,
                "disagreements": self.disagreements,
                "stopped": self.stopped,
            }
        )


class Command(TablesCommand):
    help = (
        "Find the quotations of stored articles (--pending, --stale, or by number), or of texts on standard input "
        "(--jsonl). What a person decided stays; where the machine differs from it, a line says so."
    )
    # --jsonl measures accuracy where there is no database.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "numbers", nargs="*", type=number, metavar="ARTICLE_ID", help="these articles, whatever was found before"
        )
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--pending", action="store_true", help="stored articles whose quotations were not sought yet"
        )
        what.add_argument(
            "--stale", action="store_true", help="stored articles that another version of the pipeline read"
        )
        what.add_argument(
            "--jsonl",
            action="store_true",
            help='read {"id", "text"} lines, print {"id", "quotes"} lines; touches no database',
        )
        what.add_argument(
            "--set-aside", action="store_true", help="stored articles that failed too often to be tried unasked"
        )
        add_processes(parser)
        parser.add_argument("--quiet", action="store_true", help="no progress bar, and no report but what failed")
        parser.add_argument("--json", action="store_true", dest="as_json", help="the report as one JSON object")

    def touches_database(self, **options: Any) -> bool:
        return not options["jsonl"]

    def handle(self, *args: Any, numbers: list[int], jsonl: bool, **options: Any) -> None:
        kinds = [kind for kind in ("pending", "stale", "set_aside") if options[kind]]
        if len(kinds) + bool(numbers) + jsonl != 1:
            raise CommandError("Give the numbers of articles, or one of --pending, --stale, --set-aside and --jsonl.")
        try:
            if jsonl:
                self.extract_lines()
            else:
                self.extract(self.articles(numbers, *kinds), numbers=numbers, **options)
        except NoPipeline as error:
            raise CommandError(str(error)) from error

    def articles(self, numbers: list[int], kind: str = "") -> ArticleQuerySet:
        match kind:
            case "pending":
                return Article.objects.pending()
            case "stale":
                return Article.objects.stale(extraction.PIPELINE_VERSION)
            case "set_aside":
                return Article.objects.set_aside()
            case _:
                return Article.objects.numbered(numbers)

    def extract_lines(self) -> None:
        try:
            for line in extraction.extract_lines(decoded(sys.stdin.buffer)):
                self.stdout.write(line)
                self.stdout.flush()
        except BrokenPipeError:  # whoever read has enough, as `head` has; Python would complain again at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except ValueError as error:
            raise CommandError(str(error)) from error

    def extract(
        self,
        articles: ArticleQuerySet,
        *,
        numbers: Iterable[int],
        processes: int | None,
        quiet: bool,
        as_json: bool,
        **options: Any,
    ) -> None:
        """Extract `articles`, all of `numbers` among them, and say what came of it."""
        self.says_all, self.says_failures = not (quiet or as_json), not as_json
        report = Report()
        if numbers:
            for number in sorted(set(numbers) - set(articles.values_list("pk", flat=True))):
                self.fail(report, number, source="", reason=NO_SUCH)
        each = (article for chunk in articles.chunks(CHUNK) for article in chunk)
        done = extraction.extract_all(each, processes=processes)
        shown_on = None if quiet else self.stderr
        try:
            with told_to_end():
                for extracted in progress(done, unit="articles", total=articles.count, shown_on=shown_on):
                    self.add(report, extracted)
        except ENDED as error:
            report.stopped, report.exit_code = why_ended(error)
        except DatabaseError as error:
            report.stopped = f"The database failed ({' '.join(str(error).split())})."
        if as_json:
            self.stdout.write(report.as_json())
        if self.says_all:
            self.stdout.write(in_words(report))
        self.end(report, goes_on="" if numbers else " The same command again goes on from there.")

    def end(self, report: Report, *, goes_on: str) -> None:
        """Say in a line what was left undone, if anything was: raises CommandError."""
        if report.stopped:
            raise CommandError(f"{report.stopped}{goes_on}", returncode=report.exit_code)
        if any(failure["reason"] != NO_SUCH for failure in report.failures):
            raise CommandError("What failed keeps what it had, and waits for --set-aside or its number.")
        if report.failures:
            raise CommandError("There is nothing with these numbers.")

    def add(self, report: Report, extracted: Extracted) -> None:
        article = extracted.article
        if extracted.failure:
            self.fail(report, article.pk, source=article.source_name or article.title, reason=extracted.failure)
            return
        report.extracted += 1
        for one in extracted.disagreements:
            report.disagreements.append(described(one))
            if self.says_all:
                self.stdout.write(line_of(one))

    def fail(self, report: Report, number: int, *, source: str, reason: str) -> None:
        report.failures.append({"article": number, "source": source, "reason": reason})
        if self.says_failures:
            self.stderr.write(f"article {number}{f' ({source})' if source else ''}: {reason}")


def number(written: str) -> int:
    """Of an article. Raises ArgumentTypeError for what no database counts to."""
    if not written.isdecimal() or not written.isascii() or len(written) > LONGEST_NUMBER:
        raise ArgumentTypeError(f"{written[:40]} is no number of an article")
    return int(written)


def in_words(report: Report) -> str:
    words = f"Extracted {report.extracted:,}, failed {len(report.failures):,}"
    number = len(report.disagreements)
    return f"{words}; differs from what people decided in {number:,}" if number else words


def described(disagreement: Disagreement) -> dict[str, Any]:
    quotation = disagreement.quotation
    return {
        "article": quotation.article_id,
        "quotation": str(quotation.uid),
        "content": quotation.content,
        "about": disagreement.about,
        "person": disagreement.person,
        "machine": disagreement.machine,
    }


def line_of(disagreement: Disagreement) -> str:
    quotation = disagreement.quotation
    words = " ".join(quotation.content.split())
    shown = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    return (
        f"article {quotation.article_id}, quotation {quotation.pk} {shown} "
        f"{disagreement.about}: a person says {disagreement.person}, the machine {disagreement.machine}"
    )


def decoded(lines: Iterable[bytes]) -> Iterator[str]:
    """JSON is UTF-8 whatever the terminal speaks, and ends its lines at LF, whatever else Unicode breaks lines at."""
    for number, line in enumerate(lines, start=1):
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise ValueError(
                f"line {number}: not UTF-8 (byte 0x{line[error.start]:02X} at {error.start:,})"
            ) from error
