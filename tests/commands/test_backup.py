"""manage.py backup and restore: every row comes back, whatever happens meanwhile, or the command says why not."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model

from articles.backing_up import BackupError, across, back_up, file, postgresql, target
from articles.management.commands import restore
from articles.models import Quotation
from tests.databases import copy_of, is_postgres, postgres_database, url_of_tests
from tests.factories import make_article, make_quotation
from tests.filling import fill
from tests.gates import Gate
from tests.racing import PATIENCE
from tests.throwaway_postgres import find_binaries

from .conftest import OwnDatabase, environment, write_articles
from .test_ingest_processes import EXTRACTED, QUICK, assert_whole

Rows = dict[str, list[tuple]]
LEFT_OUT = {"django_session", "articles_spent"}
on_postgresql = pytest.mark.skipif(not is_postgres(), reason="it is PostgreSQL's")


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's programs are those of the server that the tests run on."""
    binaries = find_binaries() if is_postgres() else None
    if binaries:
        monkeypatch.setenv("PATH", f"{binaries}:{os.environ['PATH']}")


@pytest.fixture
def filled(transactional_db: None) -> OwnDatabase:
    """The tests' own database, with something in every table."""
    fill()
    return OwnDatabase(url_of_tests())


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[OwnDatabase]:
    """A database without a table."""
    if is_postgres():
        with postgres_database(os.environ["DATABASE_URL"]) as url:
            yield OwnDatabase(url)
    else:
        yield OwnDatabase(f"sqlite:///{tmp_path / 'fresh.sqlite3'}")


def take(path: Path, **options: Any) -> Path:
    call_command("backup", path, quiet=True, **options)
    return path


