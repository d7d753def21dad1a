"""manage.py extract: find quotations in stored articles, or in texts on standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...extraction import ExtractionFailed, NoPipeline, extract, extract_lines
from ...models import Article
from ._progress import progress

CHUNK = 50
"""Articles read at once."""


class Command(BaseCommand):
    help = "Find the quotations of stored articles (--pending), or of texts on standard input (--jsonl)."
    # --jsonl measures accuracy where there is no database; --pending meets a missing one soon enough.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "--pending", action="store_true", help="stored articles whose quotations were not sought yet"
        )
        what.add_argument(
            "--jsonl",
            action="store_true",
            help='read {"id", "text"} lines, print {"id", "quotes"} lines; touches no database',
        )
        parser.add_argument("--quiet", action="store_true", help="no progress bar, and no report but what failed")

    def handle(self, *args: Any, jsonl: bool, quiet: bool, **options: Any) -> None:
        try:
            if jsonl:
                self.extract_lines()
            else:
                self.extract_pending(quiet=quiet)
        except NoPipeline as error:
            raise CommandError(str(error)) from error

    def extract_lines(self) -> None:
        try:
            for line in extract_lines(decoded(sys.stdin.buffer)):
                self.stdout.write(line)
                self.stdout.flush()
        except BrokenPipeError:  # whoever read has enough, as `head` has; Python would complain again at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except ValueError as error:
            raise CommandError(str(error)) from error

    def extract_pending(self, *, quiet: bool) -> None:
        pending = Article.objects.pending()
        articles = (article for chunk in pending.chunks(CHUNK) for article in chunk)
        done = failed = 0
        stopped = False
        try:
            for article in progress(
                articles, unit="articles", total=pending.count, shown_on=None if quiet else self.stderr
            ):
                try:
                    extract(article)
                    done += 1
                except ExtractionFailed as problem:
                    failed += 1
                    self.stderr.write(f"article {article.pk} ({article.source_name or article.title}): {problem}")
        except KeyboardInterrupt:
            stopped = True
        if not quiet:
            self.stdout.write(f"Extracted {done:,}, failed {failed:,}")
        if stopped:
            raise CommandError("Stopped before the end. The same command again goes on from there.", returncode=130)
        if failed:
            raise CommandError("What failed is still pending.")


def decoded(lines: Iterable[bytes]) -> Iterator[str]:
    """JSON is UTF-8 whatever the terminal speaks, and ends its lines at LF, whatever else Unicode breaks lines at."""
    for number, line in enumerate(lines, start=1):
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise ValueError(
                f"line {number}: not UTF-8 (byte 0x{line[error.start]:02X} at {error.start:,})"
            ) from error
