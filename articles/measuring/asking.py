"""Pages asked for as a browser does, through the whole of the application, and how long each takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory
from django.urls import NoReverseMatch
from django.utils.crypto import get_random_string

from .furnishing import ANALYST, EDITOR
from .pages import PAGES, Ask, Page
from .sample import Sample

HOST = "localhost"
TOKEN_LENGTH = 32
"""Characters of the token against forged requests, as Django makes it."""
NO_QUERY = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
"""What begins or ends a transaction is not counted."""


@dataclass(slots=True)
class Measured:
    """What one page took in each round: `milliseconds` by the clock, the same of the processor; or why nothing."""

    label: str
    milliseconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    failure: str = ""


class Desk:
    """A browser in which somebody is signed in; requests take the way that they take in production."""

    def __init__(self, user: User) -> None:
        self._application = get_wsgi_application()
        self._factory = RequestFactory(SERVER_NAME=HOST)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        assert session.session_key  # noqa: S101 - saving gives it one
        self._token = get_random_string(TOKEN_LENGTH)
        self._factory.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        self._factory.cookies[settings.CSRF_COOKIE_NAME] = self._token

    def ask(self, ask: Ask) -> tuple[HTTPStatus, float, float]:
        """The status of the answer, and milliseconds until all of it was there: the clock's, the processor's."""
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://{HOST}/"} if ask.htmx else {}
        if ask.data is None:
            request = self._factory.get(ask.path, headers=headers)
        else:
            request = self._factory.post(ask.path, ask.data, headers=headers | {"X-CSRFToken": self._token})
        answered: list[str] = []

        def start_response(status: str, *_: Any) -> Callable[[bytes], object]:
            answered.append(status)
            return lambda written: None

        started, used = time.perf_counter(), time.process_time()
        response = self._application(request.environ, start_response)
        for _ in response:
            pass
        response.close()
        taken, used = time.perf_counter() - started, time.process_time() - used
        return HTTPStatus(int(answered[0].split()[0])), taken * 1000, used * 1000


def measure(sample: Sample, *, rounds: int, warm_up: int, only: str = "") -> list[Measured]:
    """Each page, or those with `only` in their label, in `rounds` turns after some that do not count.

    All pages are asked for in each turn, so that none finds in memory just what it asked for before.
    """
    analyst, editor = (Desk(User.objects.get(username=name)) for name in (ANALYST, EDITOR))
    measured = {page: Measured(page.label) for page in PAGES if only in page.label}
    for number in range(-warm_up, rounds):
        for page, figures in measured.items():
            if not figures.failure:
                turn = Random(f"{page.label} {number}")  # noqa: S311
                desk = editor if page.by_editor else analyst
                _take(desk, page, figures, sample.for_turn(turn), counts=number >= 0)
    return list(measured.values())


def _take(desk: Desk, page: Page, figures: Measured, sample: Sample, *, counts: bool) -> None:
    try:
        ask = page.ask(sample)
    except NoReverseMatch:
        figures.failure = "there is no such page yet"
        return
    except LookupError as error:
        figures.failure = f"nothing to ask for ({error})"
        return
    with _counted() as queries:
        status, milliseconds, processor = desk.ask(ask)
    if status != HTTPStatus.OK:
        figures.failure = f"{ask.path} was answered with {status.value}"
    elif counts:
        figures.milliseconds.append(milliseconds)
        figures.processor.append(processor)
        figures.queries.append(len(queries))


@contextmanager
def _counted() -> Iterator[list[str]]:
    """A list that fills with the queries that are sent."""
    sent: list[str] = []

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        if not sql.startswith(NO_QUERY):
            sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield sent
