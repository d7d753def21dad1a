"""How fast the pipeline is, how that grows with the length of a text, and how much memory it takes.

The base is the language model with its tokenizer, without the project's own COMPONENTS. A busy machine is
measured fairly only against itself: what is compared takes turns within each round, and the median round counts.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from spacy.language import Language
from spacy.tokens import Doc

from ..pipeline import COMPONENTS, base_of

SHORT, LONG = 100_000, 1_000_000
"""Bytes of UTF-8: the two lengths compared."""
USUAL, USUAL_COUNT = 5_000, 20
"""Bytes and number of the articles that the tokens a second are taken of."""
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured, on one machine at one time.

    base_tokens, all_tokens         tokens a second of articles of the usual length, by the base and by all of it
    all_to_base, long_to_short      the time of the one as a multiple of the time of the other
    load_seconds, ready_seconds     load() alone; from the start of the interpreter to the end of a first short text
    ready_bytes, peak_bytes         the most memory of a process that has read that text, and of one that read LONG
    """

    base_pipes: tuple[str, ...]
    rounds: int
    base_tokens: float
    all_tokens: float
    all_to_base: float
    short_seconds: float
    long_seconds: float
    long_to_short: float
    load_seconds: float
    ready_seconds: float
    ready_bytes: int
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Footprint:
    """A process that loads the pipeline and reads one text: all its time, that of load() in it, its most memory."""

    seconds: float
    load_seconds: float
    peak_bytes: int


def text_of(samples: Sequence[str], *, size: int, seed: int = 0) -> str:
    """Paragraphs of the samples in a shuffled order, over and over: `size` bytes of UTF-8, always the same."""
    paragraphs = [part for sample in samples for part in sample.split("\n\n") if part.strip()]
    if not paragraphs:
        raise ValueError("no sample with text in it")
    shuffled = random.Random(seed)  # noqa: S311 - nothing secret
    parts: list[str] = []
    length = 0
    while length < size:
        shuffled.shuffle(paragraphs)
        for paragraph in paragraphs:
            parts.append(paragraph)
            length += len(paragraph.encode()) + 2
    return "\n\n".join(parts).encode()[:size].decode(errors="ignore")


def measure(samples: Sequence[str], *, nlp: Language, model: str | None, rounds: int) -> Speed:
    """`nlp` is what load(model) gave; processes of their own load it again. Takes a while."""
    starts = [footprint(text_of(samples, size=100), model=model) for _ in range(rounds)]
    whole = footprint(text_of(samples, size=LONG), model=model)
    usual = [text_of(samples, size=USUAL, seed=seed) for seed in range(USUAL_COUNT)]
    tokens = sum(len(nlp.tokenizer(text)) for text in usual)

    def run_base() -> None:
        with nlp.select_pipes(disable=[name for name in COMPONENTS if name in nlp.pipe_names]):
            exhaust(nlp.pipe(usual))

    base_times, all_times = by_turns([run_base, lambda: exhaust(nlp.pipe(usual))], rounds=rounds)
    short, long = (text_of(samples, size=size) for size in (SHORT, LONG))
    short_times, long_times = by_turns([lambda: exhaust([nlp(short)]), lambda: exhaust([nlp(long)])], rounds=rounds)
    return Speed(
        base_pipes=tuple(base_of(nlp).pipe_names),
        rounds=rounds,
        base_tokens=tokens / median(base_times),
        all_tokens=tokens / median(all_times),
        all_to_base=median_ratio(all_times, base_times),
        short_seconds=median(short_times),
        long_seconds=median(long_times),
        long_to_short=median_ratio(long_times, short_times),
        load_seconds=median(start.load_seconds for start in starts),
        ready_seconds=median(start.seconds for start in starts),
        ready_bytes=max(start.peak_bytes for start in starts),
        peak_bytes=whole.peak_bytes,
    )


def footprint(text: str, *, model: str | None) -> Footprint:
    """Raises CalledProcessError where the process fails; its complaint goes to standard error."""
    command = [sys.executable, "-m", "articles.nlp.evaluation.footprint", *([model] if model else [])]
    started = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    run = subprocess.run(command, env=environment, input=text.encode(), stdout=subprocess.PIPE, check=True)  # noqa: S603
    return Footprint(time.perf_counter() - started, **json.loads(run.stdout))


def by_turns(tasks: Sequence[Callable[[], None]], *, rounds: int) -> list[list[float]]:
    """The seconds that each task takes in each round, after one round that warms up and does not count."""
    times: list[list[float]] = [[] for _ in tasks]
    for number in range(rounds + 1):
        for task, taken in zip(tasks, times, strict=True):
            started = time.perf_counter()
            task()
            if number:
                taken.append(time.perf_counter() - started)
    return times


def median_ratio(times: Sequence[float], others: Sequence[float]) -> float:
    return median(one / other for one, other in zip(times, others, strict=True))


def exhaust(docs: Iterable[Doc]) -> None:
    """Read every one and keep none."""
    for _ in docs:
        pass


def as_lines(speed: Speed) -> Iterator[str]:
    yield f"base: {', '.join(speed.base_pipes) or 'the tokenizer alone'}; median of {speed.rounds} rounds"
    yield f"{'base pipeline':32}{speed.base_tokens:>12,.0f} tokens/s"
    yield f"{'with quotations':32}{speed.all_tokens:>12,.0f} tokens/s"
    yield f"{'time with quotations / base':32}{speed.all_to_base:>12.2f}"
    yield f"{'100 kB':32}{speed.short_seconds:>12.2f} s"
    yield f"{'1 MB':32}{speed.long_seconds:>12.2f} s"
    yield f"{'time of 1 MB / 100 kB':32}{speed.long_to_short:>12.1f}"
    yield f"{'load':32}{speed.load_seconds:>12.2f} s"
    yield f"{'start to first text read':32}{speed.ready_seconds:>12.2f} s"
    yield f"{'memory when loaded':32}{speed.ready_bytes / 1e6:>12,.0f} MB"
    yield f"{'memory, at most, for 1 MB':32}{speed.peak_bytes / 1e6:>12,.0f} MB"
