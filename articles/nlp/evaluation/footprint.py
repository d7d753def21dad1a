"""Time to load and memory of one text, in a process of its own: `python -m articles.nlp.evaluation.footprint < text`.

Prints {"load_seconds", "peak_bytes"}. With an argument, builds on that spaCy package or folder.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from .. import load

STATUS = Path("/proc/self/status")


def peak_bytes() -> int:
    """The most memory this process has held.

    Linux tells it by VmHWM; its ru_maxrss counts what the process that started this one held, too.
    """
    if STATUS.exists():
        for line in STATUS.read_text("ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def main() -> None:
    text = sys.stdin.buffer.read().decode()
    started = time.perf_counter()
    nlp = load(sys.argv[1] if len(sys.argv) > 1 else None)
    loaded = time.perf_counter() - started
    nlp(text)
    print(json.dumps({"load_seconds": loaded, "peak_bytes": peak_bytes()}))


if __name__ == "__main__":
    main()
