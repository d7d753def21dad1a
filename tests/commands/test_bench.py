"""manage.py bench: that it measures and says so, never how fast this machine is."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.management.commands import bench, bench_intake
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
        monkeypatch.setattr(bench_intake, "FEW", 2)
        out = io.StringIO()
        call_command("bench_intake", "--articles", "4", "--texts", "65", "--rounds", "1", stdout=out)
        for words in (
            "import of 2 ",
            "import of 4 ",
            "memory of 4 / 2",
            "import, one process / alone",
            "two processes",
        ):
            assert words in out.getvalue()

    def test_bad_arguments(self):
        with pytest.raises(CommandError, match="--texts more than 64"):
            call_command("bench_intake", "--texts", "64")
