"""Databases beside the tests' own, for processes that tests start: addresses and copies."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker


def is_postgres() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def url_of_tests() -> str:
    """Of the tests' own database."""
    name = connection.settings_dict["NAME"]
    if is_postgres():
        return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    return f"sqlite:///{name}"


@contextmanager
def rolled_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a fixture of a wider scope stores in the block is there until its end, and then has never been.

    Each test in between rolls back to where the test began, so that none meets what another did; a transactional one
    cannot be among them. The fixture has to ask for `django_db_setup` too.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def copy_of(url: str, folder: Path) -> Iterator[str]:
    """The URL of a copy of a database that nobody is connected to; on SQLite it lies in `folder`."""
    if is_postgres():
        with postgres_database(url, template=urlsplit(url).path[1:]) as copy:
            yield copy
    else:
        path = folder / "newsroom.sqlite3"
        shutil.copy(url.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"


def cluster_of(url: str) -> str:
    """The URL of the database that every cluster has, beside the one at `url`."""
    return urlunsplit(urlsplit(url)._replace(path="/postgres"))


@contextmanager
def postgres_database(url: str, *, template: str = "template0", encoding: str = "UTF8") -> Iterator[str]:
    """The URL of a new database in the cluster that `url` leads to; it is dropped at the end."""
    name = f"newsroom_test_{uuid.uuid4().hex}"
    with psycopg.connect(cluster_of(url), autocommit=True) as cluster:
        locale = "" if encoding == "UTF8" else f"ENCODING '{encoding}' LOCALE 'C'"
        cluster.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {locale}')
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            cluster.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
