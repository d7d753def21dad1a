"""manage.py queue: how many articles wait for the workers, how fast they go, what failed; and what to put on it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser

from ... import extraction, queue
from ...models import Article
from ._tables import TablesCommand


class Command(TablesCommand):
    help = "Show the queue of articles whose quotations workers are to find, or put articles on it. Needs PostgreSQL."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--defer-pending", action="store_true", help="put all pending articles on the queue")
        what.add_argument(
            "--defer-stale",
            action="store_true",
            help="put all articles on the queue that another version of the pipeline read",
        )
        what.add_argument("--retry", action="store_true", help="put back what failed, and what was set aside")
        parser.add_argument("--json", action="store_true", dest="as_json", help="how it goes as one JSON object")

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        try:
            if options["defer_pending"]:
                self.say(queue.defer_all(Article.objects.pending()))
            elif options["defer_stale"]:
                self.say(queue.defer_all(Article.objects.stale(extraction.PIPELINE_VERSION)))
            elif options["retry"]:
                self.say(queue.retry())
            else:
                glance = queue.glance()
                self.stdout.write(json.dumps(asdict(glance)) if as_json else "\n".join(glance.in_words()))
        except queue.NoQueue as error:
            raise CommandError(str(error)) from error

    def say(self, number: int) -> None:
        self.stdout.write(f"Put on the queue: {number:,}")
