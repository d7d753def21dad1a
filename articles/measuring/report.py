"""The figures of the bench as a table in Markdown, and what misses the bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median, quantiles

from .asking import Measured
from .pages import GROWTH, PAGES, QUERIES

Figures = Mapping[int, Sequence[Measured]]
"""{number of articles: what each page took}"""


def lines(engine: str, figures: Figures) -> Iterator[str]:
    """A table: a page a row, its figures at each number of articles, then how it grows and what it misses."""
    sizes = sorted(figures)
    head = [f"{engine}: page", "queries", *(f"{size:,}: median | p95" for size in sizes), "times", "misses"]
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'--:|' * (2 * len(sizes) + 2)}---|"
    absent: dict[str, str] = {}
    for of_page in zip(*(figures[size] for size in sizes), strict=True):
        if failure := next((one.failure for one in of_page if one.failure), ""):
            absent[of_page[0].label] = failure
            continue
        cells = [f"{median(one.milliseconds):.1f} | {p95(one):.1f}" for one in of_page]
        row = [of_page[0].label, queries_of(of_page), *cells, f"{growth(of_page):.1f}", ", ".join(misses(of_page))]
        yield f"| {' | '.join(row)} |"
    if absent:
        yield ""
        yield from (f"{label}: {failure}." for label, failure in absent.items())


def misses(of_page: Sequence[Measured]) -> list[str]:
    """What one page misses, at any size."""
    most = next(page.most for page in PAGES if page.label == of_page[0].label)
    missed = []
    if max(number for one in of_page for number in one.queries) > QUERIES:
        missed.append(f"{QUERIES} queries")
    if max(median(one.milliseconds) for one in of_page) > most:
        missed.append(f"{most} ms")
    if growth(of_page) > GROWTH:
        missed.append(f"{GROWTH} times")
    return missed


def growth(of_page: Sequence[Measured]) -> float:
    """The median at the largest number of articles, as so many times that at the smallest."""
    return median(of_page[-1].milliseconds) / median(of_page[0].milliseconds)


def p95(measured: Measured) -> float:
    every = measured.milliseconds
    return quantiles(every, n=20, method="inclusive")[-1] if len(every) > 1 else every[0]


def queries_of(of_page: Sequence[Measured]) -> str:
    """How many, or from how few to how many: the number should be fixed."""
    numbers = [number for one in of_page for number in one.queries]
    return f"{min(numbers)}" if min(numbers) == max(numbers) else f"{min(numbers)}–{max(numbers)}"