def rows_of(database: OwnDatabase) -> Rows:
    """All rows of all tables, in an order of their own."""
    listing = (
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        if database.url.startswith("postgres")
        else "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    tables = {name for (name,) in database.query(listing)}
    return {table: sorted(database.query(f'SELECT * FROM "{table}"'), key=repr) for table in tables}  # noqa: S608


def made_of(database: OwnDatabase) -> list[tuple]:
    """Indexes, constraints and triggers; of PostgreSQL, which writes one in several ways, their names."""
    if not is_postgres():
        return database.query("SELECT sql FROM sqlite_master WHERE sql > '' ORDER BY type, name")
    return database.query(
        "SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid::regclass::text !~ '^pg_' "
        "UNION ALL SELECT conrelid::regclass || '.' || conname FROM pg_constraint "
        "UNION ALL SELECT tgrelid::regclass || '.' || tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY name"
    )


def assert_same(found: Rows, made: Rows) -> None:
    """But for sessions and the queue, which no backup holds."""
    assert found.keys() == made.keys()
    for table in made.keys() - LEFT_OUT:
        if not table.startswith("procrastinate"):
            assert found[table] == made[table], table
    assert found["django_session"] == []


# Every row


def test_every_row_comes_back(filled: OwnDatabase, fresh: OwnDatabase, tmp_path: Path, capsys) -> None:
    path = tmp_path / "newsroom.backup"
    call_command("backup", path)
    assert capsys.readouterr().out.startswith(f"{path}: articles: 2, quotations: 2, accounts: 1; 0.")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [name.name for name in tmp_path.iterdir()] == [path.name]
    made = rows_of(filled)
    filled_ones = [model for model in across.carried() if made[model._meta.db_table]]
    assert kinds_of(filled_ones) == kinds_of(across.carried())

    said = OwnDatabase("sqlite://").manage("restore", str(path), "--to", fresh.url)
    assert said.startswith("Restored, compared and audited. articles: 2, quotations: 2, accounts: 1; made at 20")
    assert "Webhooks that are on: 1. Only a trial? Set NEWSROOM_NO_DELIVERY_IN_WEB=1 and do not run `deliver`" in said
    assert "API tokens that are usable: 1, here as in the original." in said
    found = rows_of(fresh)
    assert made["django_session"]
    assert_same(found, made)
    assert made_of(fresh) == made_of(filled)
    if not is_postgres():
        left = list(tmp_path.glob("fresh.sqlite3*"))
        assert left and {stat.S_IMODE(one.stat().st_mode) for one in left} == {0o600}


@pytest.mark.one_engine
def test_a_database_that_is_not_reached_is_not_taken_for_that_of_the_settings(
    filled: OwnDatabase, tmp_path: Path
) -> None:
    path = take(tmp_path / "newsroom.backup")
    to = "postgres://somebody@127.0.0.1:1/newsroom"
    _printed, said = OwnDatabase("sqlite://").start("restore", str(path), "--to", to).communicate()
    assert said.startswith("CommandError: The database failed (connection failed") and "DATABASE_URL" not in said


@pytest.mark.one_engine
def test_a_trial_reaches_nobody_and_is_reached_by_no_program(
    filled: OwnDatabase, fresh: OwnDatabase, tmp_path: Path
) -> None:
    path = take(tmp_path / "newsroom.backup")
    said = OwnDatabase("sqlite://").manage("restore", str(path), "--trial", "--to", fresh.url)
    assert said.endswith(
        "Webhooks that were on, and are switched off: 1.\nAPI tokens that were usable, and are revoked: 1.\n"
    )
    assert fresh.query("SELECT is_active, off, off_at IS NULL FROM articles_webhook") == [(0, "restored", 0)]
    assert fresh.query("SELECT count(*) FROM articles_apitoken WHERE revoked_at IS NULL") == [(0,)]
    assert filled.query("SELECT is_active, off FROM articles_webhook") == [(1, "")]
    fresh.manage("audit", "--quiet")


def test_who_is_cut_off_is_counted(db: None) -> None:
    fill()
    assert [line.split(": ")[1] for line in restore.cut_off()] == ["1.", "1."]
    assert [line.split(": ")[1][0] for line in restore.in_reach()] == ["0", "0"]
    assert [line.split(": ")[1] for line in restore.cut_off()] == ["0.", "0."]


FILL = """
import django; django.setup()
from django.core.management import call_command
from tests.filling import fill
call_command("migrate", verbosity=0); fill()
"""


@pytest.fixture(scope="module")
def sqlite_source(tmp_path_factory: pytest.TempPathFactory) -> OwnDatabase:
    """A database in SQLite, whatever the tests run on, with something in every table."""
    source = OwnDatabase(f"sqlite:///{tmp_path_factory.mktemp('source') / 'source.sqlite3'}")
    subprocess.run([sys.executable, "-c", FILL], cwd=settings.BASE_DIR, env=environment(source.url), check=True)
    return source


@on_postgresql
@pytest.mark.django_db
def test_every_row_comes_from_sqlite_to_postgresql(migrated: str, sqlite_source: OwnDatabase, tmp_path: Path) -> None:
    path, source = tmp_path / "newsroom.backup", sqlite_source
    source.manage("backup", str(path))
    with copy_of(migrated, tmp_path) as url:
        restored = OwnDatabase(url)
        said = source.manage("restore", str(path), "--to", url)
        assert said.startswith("Restored, compared and audited. articles: 2, quotations: 2")
        for model in across.carried():
            columns = [field.column for field in model._meta.concrete_fields]
            listed = ", ".join(f'"{column}"' for column in columns)
            statement = f'SELECT {listed} FROM "{model._meta.db_table}"'  # noqa: S608
            with closing(restored.connect()) as opened:
                cursor = opened.execute(statement)
                types = [psycopg.adapters.types[column.type_code].name for column in cursor.description]
                found = cursor.fetchall()
            made = [tuple(map(as_read, row, types)) for row in source.query(statement)]
            assert sorted(found, key=repr) == sorted(made, key=repr), model
        assert restored.count("django_session") == 0
        assert made_of(restored) == made_of(OwnDatabase(migrated))
        # The next one is numbered after those.
        number = restored.query("INSERT INTO articles_story (began_at) VALUES (now()) RETURNING id")[0][0]
        assert number == source.query("SELECT max(id) + 1 FROM articles_story")[0][0]
        assert restored.manage("queue", "--defer-pending") == "Put on the queue: 2\n"


def as_read(value: Any, kind: str) -> Any:
    """What SQLite has as text or number, as psycopg reads a column of that kind."""
    if value is None:
        return None
    readers = {
        "uuid": UUID,
        "bool": bool,
        "jsonb": json.loads,
        "date": lambda text: datetime.fromisoformat(text).date(),
        "timestamptz": lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC),
    }
    return readers.get(kind, lambda same: same)(value)


