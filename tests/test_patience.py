"""Transactions that are done again while the database is busy, full or gone."""

import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection, transaction
from pytest_django import Settings

from articles import patience
from articles.patience import patiently

FAULTS = [
    (OperationalError("relation is not there"), psycopg.errors.UndefinedTable()),
    (OperationalError("no such table"), sqlite3.OperationalError()),
    (OperationalError("user-defined function raised exception"), None),
]
OUTAGES = [
    (OperationalError("server closed the connection"), psycopg.OperationalError()),
    (InterfaceError("connection already closed"), psycopg.InterfaceError()),
    (OperationalError("deadlock detected"), psycopg.errors.DeadlockDetected()),
]


@pytest.fixture
def pauses(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Those that were waited; a minute of patience is there for them."""
    settings.NEWSROOM_PATIENCE = 60
    waited: list[float] = []
    monkeypatch.setattr(patience.time, "sleep", waited.append)
    return waited


def failing(error: Exception, cause: Exception | None, *, times: int) -> Callable[[], str]:
    left = [None] * times

    def act() -> str:
        if left:
            left.pop()
            raise error from cause
        return "done"

    return act


@pytest.mark.parametrize(("error", "cause"), OUTAGES)
def test_an_outage_is_waited_for_in_ever_longer_pauses(
    transactional_db: None, pauses: list[float], error: Exception, cause: Exception
) -> None:
    assert patiently(failing(error, cause, times=6)) == "done"
    assert pauses == [0.5, 1, 2, 4, 8, 10]


@pytest.mark.parametrize(("error", "cause"), FAULTS)
def test_what_waiting_does_not_mend_is_raised_at_once(
    transactional_db: None, pauses: list[float], error: Exception, cause: Exception | None
) -> None:
    with pytest.raises(OperationalError):
        patiently(failing(error, cause, times=1))
    assert pauses == []


def test_a_table_that_is_not_there_is_a_fault(transactional_db: None, pauses: list[float]) -> None:
    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM articles_nowhere")

    with pytest.raises(Exception, match="articles_nowhere"):
        patiently(ask)
    assert pauses == []


def test_no_longer_than_it_was_told(transactional_db: None, settings: Settings, pauses: list[float]) -> None:
    settings.NEWSROOM_PATIENCE = 0
    with pytest.raises(OperationalError):
        patiently(failing(*OUTAGES[0], times=1))
    assert pauses == []


def test_inside_a_transaction_it_tries_once(db: None, pauses: list[float]) -> None:
    with transaction.atomic(), pytest.raises(OperationalError):
        patiently(failing(*OUTAGES[0], times=1))
    assert pauses == []
