"""What processes that this one starts have in common. Knows no Django: they are up the sooner."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading


def end_with_parent() -> None:
    """End this process as soon as the one that started it has ended, however that happened."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def how_it_ended(exit_code: int | None) -> str:
    """In words for a report: by which signal, if it was one."""
    if exit_code is None or exit_code >= 0:
        return f"exit code {exit_code}"
    return f"by signal {signal.Signals(-exit_code).name}; out of memory, or a fault in a library"


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def look_for_cycles_rarely() -> None:
    """For a process that makes and drops many objects, none of them in cycles: an import takes a tenth less.

    Memory is given back by counting references as ever; only the search for cycles comes less often, and passes over
    what was loaded at the start.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)
