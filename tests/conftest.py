"""The fixed cast of every test: one user a role, their clients, articles, quotations, the seed; and the engine."""

import gc
import os
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings

from articles import callers, limits
from articles.models import Article, Quotation
from articles.nlp import FoundQuotation, batch
from tests import factories
from tests.databases import copy_of, is_postgres, url_of_tests
from tests.gates import Gate
from tests.racing import PATIENCE
from tests.receiver import Receiver

SAMPLES = Path(settings.BASE_DIR) / "samples"
BROWSER = Path(__file__).parent / "browser"
SEED = "no-negotiations-leader-says.txt"
# Only in tests: signs every user of the cast in where a test types a password.
PASSWORD = "nets-harbour-gazette"
MADE_BY_MIGRATIONS = (ContentType, Permission, Group, Group.permissions.through)
# Who asks for one of these, directly or through another fixture, uses the database.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "own_database"}

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile(
    "newsroom",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    # The same examples each time where a change is judged by them, others wherever else they run.
    derandomize=os.environ.get("CI") == "true",
)
hypothesis.settings.load_profile("newsroom")


@pytest.fixture(autouse=True)
def english() -> None:
    """What the last request of the test before was answered in says nothing of this one."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tests before have asked this process in the same minute is not counted."""
    monkeypatch.setattr(callers, "limiter", limits.Limiter())


def pytest_report_header(config: pytest.Config) -> str:
    if not is_postgres():
        return f"database: SQLite {sqlite3.sqlite_version}"
    return "database: PostgreSQL; what would say the same as on SQLite is left out"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what uses no database, and of the browser's tests all but one walk a page.

    What the pages store and show, the tests of the views ask on both.
    """
    if not is_postgres():
        return
    again = [item for item in items if not depends_on_engine(item)]
    config.hook.pytest_deselected(items=again)
    items[:] = [item for item in items if depends_on_engine(item)]


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: nothing to look through each time that garbage is collected."""
    gc.freeze()


def depends_on_engine(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_engine"):
        return False
    if BROWSER in item.path.parents:
        return item.get_closest_marker("both_engines") is not None
    fixtures = set(getattr(item, "fixturenames", []))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in real life: write-ahead log, real locks, and a connection of its own for each thread.

    In memory, the live server's threads would share the test's one connection and meet inside its transactions.
    """
    database = settings.DATABASES["default"]
    if not is_postgres():
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "newsroom.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Each transactional test ends with tables that hold what they held after migrations, to the same numbers.

    Django itself would make content types and permissions anew, in ten times as long, and no roles that hold them.
    Yields the URL of a copy that no test has touched.
    """
    with django_db_blocker.unblock():
        made = [(model, list(model.objects.all())) for model in MADE_BY_MIGRATIONS]
        filled = {model for model in apps.get_models(include_auto_created=True) if model._base_manager.exists()}
        assert filled == set(MADE_BY_MIGRATIONS), "what migrations fill is to be named in MADE_BY_MIGRATIONS"
        connection.close()

    def empty(test: TransactionTestCase) -> None:
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)
        for model, rows in made:
            model.objects.bulk_create(rows)

    with (
        copy_of(url_of_tests(), tmp_path_factory.mktemp("migrated")) as untouched,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield untouched


@pytest.fixture(scope="session")
def migrated(django_db_setup: str) -> str:
    """The URL of a database with all tables, to copy: migrating takes seconds, copying does not."""
    return django_db_setup


def _user(name: str, *, role: str = "") -> User:
    user = User.objects.create_user(name, password=PASSWORD)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def viewer(db: None) -> User:
    """Reads."""
    return _user("viewer", role="viewer")


@pytest.fixture
def analyst(db: None) -> User:
    """Reads and corrects."""
    return _user("analyst", role="analyst")


@pytest.fixture
def editor(db: None) -> User:
    """Reads, corrects, and has the admin; neither staff nor superuser: the role alone decides."""
    return _user("editor", role="editor")


@pytest.fixture
def nobody_special(db: None) -> User:
    """Has an account and no role."""
    return _user("nobody_special")


@pytest.fixture
def viewer_client(viewer: User) -> Client:
    return _client(viewer)


@pytest.fixture
def analyst_client(analyst: User) -> Client:
    return _client(analyst)


@pytest.fixture
def editor_client(editor: User) -> Client:
    return _client(editor)


@pytest.fixture
def nobody_special_client(nobody_special: User) -> Client:
    return _client(nobody_special)


@pytest.fixture
def make_article(db: None) -> Callable[..., Article]:
    """`make_article(text, title=…, outlet=…, …)`: see tests.factories."""
    return factories.make_article


@pytest.fixture
def make_quotation(db: None) -> Callable[..., Quotation]:
    """`make_quotation(article, "words", cue=…, mention=…, speaker=…, …)`: see tests.factories."""
    return factories.make_quotation


@pytest.fixture(scope="session")
def seed_path() -> Path:
    """The file of the article the project began with, among the samples."""
    return SAMPLES / SEED


@pytest.fixture(scope="session")
def seed_text(seed_path: Path) -> str:
    return seed_path.read_text("utf-8")


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`pipeline(FoundQuotation(…), …, version=…)`: what it finds from now on, in any text."""

    def finds(*quotations: FoundQuotation, version: str = "2") -> None:
        found = list(quotations)
        monkeypatch.setattr(batch, "find_in_batch", lambda texts, model: (version, [(found, []) for _ in texts]))

    return finds


@pytest.fixture
def ctrl_c_is_heard() -> Iterator[None]:
    """Where the tests were started in the background it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(tmp_path)


@pytest.fixture
def import_processes(processes_meet_tests: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Processes that read imports meet the tests' database, and have ended before it is emptied."""
    monkeypatch.setattr(settings, "NEWSROOM_UPLOADS", tmp_path / "uploads")
    monkeypatch.setenv("NEWSROOM_UPLOADS", str(tmp_path / "uploads"))
    monkeypatch.setenv("NEWSROOM_SPACY_MODEL", "blank")


@pytest.fixture
def export_processes(processes_meet_tests: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same of processes that write exports."""
    monkeypatch.setattr(settings, "NEWSROOM_EXPORTS", tmp_path / "exports")
    monkeypatch.setenv("NEWSROOM_EXPORTS", str(tmp_path / "exports"))


@pytest.fixture
def processes_meet_tests(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", url_of_tests())
    yield
    wait_for_processes()


def wait_for_processes() -> None:
    """Until those have ended that read imports and write exports: who waits for the end of one may start the next."""
    while waiting := [one for one in threading.enumerate() if one.name.startswith(("import ", "export "))]:
        waiting[0].join(PATIENCE)
        assert not waiting[0].is_alive()


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """Of webhooks; allowed, though it is on this machine."""
    receiver = Receiver()
    settings.NEWSROOM_WEBHOOK_ALLOW = [f"127.0.0.1:{receiver.port}"]
    yield receiver
    receiver.close()
