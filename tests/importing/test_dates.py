from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.dates import parse_date

DAY = date(2019, 9, 24)


@pytest.mark.parametrize(
    "written",
    [
        "2019-09-24",
        "2019/9/24",
        "2019-09-24T23:59:59+03:30",
        "2019-09-24 23:59",
        "24 September 2019",
        "24 Sept 2019",
        "24th of September, 2019",
        "Sept 24, 2019",
        "Sept. 24, 2019",
        "SEPTEMBER 24, 2019",
        "Tuesday 24 September 2019",
        "Tue, 24 Sep 2019 23:30:00 -0500",
        "24-Sep-2019",
        "24/09/2019",
        "24.9.2019",
        "24/09/2019 10:30",
        "  24 September 2019  ",
    ],
)
def test_ways_to_write_a_day(written: str) -> None:
    assert parse_date(written) == DAY


def test_figures_are_read_day_first() -> None:
    assert parse_date("03/04/2019") == date(2019, 4, 3)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "2 days ago",
        "Tuesday",
        "September",
        "September 2019",
        "24 September",
        "2019",
        "24/09/19",
        "09/24/2019",
        "09/24/2019 10:30 PM",
        "24 Sept 19",
        "31 February 2019",
        "2019-02-30",
        "24 Brumaire 2019",
        "24 September 12019",
        "24 September 2019 (updated)",
        "24 September 2019" + " " * 60 + "x",
        "in May 2019 a woman was seen on the ferry",
    ],
)
def test_what_is_no_day(written: str) -> None:
    with pytest.raises(ValueError):
        parse_date(written)


def test_a_refused_date_is_refused_again() -> None:
    for _ in range(2):
        with pytest.raises(ValueError):
            parse_date("24 Brumaire")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_in_every_form(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day
    assert parse_date(f"{day.day} {day:%B} {day.year}") == day
    assert parse_date(f"{day:%b} {day.day}, {day.year}") == day


@given(st.text(max_size=70), st.sampled_from(["", "May 2019", "24 Sept", "2019"]))
def test_nothing_but_a_value_error_is_raised(written: str, part: str) -> None:
    for text in (written, f"{part} {written}", f"{written} {part}"):
        with suppress(ValueError):
            assert isinstance(parse_date(text), date)
