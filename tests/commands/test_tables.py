"""Commands on a database that nobody has migrated."""

import pkgutil

import pytest
from django.core.management import CommandError, call_command, load_command_class
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from articles.management import commands
from articles.management.commands._tables import TablesCommand

WITHOUT_DATABASE = {"bench", "bench_exports", "bench_intake", "bench_web", "evaluate", "make_corpus", "train_model"}
ARGUMENTS = {
    "bring_back": ["news.jsonl"],
    "export": ["news.jsonl"],
    "extract": ["--pending"],
    "ingest": ["samples"],
    "stories": ["--rebuild"],
}
NAMES = {module.name for module in pkgutil.iter_modules(commands.__path__) if not module.name.startswith("_")}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(NAMES - WITHOUT_DATABASE))
def test_each_says_what_to_run(name: str) -> None:
    [newest] = MigrationLoader(connection).graph.leaf_nodes("articles")
    MigrationRecorder(connection).record_unapplied(*newest)
    assert isinstance(load_command_class("articles", name), TablesCommand)
    with pytest.raises(CommandError, match=r"migrations to apply: 1\)\. Run: python manage\.py migrate"):
        call_command(name, *ARGUMENTS.get(name, []))
