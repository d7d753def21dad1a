"""When one may begin the next run, as one is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.timezone import localtime

from articles.run_limits import Refusal

MINUTE = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "minutes"),
    [
        (timedelta(), 0),
        (timedelta(microseconds=1), 1),
        (timedelta(seconds=0.4), 1),
        (timedelta(seconds=59.9), 1),
        (timedelta(minutes=1), 1),
    ],
)
def test_the_time_told_is_the_first_full_minute_at_which_one_may(
    monkeypatch: pytest.MonkeyPatch, after: timedelta, minutes: int
):
    now = MINUTE + timedelta(minutes=20)
    monkeypatch.setattr(timezone, "now", lambda: now)
    refusal = Refusal.for_an_hour([MINUTE + timedelta(minutes=10), MINUTE + after], "%(most)s, %(time)s")
    shown = MINUTE + timedelta(hours=1, minutes=minutes)
    assert refusal.said == f"2, {time_format(localtime(shown), 'TIME_FORMAT')}"
    assert now + timedelta(seconds=refusal.wait) >= MINUTE + after + timedelta(hours=1)
    assert 40 * 60 <= refusal.wait <= 41 * 60
