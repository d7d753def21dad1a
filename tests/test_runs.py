"""Imports on record: a sign of life while nothing comes, an end that is asked for, and whose word is the last."""

from collections.abc import Generator, Iterator

import pytest
from django.utils import timezone

from articles import lines, runs
from articles.ingestion import Outcome, Result, ingest
from articles.models import ImportRun

pytestmark = pytest.mark.django_db

PAUSED = Outcome("", Result.PAUSED)


@pytest.fixture
def run() -> ImportRun:
    return runs.begin(given=["in"], mapping={})


def follow(outcomes: Generator[Outcome], run: ImportRun) -> None:
    with runs.on_record(outcomes, run) as passing:
        list(passing)


def now(run: ImportRun) -> ImportRun:
    return ImportRun.objects.get(pk=run.pk)


def test_a_watch_to_which_nothing_comes_gives_a_sign_of_life_at_each_look(run: ImportRun):
    seen = []

    def looks() -> Iterator[None]:
        for _ in range(3):
            yield None
            seen.append(now(run).seen_at)

    follow(ingest(looks(), run=run, processes=0), run)
    assert run.seen_at > seen[2] > seen[1] > seen[0]


def test_a_watch_to_which_nothing_comes_can_be_cancelled(run: ImportRun):
    def looks() -> Iterator[None]:
        yield None
        ImportRun.objects.update(is_cancelled=True)
        yield None
        pytest.fail("looked again")

    with pytest.raises(lines.Cancelled):
        follow(ingest(looks(), run=run, processes=0), run)
    assert now(run).state == "cancelled"


def test_what_others_wrote_of_its_end_stays_until_it_ends_itself(run: ImportRun):
    states = []

    def outcomes() -> Generator[Outcome]:
        ImportRun.objects.update(state="stopped", why="Nothing was heard of it.", ended_at=timezone.now())
        yield PAUSED
        states.append((now(run).state, now(run).why_in_words))
        yield PAUSED

    follow(outcomes(), run)
    assert states == [("stopped", "Nothing was heard of it.")]
    assert (now(run).state, now(run).why_in_words) == ("finished", "")


def test_what_it_comes_from_is_closed_when_it_is_cancelled(run: ImportRun):
    closed = []

    def outcomes() -> Generator[Outcome]:
        try:
            ImportRun.objects.update(is_cancelled=True)
            yield PAUSED
        finally:
            closed.append(now(run).state)

    held = outcomes()
    with pytest.raises(lines.Cancelled):
        follow(held, run)
    assert closed == ["running"], "closed before its end is written down, not when it is forgotten"


def test_what_ends_whoever_follows_is_what_ended_it(run: ImportRun):
    closed = []

    def outcomes() -> Generator[Outcome]:
        try:
            yield PAUSED
        finally:
            closed.append(now(run).state)

    with pytest.raises(lines.Stopped), runs.on_record(outcomes(), run) as passing:
        for _ in passing:
            raise lines.Stopped("Told to end (SIGTERM).")
    assert closed == ["running"]
    assert (now(run).state, now(run).why_in_words) == ("stopped", "Told to end (SIGTERM).")
