"""manage.py worker: seek the quotations of what is on the queue, here and on as many machines as you like."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from ... import queue
from ._tables import TablesCommand

HEARTBEAT = 10.0


class Command(TablesCommand):
    help = (
        "Take articles off the queue and find their quotations, until SIGTERM or Ctrl-C; then the batch at hand is "
        "finished, or what is left of it given back. Start as many as there are cores, on any machine that reaches "
        "the database. Needs PostgreSQL."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heartbeat",
            type=float,
            default=HEARTBEAT,
            metavar="SECONDS",
            help="how often it says that it lives; one that is silent six times as long counts as dead, and its "
            "batch goes back on the queue (default: %(default)g)",
        )

    def handle(self, *args: Any, heartbeat: float, **options: Any) -> None:
        if not heartbeat >= 0.1:
            raise CommandError("--heartbeat: at least 0.1 seconds")
        try:
            queue.demand()
        except queue.NoQueue as error:
            raise CommandError(str(error)) from error
        from ...worker import work  # behind the check: without PostgreSQL there is nothing to connect to

        work(heartbeat=heartbeat)
