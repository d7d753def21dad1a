"""Signals that come in the middle of the database's own code: they end the command soon after, and break nothing."""

import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from articles.lines import Stopped
from articles.management.commands import _ending
from articles.management.commands._ending import told_to_end
from articles.models import Article, Outlet
from articles.search import sqlite

Raised = type[BaseException]
SIGNALS: list[tuple[int, Raised]] = [(signal.SIGTERM, Stopped), (signal.SIGINT, KeyboardInterrupt)]
pytestmark = [
    pytest.mark.parametrize(("number", "raised"), SIGNALS, ids=["SIGTERM", "SIGINT"]),
    pytest.mark.usefixtures("ctrl_c_is_heard"),
]


def after(beginning: str, number: int, *, times: int = 1) -> Callable[..., Any]:
    """For `execute_wrapper`: the signal comes when such a statement was executed, and Django does not know it yet."""

    def execute(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        result = execute(sql, *args)
        if sql.startswith(beginning):
            for _ in range(times):
                signal.raise_signal(number)
        return result

    return execute


@pytest.fixture
def no_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the database's code is not looked at again while the test goes on."""
    monkeypatch.setattr(_ending, "SOON", 600)


def wait_for_it() -> None:
    """Raises what the signal stands for, long before it is through."""
    for _ in range(500):
        time.sleep(0.01)
    pytest.fail("nothing was raised")


def test_what_was_begun_is_rolled_back(transactional_db: None, number: int, raised: Raised) -> None:
    """SQLite executes BEGIN, PostgreSQL's driver does so with the first statement: both are whole afterwards."""
    beginning = "BEGIN" if connection.vendor == "sqlite" else "INSERT"
    hearing = connection.execute_wrapper(after(beginning, number))
    with pytest.raises(raised), told_to_end(), hearing, transaction.atomic():
        Outlet.objects.create(name="The Ferry")
        wait_for_it()
    with transaction.atomic():
        assert not Outlet.objects.exists()
        Outlet.objects.create(name="The Harbour")
    assert Outlet.objects.count() == 1


def test_a_function_that_the_database_calls_is_let_through(
    make_article: Callable[..., Article],
    monkeypatch: pytest.MonkeyPatch,
    no_alarm: None,
    number: int,
    raised: Raised,
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL calls none of ours")

    came: list[str] = []

    def words(text: str) -> list[str]:
        if not came:
            signal.raise_signal(number)
        came.append(text)
        return [text]

    monkeypatch.setattr(sqlite, "words", words)
    with pytest.raises(raised), told_to_end():
        make_article(text="The ferry sails.")
    assert Article.objects.count() == 1


def test_what_came_last_of_all_is_not_forgotten(db: None, no_alarm: None, number: int, raised: Raised) -> None:
    with pytest.raises(raised), told_to_end(), connection.execute_wrapper(after("SELECT", number)):
        assert not Outlet.objects.exists()


def test_afterwards_all_is_as_it_was(number: int, raised: Raised) -> None:
    signals, hook = (signal.SIGTERM, signal.SIGINT, signal.SIGALRM), sys.unraisablehook
    before = [signal.getsignal(one) for one in signals]
    with pytest.raises(raised), told_to_end():
        signal.raise_signal(number)
    assert [signal.getsignal(one) for one in signals] == before
    assert sys.unraisablehook is hook
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_it_is_forgotten_where_something_else_ends_the_command_first(
    db: None, no_alarm: None, number: int, raised: Raised
) -> None:
    """A failure of the statement in which it came, for one: the alarm would end the process a moment later."""
    failing = connection.execute_wrapper(after("SELECT", number))
    with pytest.raises(ZeroDivisionError), told_to_end(), failing:
        Outlet.objects.exists()
        raise ZeroDivisionError
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_what_python_drops_is_raised_again(number: int, raised: Raised) -> None:
    class Cleared:
        def __del__(self) -> None:
            signal.raise_signal(number)

    with pytest.raises(raised), told_to_end():
        Cleared()
        wait_for_it()


def test_another_thing_that_python_drops_is_told_as_ever(
    monkeypatch: pytest.MonkeyPatch, number: int, raised: Raised
) -> None:
    class Cleared:
        def __del__(self) -> None:
            raise ValueError("the ferry")

    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda what: told.append(str(what.exc_value)))
    with pytest.raises(raised), told_to_end():
        Cleared()
        signal.raise_signal(number)
    assert told == ["the ferry"]


def test_a_second_one_does_not_wait(db: None, number: int, raised: Raised) -> None:
    came: list[str] = []
    with pytest.raises(raised), told_to_end(), connection.execute_wrapper(after("SELECT", number, times=2)):
        Outlet.objects.exists()
        came.append("the answer")
    assert not came


def test_elsewhere_it_is_raised_at_once(number: int, raised: Raised) -> None:
    came: list[str] = []
    with pytest.raises(raised), told_to_end():
        signal.raise_signal(number)
        came.append("what follows")
    assert not came