def kinds_of(models: Iterable[type[Model]]) -> set[str]:
    return {type(field).__name__ for model in models for field in model._meta.concrete_fields}


def test_no_other_table_is_left_out_and_no_kind_of_field_is_new() -> None:
    managed = {model for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    assert {model._meta.db_table for model in managed - set(across.carried())} == LEFT_OUT
    # A DurationField, for one, is a number on SQLite, and an interval on PostgreSQL: `across` has to translate it.
    same_on_both = {
        *("AutoField", "BigAutoField", "BigIntegerField", "BinaryField", "BooleanField", "CharField", "DateField"),
        *("DateTimeField", "EmailField", "FloatField", "ForeignKey", "GeneratedField", "IntegerField", "JSONField"),
        *("OneToOneField", "PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField"),
        *("TextField", "URLField", "UUIDField"),
    }
    assert kinds_of(across.carried()) <= same_on_both


# While an import runs


def test_taken_while_an_import_runs(
    own_database: OwnDatabase, fresh: OwnDatabase, tmp_path: Path, gate: Gate
) -> None:
    folder, path = write_articles(tmp_path / "news", 250), tmp_path / "newsroom.backup"
    process = own_database.start("ingest", "--processes", "1", str(folder), **gate.at("Harbour 249 "))
    own_database.wait_for("SELECT count(*) FROM articles_article", at_least=1)
    own_database.manage("backup", str(path))
    gate.open()
    output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output) == (0, "Added 250, unchanged 0, failed 0\n"), errors

    fresh.manage("restore", str(path))
    assert fresh.count("articles_article") > 0
    assert fresh.query(EXTRACTED)[0][0] < 250
    fresh.manage("ingest", str(folder), **QUICK)
    assert_whole(fresh, articles=250)


