"""manage.py export and bring_back: files that are whole or not there, what is refused, and being killed half-way."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.exports import jsonl
from articles.models import Article, Quotation
from tests.factories import TEXT, make_article, make_quotation
from tests.racing import PATIENCE

from .conftest import OwnDatabase

EMPTY = "“The nets were empty,”"
ARTICLES = "SELECT count(*) FROM articles_article"


@pytest.fixture
def nets(db: None) -> Quotation:
    return make_quotation(make_article(), EMPTY, speaker="Ida Moss")


def export(*args: str) -> str:
    """What it says."""
    err = io.StringIO()
    call_command("export", *args, stderr=err)
    return err.getvalue()


def bring_back(*args: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("bring_back", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


class TestExport:
    @pytest.mark.parametrize("name", ["jsonl", "bundle"])
    def test_a_file_is_there_when_it_is_whole(self, nets: Quotation, tmp_path: Path, name: str) -> None:
        file = tmp_path / "news"
        assert export(str(file), "--format", name) == f"{file}: 1 articles, 1 quotations\n"
        assert [path.name for path in tmp_path.iterdir()] == ["news"]

    def test_its_ending_says_the_format(self, nets: Quotation, tmp_path: Path) -> None:
        export(str(tmp_path / "news.jsonl"), "--address", "https://newsroom.example/")
        head = json.loads((tmp_path / "news.jsonl").read_text().splitlines()[0])
        assert head["address"] == "https://newsroom.example"

    def test_a_search_and_what_was_rejected(self, nets: Quotation, tmp_path: Path) -> None:
        other = make_article("Elsewhere. " + TEXT)
        make_quotation(other, EMPTY, state="rejected")
        file = str(tmp_path / "news.jsonl")
        assert "1 articles, 1 quotations" in export(file, "--search", "quotations?q=nets")
        assert "2 articles, 1 quotations" in export(file, "--search", "articles?q=nets", "--force")
        assert "2 articles, 2 quotations" in export(file, "--with-rejected", "--force")

    @pytest.mark.parametrize(
        ("args", "why"),
        [
            (["news.txt"], "its ending says no format; name one with --format: jsonl, "),
            (["news.txt", "--format", "word"], "there is no format word; there are jsonl, "),
            (["news.jsonl", "--search", "quotations?speeker=1"], "nothing is sought by speeker"),
            (["news.jsonl", "--address", "newsroom.example"], "expected the address"),
            (["none/news.jsonl"], "No such file or directory"),
        ],
    )
    def test_what_it_cannot_do_it_says(self, nets: Quotation, tmp_path: Path, args: list[str], why: str) -> None:
        with pytest.raises(CommandError, match=why):
            export(str(tmp_path / args[0]), *args[1:])
        assert not list(tmp_path.iterdir())

    def test_it_writes_over_nothing_unless_told(self, nets: Quotation, tmp_path: Path) -> None:
        file = tmp_path / "news.jsonl"
        file.write_text("mine")
        with pytest.raises(CommandError, match="is there already"):
            export(str(file))
        assert file.read_text() == "mine"
        export(str(file), "--force")
        assert file.read_text() != "mine"

    def test_two_at_once_to_one_name_each_write_a_whole_file(
        self, nets: Quotation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "news.jsonl"
        write, told = jsonl.write, []

        def half_way(records: Any, out: Any) -> None:
            monkeypatch.setattr(jsonl, "write", write)
            out.write(json.dumps(next(records)).encode() + b"\n")
            out.flush()
            told.append(export(str(file), "--force"))
            told.append(file.read_bytes())
            write(records, out)

        monkeypatch.setattr(jsonl, "write", half_way)
        export(str(file), "--force")
        assert "1 articles, 1 quotations" in told[0]
        for whole in (told[1], file.read_bytes()):
            assert json.loads(whole.splitlines()[-1])["record"] == "end"
        assert [path.name for path in tmp_path.iterdir()] == ["news.jsonl"]

    @pytest.mark.parametrize(("error", "exit_code"), [(KeyboardInterrupt, 130), (None, 143)])
    def test_ended_early_it_leaves_no_file(
        self, nets: Quotation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Any, exit_code: int
    ) -> None:
        def write(records: Any, out: Any) -> None:
            out.write(b"a part")
            next(records)
            if error:
                raise error
            signal.raise_signal(signal.SIGTERM)

        monkeypatch.setattr(jsonl, "write", write)
        with pytest.raises(SystemExit) as ended:
            export(str(tmp_path / "news.jsonl"))
        assert ended.value.code == exit_code
        assert not list(tmp_path.iterdir())


class TestBringBack:
    def test_a_file_of_each_format_that_it_knows_by_its_beginning(self, nets: Quotation, tmp_path: Path) -> None:
        for name in ("jsonl", "bundle"):
            file = tmp_path / name
            export(str(file), "--format", name, "--whole")
            out, err = bring_back(str(file))
            assert "Articles: added 0, there already 1" in out
            assert not err

    def test_a_bad_record_and_a_missing_end_are_told_with_exit_code_1(
        self, nets: Quotation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        make_article("Elsewhere. " + TEXT, title="Elsewhere")
        file = tmp_path / "news.jsonl"
        export(str(file))
        Quotation.objects.all().delete()
        Article.objects.all().delete()
        lines = file.read_text().replace('"text":"Elsewhere', '"text":"elsewhere').splitlines()
        file.write_text("\n".join(lines[:-1]) + "\n")
        err = io.StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("bring_back", str(file), "--json", stdout=(out := io.StringIO()), stderr=err)
        assert ended.value.code == 1
        assert "“Elsewhere”: its text is not the one" in err.getvalue()
        assert "not the whole of an export: it ends before its end" in err.getvalue()
        assert "1 articles came in" in err.getvalue()
        assert json.loads(out.getvalue())["articles"] == {"added": 1, "there": 0, "failed": 1}

    @pytest.mark.parametrize(
        ("data", "args", "why"),
        [
            (b"hello", [], "it begins as no format does"),
            (b"", [], "it begins as no format does"),
            (b"hello", ["--format", "jsonl"], "line 1: .*nothing was brought back"),
            (b"hello", ["--format", "word"], "there is no format word; there are jsonl, "),
            (b"PK\x03\x04" + b"x" * 99, ["--format", "bundle"], "ends before its end.*nothing was brought back"),
            (None, [], "No such file"),
        ],
    )
    def test_what_it_cannot_do_it_says(
        self, db: None, tmp_path: Path, data: bytes | None, args: list[str], why: str
    ) -> None:
        file = tmp_path / "news"
        if data is not None:
            file.write_bytes(data)
        with pytest.raises(CommandError, match=why):
            bring_back(str(file), *args)


def test_standard_output_a_pipe_that_closes_and_a_killed_run_that_goes_on(
    own_database: OwnDatabase, tmp_path: Path
) -> None:
    own_database.manage("bench_exports", "--fill", "4000")
    articles = own_database.count("articles_article")
    file = tmp_path / "news.jsonl"
    file.write_text(own_database.manage("export", "-", "--format", "jsonl", "--whole"))
    process = own_database.start("export", "-", "--format", "jsonl", "--whole")
    process.stdout.close()
    assert process.wait(timeout=PATIENCE) == 0
    assert "Traceback" not in process.stderr.read()

    own_database.manage("flush", "--no-input")
    text = file.read_text()
    process = own_database.start("bring_back", "/dev/stdin", "--format", "jsonl", "--quiet", stdin=subprocess.PIPE)
    process.stdin.write(text[: text.rindex('{"record":"article"')])  # for the last one it waits in vain
    process.stdin.flush()
    own_database.wait_for(ARTICLES, at_least=100)
    process.kill()
    process.communicate()
    had = own_database.count("articles_article")
    assert had < articles
    report = json.loads(own_database.manage("bring_back", str(file), "--json"))
    assert report["articles"] == {"added": articles - had, "there": had, "failed": 0}
    assert report["quotations"]["added"] + report["quotations"]["there"] == own_database.count("articles_quotation")
    assert own_database.manage("audit").startswith("No drift")


# Goes on and on with the first article that there is.
WITHOUT_END = """
import itertools, sys, django
django.setup()
from django.core.management import call_command
from articles.exports import jsonl

write = jsonl.write

def write_without_end(records, out):
    head, article = next(records), next(records)
    write(itertools.chain([head], itertools.repeat(article)), out)

jsonl.write = write_without_end
call_command("export", sys.argv[1], "--whole")
"""


def test_told_to_end_it_says_what_it_left(own_database: OwnDatabase, tmp_path: Path) -> None:
    own_database.manage("bench_exports", "--fill", "60")
    file = tmp_path / "news.jsonl"
    process = own_database.run(WITHOUT_END, str(file))
    deadline = time.monotonic() + PATIENCE
    while not any(part.stat().st_size for part in tmp_path.glob("news.jsonl.*.part")):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.005)
    process.terminate()
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 143, err
    assert "was not written" in err
    assert not list(tmp_path.glob("news.jsonl*"))
