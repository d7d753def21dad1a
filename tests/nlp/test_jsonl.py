"""JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from spacy.language import Language

from articles.nlp.jsonl import extract

ROOT = Path(__file__).parents[2]
LINE = json.dumps({"id": "a", "text": "🙂 “We sail,” said Ida Moss."})


def test_a_line_becomes_the_bench_s_format(nlp: Language) -> None:
    (result,) = extract([LINE], nlp=nlp)
    (quote,) = result["quotes"]
    assert result["id"] == "a"
    assert 0.9 < quote.pop("confidence") < 1
    assert quote == {
        "kind": "direct",
        "spans": [[2, 12]],
        "cue": [13, 17],
        "speaker": [18, 26],
        "speaker_name": "Ida Moss",
    }


def test_no_source_is_null(nlp: Language) -> None:
    (result,) = extract([json.dumps({"id": 1, "text": "“The whole of the harbour is shut.”"})], nlp=nlp)
    assert (result["quotes"][0]["speaker"], result["quotes"][0]["cue"]) == (None, None)


def test_order_is_kept_and_empty_lines_are_passed_over(nlp: Language) -> None:
    lines = ["\n", *(json.dumps({"id": i, "text": ""}) for i in range(5)), ""]
    assert [result["id"] for result in extract(lines, nlp=nlp)] == [0, 1, 2, 3, 4]


def test_worker_processes_give_the_same(nlp: Language) -> None:
    lines = [LINE] * 4
    assert list(extract(lines, nlp=nlp, n_process=2)) == list(extract(lines, nlp=nlp))


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 2: no JSON"),
        ("[]", "line 2: not an object"),
        ('{"text": "x"}', "line 2: not an object with"),
        ('{"id": 1}', 'line 2: no "text"'),
        ('{"id": 1, "text": null}', 'line 2: no "text"'),
        (r'{"id": 1, "text": "Nets \ud83d"}', r'line 2: "text" holds half a character (\ud83d at 5)'),
        (r'{"id": 1, "text": "\udc1f\ud83d"}', r'line 2: "text" holds half a character (\udc1f at 0)'),
        ('{"id": %s, "text": ""}' % ("1" * 5000), "line 2: JSON that Python does not read"),
        ("[" * 100_000, "line 2: JSON that Python does not read"),
    ],
)
def test_a_bad_line_is_named(nlp: Language, line: str, complaint: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(complaint)):
        list(extract([LINE, line], nlp=nlp))


def test_a_whole_pair_of_escapes_is_a_character_and_half_a_one_may_be_in_a_name(nlp: Language) -> None:
    line = r'{"id": "\ud83d", "text": "\ud83d\udc1f “We sail,” said Ida Moss."}'
    (result,) = extract([line], nlp=nlp)
    assert (result["id"], result["quotes"][0]["spans"]) == ("\ud83d", [[2, 12]])


def test_as_a_program() -> None:
    command = [sys.executable, "-m", "articles.nlp.jsonl"]
    lines = LINE.replace('"a"', r'"\ud83d"')
    run = subprocess.run(command, cwd=ROOT, input=lines, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout)["quotes"][0]["speaker_name"] == "Ida Moss"
    failed = subprocess.run(command, cwd=ROOT, input="nonsense", capture_output=True, text=True, check=False)
    assert (failed.returncode, failed.stderr.startswith("line 1: no JSON")) == (1, True)