# Files that are not what was written


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A backup of a database that is none."""
    return write(tmp_path / "small.backup", pieces=[b"SQLite " * 200, b"\0" * 99])


def write(path: Path, *, pieces: list[bytes], engine: str = "sqlite", **values: Any) -> Path:
    def describe(size: int, sha256: str) -> file.Manifest:
        made = {"made_at": "2026-11-26", "versions": {}, "migrations": [["articles", "0001_tables"]], "tables": {}}
        return file.Manifest(engine=engine, bytes=size, sha256=sha256, **(made | values))

    with file.new_file(path, replace=True) as out:
        file.write(out, engine=engine, pieces=pieces, describe=describe, tell=lambda *_: None)
    return path


def read(path: Path) -> tuple[bytes, file.Manifest]:
    with file.opened(path) as backup:
        return b"".join(backup.pieces(lambda *_: None, what="")), backup.manifest


def test_a_file_that_was_cut_off_anywhere_is_refused(written: Path) -> None:
    whole = written.read_bytes()
    for length in range(len(whole)):
        written.write_bytes(whole[:length])
        with pytest.raises(BackupError, match="is cut off, or no backup at all"):
            read(written)


@pytest.mark.parametrize("bits", [0x01, 0x80, 0xFF])
def test_a_file_with_another_byte_is_refused_or_means_the_same(written: Path, bits: int) -> None:
    whole, true = written.read_bytes(), read(written)
    harmless = 0
    for place in range(len(whole)):
        written.write_bytes(whole[:place] + bytes([whole[place] ^ bits]) + whole[place + 1 :])
        try:
            assert read(written) == true
            harmless += 1
        except BackupError as error:
            assert "Nothing was restored" in str(error) or "no backup" in str(error)
    # Dates, rights and the like, which nobody reads.
    assert harmless < len(whole) / 3


def test_what_is_no_backup_is_refused(db: None, written: Path, tmp_path: Path) -> None:
    def refusal(path: Path) -> str:
        with pytest.raises(CommandError) as refused:
            call_command("restore", path)
        return str(refused.value)

    assert refusal(tmp_path / "nowhere") == f"{tmp_path / 'nowhere'}: No such file or directory"
    assert refusal(tmp_path) == f"{tmp_path}: Is a directory"
    written.write_text("Dear diary")
    assert refusal(written) == f"{written} is cut off, or no backup at all. Nothing was restored."
    later = write(written, pieces=[b"x"], migrations=[["articles", "9999_later"]])
    assert "made by a later version of Newsroom (which has articles.9999_later)" in refusal(later)
    assert "made by a later version of Newsroom" in refusal(write(written, pieces=[b"x"], form=file.FORM + 1))
    if not is_postgres():
        other = write(written, pieces=[b"x"], engine="postgresql")
        assert refusal(other).startswith("This is a backup of PostgreSQL, and only PostgreSQL can restore it")


@pytest.mark.parametrize(
    "values",
    [
        *({"migrations": 5}, {"migrations": [["a"]]}, {"migrations": [[[], {}]]}, {"migrations": ["ab"]}),
        *({"tables": None}, {"tables": []}, {"tables": {"a": 5}}, {"tables": {"articles_article": {"rows": "x"}}}),
        *({"made_at": 5}, {"form": None}),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_a_manifest_of_other_kinds_is_told_before_anything_is_touched(
    db: None, written: Path, values: dict[str, Any], check: bool
) -> None:
    with pytest.raises(CommandError, match="is damaged: it is not what was written"):
        call_command("restore", write(written, pieces=[b"x"], **values), check=check)


def test_a_file_is_checked_without_a_database(written: Path, capsys) -> None:
    call_command("restore", written, check=True)
    assert capsys.readouterr().out.startswith(f"{written} is whole. articles: 0")
    written.write_bytes(written.read_bytes().replace(b"manifest.json", b"manifesto.txt"))
    with pytest.raises(CommandError, match="is no backup"):
        call_command("restore", written, check=True)


# Databases that are not empty, or not Newsroom's


def test_what_is_in_a_database_is_never_overwritten(db: None, written: Path) -> None:
    make_quotation(make_article())
    with pytest.raises(CommandError, match=r"not empty \(outlets: 1; articles: 1; quotations: 1\)\. Nothing was"):
        call_command("restore", written)


def test_tables_of_others_are_left_alone(db: None, written: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bookings (id integer)")
    with pytest.raises(CommandError, match=r"tables that are not Newsroom's \(bookings\)"):
        call_command("restore", written)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bookings")


@pytest.mark.one_engine
def test_nothing_is_no_newsroom(fresh: OwnDatabase, tmp_path: Path) -> None:
    process = fresh.start("backup", str(tmp_path / "a.backup"))
    assert process.communicate(timeout=PATIENCE)[1] == (
        "CommandError: The database holds no Newsroom: there is nothing to back up.\n"
    )
    assert process.returncode == 1


# Files that cannot be written


def test_no_backup_is_overwritten_unasked(transactional_db: None, tmp_path: Path) -> None:
    path = tmp_path / "newsroom.backup"
    path.write_text("the one before")
    with pytest.raises(CommandError, match="is there already: name another file, or say --force"):
        take(path)
    assert path.read_text() == "the one before"
    assert read(take(path, force=True))[1].engine == connection.vendor
    with pytest.raises(CommandError, match="is a folder"):
        take(tmp_path, force=True)
    with pytest.raises(CommandError, match="No such file or directory"):
        take(tmp_path / "nowhere" / "newsroom.backup")
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.usefixtures("ctrl_c_is_heard")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_end_it_leaves_nothing(transactional_db: None, tmp_path: Path, monkeypatch, number: int) -> None:
    def tell(*_: object) -> None:
        os.kill(os.getpid(), number)

    monkeypatch.setattr("articles.management.commands.backup.telling", lambda bars: tell)
    with pytest.raises(SystemExit) as ended:
        call_command("backup", tmp_path / "newsroom.backup")
    assert ended.value.code == 128 + number
    assert list(tmp_path.iterdir()) == []
    assert not connection.in_atomic_block


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="this system lets nobody limit another process")
def test_a_disk_that_is_full_is_said_and_leaves_nothing(own_database: OwnDatabase, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    process = subprocess.Popen(
        ["/bin/sh", "-c", f'ulimit -f 80; exec "{sys.executable}" manage.py backup {folder}/a.backup'],
        cwd=settings.BASE_DIR,
        env=environment(own_database.url),
        stderr=subprocess.PIPE,
        text=True,
    )
    errors = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == 1
    assert errors.startswith("CommandError: ") and errors.endswith("No backup was made.\n")
    assert len(errors.splitlines()) == 1
    assert list(folder.iterdir()) == []


# Restores that were killed

KILLED = """
import os, signal, sys
import django; django.setup()
from pathlib import Path
from articles import backing_up
from articles.models import Quotation
from articles.backing_up import sqlite

