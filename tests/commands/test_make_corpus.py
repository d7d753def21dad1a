"""manage.py make_corpus: a file, standard output, and what it refuses."""

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.models import Article


def test_what_it_makes_goes_in_whole(db, tmp_path):
    path = tmp_path / "invented.jsonl"
    call_command("make_corpus", articles=20, out=path)
    call_command("ingest", str(path), quiet=True)
    assert Article.objects.count() == 20
    assert Article.objects.filter(extracted_with=Article.ANNOTATED).count() == 20


def test_overwrites_nothing(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("mine")
    with pytest.raises(CommandError, match="is there already; nothing was written"):
        call_command("make_corpus", articles=1, out=path)
    assert path.read_text() == "mine"


def test_refuses_none():
    with pytest.raises(CommandError, match="at least 1"):
        call_command("make_corpus", articles=0)


def test_to_standard_output():
    command = [sys.executable, "manage.py", "make_corpus", "--articles", "3", "--without-quotations"]
    run = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(rows) == 3
    assert not any("quotations" in row for row in rows)
