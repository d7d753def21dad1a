"""`manage.py deliver`: sends to webhooks what is due."""

from __future__ import annotations

import threading
import time
from typing import Any

from django.core.management.base import CommandError, CommandParser

from ...models import Delivery
from ...querysets.webhooks import Settled
from ...webhooks.background import PAUSE, deliver_until
from ...webhooks.delivering import deliver_due
from ._ending import told_to_end
from ._tables import TablesCommand

PATIENCE, LOOK = 30.0, 0.2
"""Seconds that it waits for who is writing at the moment, and between two looks whether they have ended."""


class Command(TablesCommand):
    help = (
        "Send to webhooks what is due. Web processes do so too, unless NEWSROOM_NO_DELIVERY_IN_WEB is set; any "
        "number may deliver at once. Exit code 1 when a delivery failed; it is tried again when it is due."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on until SIGTERM or Ctrl-C")
        parser.add_argument(
            "--every",
            type=float,
            default=PAUSE,
            metavar="SECONDS",
            help="with --watch: between two looks where nothing was due (default: %(default)g)",
        )
        parser.add_argument("--quiet", action="store_true", help="print only what failed")

    def handle(self, *args: Any, watch: bool, every: float, quiet: bool, **options: Any) -> None:
        if not every >= 0.1:
            raise CommandError("--every: at least 0.1 seconds")
        self._quiet, self._failed = quiet, 0
        if watch:
            stopping = threading.Event()
            with told_to_end(until=stopping):
                deliver_until(stopping, pause=every, told=self._tell)
            return
        self._deliver_all()
        if self._failed:
            self.stderr.write(f"{self._failed:,} failed")
            raise SystemExit(1)

    def _deliver_all(self) -> None:
        """Until nothing is due any more, of what was there at the start."""
        settled, ends = Settled(), time.monotonic() + PATIENCE
        known = settled.look()
        while known is None and time.monotonic() < ends:
            time.sleep(LOOK)
            known = settled.look()
        done = [True]
        while any(done):
            done = [self._tell(delivery) for delivery in deliver_due(settled, upto=known)]

    def _tell(self, delivery: Delivery) -> bool:
        """Print a line; whether it was done."""
        events = "event" if delivery.number == 1 else "events"
        line = f"{delivery.webhook}: {delivery.number} {events}, {delivery.outcome}"
        line += f" {delivery.status}" if delivery.status else ""
        line += f" in {delivery.milliseconds} ms" if delivery.milliseconds else ""
        if delivery.is_open:
            self._failed += 1
            self.stderr.write(f"{line}: {delivery.said or delivery.why_in_words}")
        elif not self._quiet:
            self.stdout.write(line)
        return not delivery.is_open
