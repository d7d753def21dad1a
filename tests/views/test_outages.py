"""A database that is busy, full or gone for a while: 503, saying which; what is a fault of ours stays a 500."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import Error, ProgrammingError, connection
from django.test import Client
from django.urls import reverse

from articles import corrections, outages
from articles.models import Quotation
from articles.outages import BUSY, CLOSED, FULL, GONE, SLOW, outage_of
from tests.api.conftest import secret_of
from tests.factories import make_article, make_quotation

HTMX = {"HX-Request": "true"}
STATEMENTS = {
    "sqlite": {"gone": "ATTACH '/nowhere/at/all' AS nowhere", "missing": "SELECT 1 FROM nothing_of_the_kind"},
    "postgresql": {
        "busy": "DO $$BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '55P03'; END$$",
        "full": "DO $$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END$$",
        "gone": "SELECT pg_terminate_backend(pg_backend_pid())",
        "slow": "SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)",
        "closed": "SET transaction_read_only = on; CREATE TABLE filling ()",
        "idle": "DO $$BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '57P05'; END$$",
        "idle_within": "DO $$BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '25P03'; END$$",
        "missing": "SELECT 1 FROM nothing_of_the_kind",
    },
}
# More than the pages hold that tests before have left free.
FILLING = """
    CREATE TABLE filling AS
    SELECT zeroblob((freelist_count + 9) * page_size) FROM pragma_freelist_count, pragma_page_size"""


def fail(how: str) -> None:
    """Have the engine itself fail."""
    with connection.cursor() as cursor:
        if how == "full" and connection.vendor == "sqlite":
            cursor.execute("PRAGMA max_page_count = 1")  # as many as there are
            cursor.execute(FILLING)
        cursor.execute(STATEMENTS[connection.vendor][how])


@pytest.fixture
def quotation(transactional_db: None) -> Iterator[Quotation]:
    yield make_quotation(make_article())
    connection.close()  # it may be broken, or have a limit


@pytest.fixture
def asking(analyst: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(analyst)
    return client


@pytest.fixture
def locked(quotation: Quotation, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Something else writes, for longer than anybody waits."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no one lock of all writers")
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.02)
    connection.close()
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def act(client: Client, quotation: Quotation, **headers: str) -> Any:
    return client.post(reverse("articles:accept", args=[quotation.uid]), {"version": 1}, headers=headers)


def test_busy_is_said_and_passes(
    asking: Client, quotation: Quotation, locked: None, caplog: pytest.LogCaptureFixture
):
    page, part = act(asking, quotation), act(asking, quotation, **HTMX)
    for answer in (page, part):
        assert (answer.status_code, answer["Retry-After"]) == (503, str(BUSY.wait))
        assert str(BUSY.sentence) in answer.content.decode()
    assert part["Content-Type"].startswith("text/plain") and b"<h1>Not at the moment" in page.content
    assert "Content-Security-Policy" in page
    assert "database is locked" in caplog.text
    quotation.refresh_from_db()
    assert quotation.version == 1


def test_programs_are_told_that_it_is_busy(analyst: User, quotation: Quotation, request: pytest.FixtureRequest):
    secret = secret_of(analyst)
    request.getfixturevalue("locked")
    answer = Client().post(
        f"/api/v1/quotations/{quotation.uid}/accept",
        {},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}", "If-Match": '"1"'},
    )
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer["Retry-After"] == str(BUSY.wait)
    assert answer.json()["type"] == "/api/#unavailable" and answer.json()["detail"] == str(BUSY.sentence)


@pytest.mark.parametrize("how", ["full", "gone", "missing"])
@pytest.mark.parametrize("where", ["view", "session"])
def test_what_fails_is_told_apart(
    asking: Client, quotation: Quotation, monkeypatch: pytest.MonkeyPatch, how: str, where: str
):
    failing: Callable[..., None] = lambda *args, **kwargs: fail(how)  # noqa: E731
    if where == "view":
        monkeypatch.setattr(corrections, "accept", failing)
    else:
        monkeypatch.setattr(SessionStore, "_get_session_from_db", failing)
    answer = act(asking, quotation)
    outage = getattr(outages, how.upper(), None)
    if outage is None:
        assert answer.status_code == 500 and b"Something broke on our side" in answer.content
    else:
        assert (answer.status_code, answer["Retry-After"]) == (503, str(outage.wait))
        assert str(outage.sentence) in answer.content.decode()


@pytest.mark.parametrize(("how", "status"), [("gone", 503), ("missing", 500)])
def test_programs_get_a_problem_when_the_session_cannot_be_looked_up(
    asking: Client, quotation: Quotation, monkeypatch: pytest.MonkeyPatch, how: str, status: int
):
    monkeypatch.setattr(SessionStore, "_get_session_from_db", lambda self: fail(how))
    answer = asking.get("/api/v1/articles")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.parametrize(("how", "outage"), [("full", FULL), ("gone", GONE), ("missing", None)])
def test_by_the_codes_of_the_engine(quotation: Quotation, how: str, outage: object):
    with pytest.raises(Error) as raised:
        fail(how)
    assert outage_of(raised.value) is outage


PASSING = {"busy": BUSY, "slow": SLOW, "closed": CLOSED, "idle": GONE, "idle_within": GONE}


def test_what_only_postgresql_does_passes_too(transactional_db: None):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such limits, and test_busy_is_said_and_passes is of it")
    for how, outage in PASSING.items():
        with pytest.raises(Error) as raised:
            fail(how)
        assert outage_of(raised.value) is outage, how


def test_a_database_that_takes_no_changes_says_so(asking: Client, quotation: Quotation):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server that takes no changes for a while")
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    answer = act(asking, quotation)
    assert (answer.status_code, answer["Retry-After"]) == (503, str(CLOSED.wait))
    assert str(CLOSED.sentence) in answer.content.decode()


def test_nothing_else_is_an_outage():
    assert not any(map(outage_of, (None, ValueError("database is locked"), ProgrammingError("database is locked"))))


def test_what_the_driver_says_without_a_code_is_a_fault(quotation: Quotation):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's driver gives each a code, but for lost connections")
    with pytest.raises(Error) as raised, connection.cursor() as cursor:
        cursor.execute("SELECT CAST(x'ff' AS TEXT)")
        cursor.fetchone()
    assert outage_of(raised.value) is None
