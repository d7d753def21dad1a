"""manage.py bench: that it measures and says so, never how fast this machine is."""

import io
import json
import re

import pytest
from django.core.management import CommandError, call_command

from articles.invention import invented
from articles.management.commands import bench, bench_intake
from articles.models import Article
from articles.nlp import PIPELINE_VERSION
from articles.nlp.evaluation import speed


@pytest.fixture(scope="module")
def printed():
    """One measurement, of small texts, in lines and in JSON."""
    measured = []

    def measure(*args, **options):
        if not measured:
            measured.append(speed.measure(*args, **options))
        return measured[0]

    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"SHORT": 500, "LONG": 5000, "USUAL": 500, "USUAL_COUNT": 2}.items():
            patch.setattr(speed, name, value)
        patch.setattr(bench, "measure", measure)
        yield run(), run("--json")


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("bench", "--rounds", "1", *args, stdout=out)
    return out.getvalue()


def test_prints_the_figures(printed):
    for words in ("base: ", "tokens/s", "time with quotations / base", "time of 1 MB / 100 kB", "load", "memory"):
        assert words in printed[0]


def test_json(printed):
    measured = json.loads(printed[1])
    assert all(value > 0 for name, value in measured.items() if name != "base_pipes")
    assert {"base_tokens", "all_tokens", "all_to_base", "long_to_short", "load_seconds", "peak_bytes"} < set(measured)


@pytest.mark.parametrize(
    ("args", "complaint"),
    [(["--rounds", "0"], "--rounds: at least one"), (["--model", "no-such-model"], "could not be loaded")],
)
def test_bad_arguments(args, complaint):
    with pytest.raises(CommandError, match=complaint):
        call_command("bench", *args)


class TestIntake:
    def test_prints_the_figures(self, monkeypatch):
        """Of real imports, beside rates that are made up: those take minutes."""
        monkeypatch.setattr(bench_intake, "FEW", 2)
        monkeypatch.setenv("NEWSROOM_SPACY_MODEL", "blank")
        monkeypatch.setattr(bench_intake.Bench, "rates", lambda bench, texts: bench_intake.Rates(20.0, 19.0, 36.1))
        out = io.StringIO()
        call_command("bench_intake", "--articles", "4", "--rounds", "1", stdout=out)
        for words in ("import of 2 ", "import of 4 ", "memory of 4 / 2", "20.0 articles/s"):
            assert words in out.getvalue()
        assert re.search(r"one process / alone +0\.95\n", out.getvalue())
        assert re.search(r"two processes / one +1\.90$", out.getvalue().strip())

    @pytest.mark.parametrize("processes", [0, 1])
    def test_a_rate_is_of_what_comes_after_the_first_few(self, monkeypatch, tmp_path, db, processes):
        monkeypatch.setattr(bench_intake, "SKIPPED", 1)
        monkeypatch.setenv("NEWSROOM_SPACY_MODEL", "blank")
        corpus = tmp_path / "corpus.jsonl"
        corpus.write_text("\n".join(article.as_line(quotations=False) for article in invented(3)), encoding="utf-8")
        assert bench_intake.rate_of(processes, corpus) > 0
        assert Article.objects.filter(extracted_with=PIPELINE_VERSION).count() == 3 * processes

    def test_bad_arguments(self):
        with pytest.raises(CommandError, match="--texts more than 64"):
            call_command("bench_intake", "--texts", "64")
