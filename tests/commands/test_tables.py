"""Commands on a database that nobody has migrated, or that cannot hold every letter."""

import pkgutil

import pytest
from django.core.management import CommandError, call_command, load_command_class
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from articles.management import commands
from articles.management.commands._tables import TablesCommand
from tests.databases import is_postgres, postgres_database, url_of_tests

from .conftest import OwnDatabase

WITHOUT_DATABASE = {"bench", "bench_exports", "bench_intake", "bench_web", "evaluate", "make_corpus", "train_model"}
# What is backed up may be of any version; what is restored makes the tables.
OF_ANY_VERSION = {"backup", "restore"}
ARGUMENTS = {
    **{"extract": ["--pending"], "ingest": ["samples"], "stories": ["--rebuild"]},
    **{"bring_back": ["export.jsonl"], "export": ["export.jsonl"], "verify": ["export.jsonl"]},
    "export_run": ["00000000-0000-4000-8000-000000000000"],
}
NAMES = {module.name for module in pkgutil.iter_modules(commands.__path__) if not module.name.startswith("_")}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(NAMES - WITHOUT_DATABASE - OF_ANY_VERSION))
def test_each_says_what_to_run(name: str) -> None:
    [newest] = MigrationLoader(connection).graph.leaf_nodes("articles")
    MigrationRecorder(connection).record_unapplied(*newest)
    assert isinstance(load_command_class("articles", name), TablesCommand)
    with pytest.raises(CommandError, match=r"migrations to apply: 1\)\. Run: python manage\.py migrate"):
        call_command(name, *ARGUMENTS.get(name, []))


@pytest.mark.django_db
def test_a_database_without_unicode_is_refused_before_anything_is_made():
    if not is_postgres():
        pytest.skip("SQLite keeps all text in Unicode")
    with postgres_database(url_of_tests(), encoding="SQL_ASCII") as url:
        ascii_only = OwnDatabase(url)
        refused = ascii_only.start("migrate")
        _printed, said = refused.communicate()
        assert refused.returncode == 1
        assert "is in the encoding SQL_ASCII, and Newsroom needs UTF8" in said and "Traceback" not in said
        assert ascii_only.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
