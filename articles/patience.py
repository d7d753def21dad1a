"""Waiting for a database that is gone for a while, is full, or has another writer."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from .outages import outage_of

P = ParamSpec("P")
T = TypeVar("T")

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 10.0
"""Seconds between two tries."""


def patiently(act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `act` returns: a transaction of its own, done again while there is an outage of the database.

    Waits as long as settings.NEWSROOM_PATIENCE says, in seconds, in ever longer pauses; then raises what the database
    raised last. What waiting does not mend, as a table that is not there, is raised at once. Inside a transaction,
    which cannot be had again from here, it tries once.
    """
    ends = time.monotonic() + settings.NEWSROOM_PATIENCE
    pause = 0.5
    while True:
        try:
            return act(*args, **kwargs)
        except DatabaseError as error:
            if outage_of(error) is None or connection.in_atomic_block or time.monotonic() + pause > ends:
                raise
            logger.warning("The database failed (%s); trying again in %.1f s", " ".join(str(error).split()), pause)
        connection.close()
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
