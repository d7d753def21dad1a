"""Several threads that do something in the same moment, each with a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection

PATIENCE = 600
"""Seconds until a thread or a process is at fault, not just a busy machine."""


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Start all `deeds` together; what each returned or raised, in their order."""
    outcomes: list[object] = [None] * len(deeds)
    start = threading.Barrier(len(deeds))

    def run(number: int) -> None:
        try:
            start.wait(timeout=PATIENCE)
            outcomes[number] = deeds[number]()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "they wait for each other"
    return outcomes
