"""manage.py stories: join stored articles that are near-copies of one another to stories."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import Error as DatabaseError

from ...importing import near_copies
from ...models import Article
from ...stories import join
from ._ending import ENDED, told_to_end, why_ended
from ._progress import progress
from ._tables import TablesCommand

CHUNK = 100
"""Articles, with their texts, in memory at once."""


@dataclass
class Report:
    looked_at: int = 0
    joined: int = 0
    stopped: str = ""


class Command(TablesCommand):
    help = (
        "Join stored articles to the stories of their near-copies, as importing does with new ones. Each article is "
        "one transaction, so a run that was stopped goes on from there when it is started again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--rebuild",
            action="store_true",
            required=True,
            help="look at every article whose near-copies were never sought, or by an older method",
        )
        parser.add_argument("--quiet", action="store_true", help="no progress bar and no report")
        parser.add_argument("--json", action="store_true", dest="as_json", help="the report as one JSON object")

    def handle(self, *args: Any, quiet: bool, as_json: bool, **options: Any) -> None:
        unsigned = Article.objects.unsigned(near_copies.VERSION)
        articles = (article for chunk in unsigned.chunks(CHUNK) for article in chunk)
        report = Report()
        shown_on = None if quiet else self.stderr
        exit_code = 1
        try:
            with told_to_end():
                for article in progress(articles, unit="articles", total=unsigned.count, shown_on=shown_on):
                    was_in = article.story_id
                    joined = join(article)
                    report.looked_at += 1
                    report.joined += joined is not None and joined.pk != was_in
        except ENDED as error:
            report.stopped, exit_code = why_ended(error)
        except DatabaseError as error:
            report.stopped = f"The database failed ({' '.join(str(error).split())})."
        self.print(report, quiet=quiet, as_json=as_json)
        if report.stopped:
            left = "What is joined stays; the same command goes on from there."
            raise CommandError(f"{report.stopped} {left}", returncode=exit_code)

    def print(self, report: Report, *, quiet: bool, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(report)))
        elif not quiet:
            self.stdout.write(f"Looked at {report.looked_at:,}, joined to a story {report.joined:,}")
