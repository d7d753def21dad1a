"""Stories made by processes that run side by side, and by one that is killed, on a database of their own."""

import json
import signal
from contextlib import closing
from pathlib import Path

from tests.bench.wire import Newsroom
from tests.racing import PATIENCE

from .conftest import OwnDatabase, lines_until

STORIES = 25
# Which quotations are found is all the same here.
QUICK = {"NEWSROOM_SPACY_MODEL": "blank"}
# Holds still in the transaction of the eleventh article, which all is written of.
HALF_WAY = """
import sys, time, django
django.setup()
from django.core.management import call_command
from django.db import transaction
from articles.management.commands import stories

join, joined = stories.join, []

def hold_at_the_eleventh(article):
    joined.append(article)
    if len(joined) < 11:
        return join(article)
    with transaction.atomic():
        join(article)
        print("half-way", file=sys.stderr, flush=True)
        time.sleep(3600)

stories.join = hold_at_the_eleventh
call_command("stories", "--rebuild", "--quiet")
"""
TOGETHER = "SELECT count(*) FROM articles_article GROUP BY story_id"


def write_copies(folder: Path, *, wire: Newsroom, sentences: list[list[str]]) -> Path:
    """One copy of each story, in the order of the stories, so that two folders meet in the same moment."""
    folder.mkdir()
    for number, told in enumerate(sentences):
        text = wire.made(told, number, "").text
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def test_copies_that_two_processes_import_at_once_are_together(own_database: OwnDatabase, tmp_path: Path):
    wire = Newsroom(5)
    sentences = [wire.sentences(120) for _ in range(STORIES)]
    folders = [write_copies(tmp_path / name, wire=wire, sentences=sentences) for name in "abc"]
    processes = [own_database.start("ingest", "--json", str(folder), **QUICK) for folder in folders]
    for process in processes:
        output, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, errors + output
        assert json.loads(output)["added"] == STORIES
    assert own_database.query(TOGETHER) == [(3,)] * STORIES
    assert own_database.query("SELECT id FROM articles_article WHERE story_id IS NULL") == []


def test_a_rebuild_that_was_killed_goes_on(own_database: OwnDatabase, tmp_path: Path):
    wire = Newsroom(6)
    sentences = [wire.sentences(120) for _ in range(STORIES)]
    folders = [write_copies(tmp_path / name, wire=wire, sentences=sentences) for name in "abcd"]
    own_database.manage("ingest", *map(str, folders), **QUICK)
    with closing(own_database.connect()) as connection:
        for table in ("signatureoftext", "keyofcopy"):
            connection.execute(f"DELETE FROM articles_{table}")  # noqa: S608
        connection.execute("UPDATE articles_article SET story_id = NULL")
        connection.execute("DELETE FROM articles_story")
        connection.commit()
    process = own_database.run(HALF_WAY)
    lines_until("half-way", process)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert own_database.count("articles_signatureoftext") == 10
    report = json.loads(own_database.manage("stories", "--rebuild", "--json"))
    assert report["looked_at"] == 4 * STORIES - 10
    assert own_database.query(TOGETHER) == [(4,)] * STORIES
