"""manage.py extract: find quotations in stored articles, or in texts on standard input."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...extraction import ExtractionFailed, extract
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
        if jsonl:
            self.extract_lines()
        else:
            self.extract_pending(quiet=quiet)

    def extract_lines(self) -> None:
        raise NotImplementedError

    def extract_pending(self, *, quiet: bool) -> None:
        pending = Article.objects.pending()
        failed = done = 0
        shown_on = None if quiet else self.stderr
        for article in progress(_each(pending), unit="articles", total=pending.count, shown_on=shown_on):
            try:
                extract(article)
                done += 1
            except ExtractionFailed as problem:
                failed += 1
                self.stderr.write(f"article {article.pk} ({article.source_name or article.title}): {problem}")
        if not quiet:
            self.stdout.write(f"Extracted {done:,}, failed {failed:,}")
        if failed:
            raise CommandError(f"{failed:,} articles are still pending")


def _each(articles):
    for chunk in articles.chunks(CHUNK):
        yield from chunk
