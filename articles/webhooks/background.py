"""Delivering for as long as a process lives: in a thread of each web process, and in `manage.py deliver --watch`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection

from ..models import Delivery
from ..querysets.webhooks import Settled
from .delivering import deliver_due

logger = logging.getLogger(__name__)

PAUSE = 5.0
"""Seconds between two looks where nothing was due: one small query each."""


def begin() -> None:
    """Start the thread of this web process, unless the settings leave it to another process."""
    if settings.NEWSROOM_DELIVER_IN_WEB:
        threading.Thread(target=deliver_until, args=(threading.Event(),), name="webhooks", daemon=True).start()


def deliver_until(
    stopping: threading.Event, *, pause: float = PAUSE, told: Callable[[Delivery], object] = lambda delivery: None
) -> None:
    """Look for what is due every `pause` seconds, until `stopping` is set; `told` is called with each delivery."""
    settled, sent = Settled(), 0
    while not stopping.wait(0 if sent else pause):
        close_old_connections()
        sent = 0
        try:
            for delivery in deliver_due(settled, stopping=stopping.is_set):
                sent += 1
                told(delivery)
        except DatabaseError as error:
            logger.warning("webhooks: the database failed (%s); looks again", " ".join(str(error).split()))
            connection.close()
        except Exception:  # whatever one webhook brings up, the others go on
            logger.exception("webhooks: delivering failed; looks again")
            connection.close()
    connection.close()
