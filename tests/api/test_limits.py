"""Limits: each caller’s own, reading and writing apart, shared by all processes."""

import threading
import time
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from pytest_django import Settings

from articles.limits import Limiter, TooOften
from articles.models import Outlet, Quotation, Spent
from tests.racing import PATIENCE

from .conftest import Caller, secret_of

pytestmark = pytest.mark.django_db


class Clock:
    def __init__(self) -> None:
        self.now = 6_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It stands still: no minute ends between two requests of a test."""
    clock = Clock()
    monkeypatch.setattr("articles.limits.time", clock)
    return clock


def refused(spend: Callable[[], None]) -> int:
    """The seconds to wait; 0 where it is not refused."""
    try:
        spend()
    except TooOften as too_often:
        return too_often.wait
    return 0


def test_so_many_a_minute(clock: Clock):
    limiter = Limiter()
    waits = [refused(lambda: limiter.spend("a", most=3)) for _ in range(5)]
    assert waits == [0, 0, 0, 60, 60]
    clock.now += 59.5
    assert refused(lambda: limiter.spend("a", most=3)) == 1
    assert refused(lambda: limiter.spend("b", most=3)) == 0
    clock.now += 1
    assert refused(lambda: limiter.spend("a", most=3)) == 0


def test_none_is_without_end(clock: Clock):
    limiter = Limiter()
    assert not any(refused(lambda: limiter.spend("a", most=0)) for _ in range(100))
    assert not Spent.objects.exists()


def test_processes_share_what_is_spent(clock: Clock):
    processes = [Limiter() for _ in range(3)]
    passed = 0
    for _ in range(100):
        clock.now += 0.4
        passed += sum(refused(lambda process=process: process.spend("a", most=30)) == 0 for process in processes)
    # Each may let pass what it is asked between two looks at the table: three requests here.
    assert 30 <= passed <= 30 + 3 * 3
    assert Spent.objects.get().number >= 30


def test_the_table_is_written_once_a_second_at_most(clock: Clock):
    limiter = Limiter()
    for _ in range(51):
        limiter.spend("a", most=1000)
    assert Spent.objects.get().number == 1
    clock.now += 1
    limiter.spend("a", most=1000)
    assert Spent.objects.get().number == 52


def test_a_late_process_does_not_turn_the_minute_back():
    assert Spent.objects.add("a", minute=10, number=5) == 5
    assert Spent.objects.add("a", minute=11, number=2) == 2
    assert Spent.objects.add("a", minute=10, number=1) == 3
    assert (Spent.objects.get().minute, Spent.objects.get().number) == (11, 3)


def test_old_rows_are_cleared_up(clock: Clock):
    limiter = Limiter()
    limiter.spend("a", most=3)
    clock.now += 3700
    limiter.spend("b", most=3)
    assert [one.caller for one in Spent.objects.all()] == ["b"]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_of_what_is_added_at_once():
    def add() -> None:
        for _ in range(20):
            while Spent.objects.add("a", minute=1, number=1) is None:
                time.sleep(0.001)  # SQLite was busy, and nothing was added
        connection.close()

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Spent.objects.get().number == 80


def test_whoever_asks_too_often_is_told_when_to_ask_again(
    viewer: User, analyst: User, quotation: Quotation, settings: Settings
):
    settings.NEWSROOM_API_READS, settings.NEWSROOM_API_WRITES = 2, 1
    first, second = Caller(secret_of(viewer)), Caller(secret_of(viewer))
    first.get("/articles"), first.get("/articles")
    response = first("GET", "/articles", status=429)
    assert 1 <= int(response["Retry-After"]) <= 60 and response.json()["type"] == "/api/#too-often"
    second.get("/articles")
    by_analyst = Caller(secret_of(analyst))
    by_analyst.post(f"/quotations/{quotation.uid}/accept", seen=1)
    by_analyst.post(f"/quotations/{quotation.uid}/reject", seen=2, status=429)
    by_analyst.get("/articles")


def test_the_cookie_is_limited_by_person(viewer_client, settings: Settings):
    settings.NEWSROOM_API_READS = 1
    assert [viewer_client.get("/api/v1/articles").status_code for _ in range(2)] == [200, 429]


def test_strangers_are_limited_by_address(anonymous: Caller, settings: Settings):
    settings.NEWSROOM_API_ANONYMOUS = 2
    settings.NEWSROOM_PUBLIC_READ = True
    anonymous.get("/articles"), anonymous.get("/articles")
    anonymous.get("/articles", status=429, **{"X-Forwarded-For": "10.0.0.1"})
    settings.NEWSROOM_BEHIND_PROXY = True
    anonymous.get("/articles", **{"X-Forwarded-For": "1.1.1.1, 10.0.0.1"})
    anonymous.get("/articles", **{"X-Forwarded-For": "2.2.2.2, 10.0.0.1"})
    anonymous.get("/articles", status=429, **{"X-Forwarded-For": "3.3.3.3, 10.0.0.1"})


def test_guessing_secrets_is_limited(db: None, settings: Settings):
    settings.NEWSROOM_API_ANONYMOUS = 2
    statuses = [Caller(f"nr_{number}")("GET", "/articles").status_code for number in range(4)]
    assert statuses == [401, 401, 429, 429]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no lock that all writers share")
def test_nobody_waits_for_an_import(viewer: User, settings: Settings):
    """On SQLite one writes at a time: what is spent, and that a token is used, is written down later then."""
    settings.NEWSROOM_API_READS = 2
    call, busy = Caller(secret_of(viewer)), threading.Event()
    done = threading.Event()

    def write() -> None:
        with transaction.atomic():
            Outlet.objects.create(name="The Tide")
            busy.set()
            done.wait(PATIENCE)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert busy.wait(PATIENCE)
        call.get("/outlets"), call.get("/outlets")
        assert not Spent.objects.exists()
        call.get("/outlets", status=429)
    finally:
        done.set()
        writer.join()
