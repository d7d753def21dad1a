"""What every picture is: a table of numbers, each leading to the quotations behind it. The chart is drawn from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..formulas import harmless
from ..found import Number
from .question import Question
from .sampling import Sample


@dataclass(frozen=True)
class Heading:
    """Of a column or a row: its words, and the part of an address that narrows to it. `hue` 0 is that of the rest."""

    label: str
    narrows: str
    hue: int = 0
    plain: str = ""


@dataclass(frozen=True)
class Cell:
    """A number, in words, and where it leads; None is no number at all."""

    number: int | None
    text: str
    link: str


@dataclass(frozen=True)
class Row:
    heading: Heading
    link: str
    """Empty where there is nothing behind it."""
    cells: list[Cell]


@dataclass(frozen=True)
class Hint:
    """A sentence below a picture, and where it leads, if anywhere."""

    words: str
    link: str = ""


@dataclass
class Picture:
    """A table with what the chart needs besides: `form` is "bar", "line" or "matrix"."""

    corner: str
    columns: list[Heading]
    rows: list[Row]
    told: str
    """A sentence about what is to be seen; empty where there is nothing worth one."""
    note: str
    """A sentence about what was counted."""
    is_estimate: bool
    form: str = "bar"
    is_horizontal: bool = False
    is_share: bool = False
    counted: tuple[str, str] = ("{number}", "{number}")
    """A number of the matrix in words, one and many; "{number}" stands for it."""
    hints: list[Hint] = field(default_factory=list)

    @property
    def chart(self) -> dict[str, Any]:
        """What script draws; the links it takes from the table."""
        drawn = [(place, column) for place, column in enumerate(self.columns) if self.form != "line" or column.hue]
        return {
            "form": self.form,
            "horizontal": self.is_horizontal,
            "share": self.is_share,
            "about": self.is_estimate,
            "counted": self.counted,
            "rows": [row.heading.label for row in self.rows],
            "columns": [
                {
                    "label": column.label,
                    "hue": column.hue,
                    "place": place,
                    "numbers": [row.cells[place].number for row in self.rows],
                }
                for place, column in drawn
            ],
        }

    def lines(self) -> Iterable[list[str | int]]:
        """Of the CSV: a header, then a line a row. Words that a spreadsheet would take for a formula are quoted."""
        said = _("%(column)s (estimated)") if self.is_estimate else "%(column)s"
        yield [harmless(self.corner), *(harmless(said % {"column": column.label}) for column in self.columns)]
        for row in self.rows:
            numbers = ["" if cell.number is None else cell.number for cell in row.cells]
            yield [harmless(row.heading.plain or row.heading.label), *numbers]


def tabled(
    question: Question,
    rows: Sequence[Heading],
    columns: Sequence[Heading],
    numbers: Sequence[Sequence[int | None]],
    *,
    by_rows: Collection[str] = (),
    by_columns: Collection[str] = (),
    shares: bool = False,
) -> list[Row]:
    """The table of `numbers`; `by_rows` and `by_columns` are the parameters that their headings speak of instead."""
    to_row, to_cell = question.address(but=by_rows), question.address(but=[*by_rows, *by_columns])
    made = []
    for heading, line in zip(rows, numbers, strict=True):
        whole = sum(filter(None, line)) if shares else 0
        cells = [
            Cell(number, _text(number, whole), to_cell + "&".join(filter(None, (heading.narrows, column.narrows))))
            for column, number in zip(columns, line, strict=True)
        ]
        made.append(Row(heading, to_row + heading.narrows if any(line) else "", cells))
    return made


def _text(number: int | None, whole: int) -> str:
    if number is None:
        return ""
    return percent(number, whole) if whole else str(intcomma(number))


def percent(number: float, whole: float) -> str:
    """
    >>> percent(1, 3)
    '33%'
    """
    share = 100 * number / whole
    return _("%(number)s%%") % {"number": "<1" if 0 < share < 0.5 else round(share)}


def from_where(sample: Sample, number: int) -> str:
    """A sentence about what was counted: `number` quotations, all or a sample."""
    if not sample.is_estimate:
        counted = ngettext("%(number)s quotation.", "%(number)s quotations.", number)
        return counted % {"number": intcomma(number)}
    said = _("Estimated from %(sample)s of about %(all)s quotations: the smaller a number, the rougher it is.")
    drawn = Number(number, is_exact=False).rounded
    return said % {"sample": intcomma(drawn), "all": intcomma(sample.estimate(number))}