sqlite.STEP = 5

def tell(what, number, total):
    if what == {at!r}:
        os.kill(os.getpid(), signal.SIGKILL)

backing_up.restore(Path({path!r}), tell=tell)
"""


def test_a_restore_that_was_killed_begins_anew(filled: OwnDatabase, fresh: OwnDatabase, tmp_path: Path) -> None:
    path = take(tmp_path / "newsroom.backup")
    for at, is_loaded in (("MB loaded", False), ("tables summed up", True)):
        program = [sys.executable, "-c", KILLED.format(at=at, path=str(path))]
        killed = subprocess.run(program, cwd=settings.BASE_DIR, env=environment(fresh.url), check=False)
        assert killed.returncode == -signal.SIGKILL
        left = list(tmp_path.glob(".newsroom-restore-*"))
        assert len(left) == (0 if is_loaded or is_postgres() else 1)  # the second removed it
        if is_loaded:
            assert fresh.count("articles_article") == 2
            process = fresh.start("audit")
            assert "A restore into this database was not finished" in process.communicate(timeout=PATIENCE)[1]
    fresh.manage("restore", str(path))
    assert_same(rows_of(fresh), rows_of(filled))


@on_postgresql
@pytest.mark.django_db
def test_from_sqlite_to_postgresql_all_or_nothing(migrated: str, sqlite_source: OwnDatabase, tmp_path: Path) -> None:
    """What PostgreSQL does not take is named, and a database that is half loaded is none."""
    copy, path = tmp_path / "source.sqlite3", tmp_path / "newsroom.backup"
    shutil.copy(sqlite_source.url.removeprefix("sqlite:///"), copy)
    source = OwnDatabase(f"sqlite:///{copy}")
    with closing(sqlite3.connect(copy)) as opened, opened:
        opened.execute("UPDATE articles_speaker SET role = 'A' || char(0) WHERE name = 'Mia Brookes'")
    source.manage("backup", str(path))
    with copy_of(migrated, tmp_path) as url:
        restored = OwnDatabase(url)
        process = source.start("restore", str(path), "--to", url)
        errors = process.communicate(timeout=PATIENCE)[1]
        assert errors.startswith("CommandError: articles_speaker cannot be carried over (")
        assert restored.count("articles_outlet") == 0
        assert restored.count("auth_permission") > 0
        sqlite_source.manage("backup", "--force", str(path))
        source.manage("restore", str(path), "--to", url)
        assert restored.query("SELECT role FROM articles_speaker WHERE name = 'Mia Brookes'") == [("",)]


@pytest.mark.one_engine
def test_what_had_drifted_is_restored_and_said(filled: OwnDatabase, fresh: OwnDatabase, tmp_path: Path) -> None:
    Quotation.objects.filter(mention="she").update(mention="he")
    process = fresh.start("restore", str(take(tmp_path / "newsroom.backup")))
    output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "mention is 'he', the text says 'she'" in output
    assert errors.endswith("All is restored as it was, and that was so already.\n")
    assert "CommandError" not in errors
    assert output.endswith("--trial revokes them.\n")
    assert_same(rows_of(fresh), rows_of(filled))


# Backups of earlier versions


@pytest.mark.one_engine
def test_one_of_an_earlier_version_is_brought_to_this_one(
    own_database: OwnDatabase, fresh: OwnDatabase, tmp_path: Path
) -> None:
    own_database.manage("ingest", "--quiet", str(write_articles(tmp_path / "news", 3)), **QUICK)
    own_database.manage("migrate", "--verbosity=0", "articles", "0016")
    own_database.manage("backup", str(tmp_path / "old.backup"))
    fresh.manage("restore", str(tmp_path / "old.backup"))
    assert_whole(fresh, articles=3)


# PostgreSQL's programs


def fake(folder: Path, program: str, *lines: str) -> None:
    path = folder / program
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)


@pytest.fixture
def only_fakes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin" if not is_postgres() else str(tmp_path))
    monkeypatch.setattr(postgresql, "SYSTEM", tmp_path / "nowhere")
    return tmp_path


def test_programs_that_are_missing_or_too_old(monkeypatch: pytest.MonkeyPatch, only_fakes: Path) -> None:
    monkeypatch.setenv("PATH", str(only_fakes))
    with pytest.raises(BackupError, match=r"pg_dump is not on PATH, and .* version 15 .*postgresql-client-15\)"):
        postgresql.find("pg_dump", at_least=15)
    fake(only_fakes, "pg_dump", "echo 'pg_dump (PostgreSQL) 14.9 (Debian 14.9-1)'")
    assert postgresql.find("pg_dump", at_least=14) == str(only_fakes / "pg_dump")
    with pytest.raises(BackupError, match="pg_dump is only of version 14, and has to be of version 15 or later"):
        postgresql.find("pg_dump", at_least=15)


@on_postgresql
def test_no_list_of_processes_shows_the_password(
    transactional_db: None, only_fakes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, secret = only_fakes / "said", "s p'3cret"
    fake(
        only_fakes,
        "pg_dump",
        f'[ "$1" = --version ] && echo "(PostgreSQL) 99" || echo "$PGPASSWORD $@" > {said}',
        "echo no such luck >&2; exit 3",
    )
    monkeypatch.setattr("articles.backing_up.postgresql._version", lambda program: 99)
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", secret)
    with pytest.raises(BackupError, match=r"^pg_dump failed: no such luck$"):
        back_up(only_fakes / "a.backup", replace=False, tell=lambda *_: None)
    written = said.read_text()
    assert written.startswith(f"{secret} --format=custom") and written.count("3cret") == 1
    assert f"dbname={connection.settings_dict['NAME']}" in written
    assert not (only_fakes / "a.backup").exists()


def test_a_database_says_that_it_is_unfinished(db: None, tmp_path: Path) -> None:
    assert not target.is_unfinished(connection)
    target.mark(connection)
    with pytest.raises(CommandError, match="A restore into this database was not finished"):
        call_command("audit")
    with pytest.raises(CommandError, match="A restore into this database was not finished"):
        take(tmp_path / "a.backup")
    target.unmark(connection)
    call_command("audit", quiet=True)
