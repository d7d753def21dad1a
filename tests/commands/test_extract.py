"""manage.py extract: pending, stale and single articles, and JSON Lines without a database."""

import io
import json
import select
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError

from articles import corrections, nlp
from articles.extraction import saving, seeking
from articles.lines import Stopped
from articles.management.commands import extract
from articles.models import Article, Quotation
from articles.nlp import pipeline
from tests.factories import make_article, make_quotation
from tests.racing import PATIENCE

from .conftest import article_text, environment

LINE = json.dumps({"id": "a", "text": "“The nets were empty,” Ada Brook said."})
# U+2028 ends a line for Python's splitlines and not for JSON.
ODD_LINE = json.dumps({"id": 7, "text": "😀\u2028“Señor,” said José."}, ensure_ascii=False)


# --jsonl


def start() -> subprocess.Popen:
    """The command with a database that is not there, in a terminal that speaks no UTF-8 and gets whole blocks."""
    nowhere = {
        **environment("postgres://nobody@127.0.0.1:1/nowhere"),
        "PYTHONIOENCODING": "latin-1",
        "PYTHONUNBUFFERED": "",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "extract", "--jsonl"],
        cwd=settings.BASE_DIR,
        env=nowhere,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_lines_in_lines_out_touching_no_database():
    process = start()
    output, errors = process.communicate(f"{LINE}\n\n{ODD_LINE}\n".encode(), timeout=PATIENCE)
    assert (errors, process.returncode) == (b"", 0)
    first, second = map(json.loads, output.splitlines())
    assert first["id"] == "a"
    [quote] = first["quotes"]
    assert set(quote) == {"kind", "spans", "cue", "speaker", "speaker_name", "confidence"}
    assert (quote["kind"], quote["spans"], quote["speaker"]) == ("direct", [[0, 22]], [23, 32])
    assert (second["id"], second["quotes"][0]["spans"]) == (7, [[2, 10]])


def test_each_line_is_answered_as_it_comes():
    process = start()
    try:
        for _ in range(2):
            process.stdin.write(f"{LINE}\n".encode())
            process.stdin.flush()
            assert select.select([process.stdout], [], [], PATIENCE)[0], "no answer"
            assert json.loads(process.stdout.readline())["id"] == "a"
    finally:
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0


def test_a_reader_that_has_enough_is_no_error():
    process = start()
    process.stdout.close()
    process.stdout = None
    _, errors = process.communicate(f"{LINE}\n".encode() * 3, timeout=PATIENCE)
    assert (errors, process.returncode) == (b"", 0)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b"{bad", "line 3: no JSON"),
        (b'{"id": 1}', 'line 3: no "text"'),
        (b'["text"]', "line 3: not an object"),
        (rb'{"id": 1, "text": "\ud83d"}', r'line 3: "text" holds half a character (\ud83d at 0)'),
        (b'{"id": 1, "text": "Se\xf1or"}', "line 3: not UTF-8 (byte 0xF1 at 21)"),
    ],
)
def test_a_bad_line_ends_it_by_number_after_the_good_ones(monkeypatch, capsys, bad, message):
    lines = b"\n".join([LINE.encode(), b"", bad, LINE.encode()])
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))
    with pytest.raises(CommandError) as failed:
        call_command("extract", "--jsonl")
    assert str(failed.value).startswith(message)
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["a"]


def test_a_bad_line_is_exit_code_1():
    process = start()
    output, errors = process.communicate(b"{bad\n", timeout=PATIENCE)
    assert (output, process.returncode) == (b"", 1)
    assert errors.startswith(b"CommandError: line 1: no JSON")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "args", [[], ["--jsonl", "--pending"], ["--stale", "--pending"], ["1", "--stale"], ["1", "--jsonl"]]
)
def test_one_of_them_is_to_be_chosen(args):
    with pytest.raises(CommandError, match=r"not allowed with|^Give the numbers of articles, or one of "):
        call_command("extract", *args)


# --pending


@pytest.fixture
def pending(db) -> list[Article]:
    """Three, and one that is extracted already."""
    make_article(extracted_with="before")
    return [make_article(article_text(number), source_name=f"{number}.txt", extracted_with="") for number in range(3)]


def run(*args: str, what: str = "--pending") -> tuple[str, str, str]:
    """Standard output, standard error, and the words of the CommandError."""
    out, err, words = io.StringIO(), io.StringIO(), ""
    try:
        call_command("extract", what, *args, stdout=out, stderr=err)
    except CommandError as error:
        words = str(error)
    return out.getvalue(), err.getvalue(), words


@pytest.fixture
def tripping(monkeypatch):
    """`tripping(error, text, …)`: the pipeline raises it at these texts, or at all, until `tripping.patch.undo()`."""
    find_quotations = pipeline.find_quotations

    def trip(error: BaseException, *texts: str) -> None:
        def find(doc):
            if not texts or doc.text in texts:
                raise error
            return find_quotations(doc)

        trip.patch.setattr(pipeline, "find_quotations", find)

    with pytest.MonkeyPatch.context() as trip.patch:
        yield trip


def test_pending_articles_and_no_others(pending, monkeypatch):
    monkeypatch.setattr(extract, "CHUNK", 2)
    assert run() == ("Extracted 3, failed 0\n", "", "")
    assert {article.extracted_with for article in Article.objects.all()} == {"before", nlp.PIPELINE_VERSION}
    assert [article.quotations.count() for article in pending] == [2, 2, 2]
    assert run("--quiet") == ("", "", "")


FAILED = "What failed keeps what it had, and waits for --set-aside or its number."
NO_TOKEN = IndexError("no such token")


def test_an_article_that_fails_is_set_aside_until_asked_for_and_the_rest_goes_on(pending, tripping):
    tripping(NO_TOKEN, article_text(1))
    assert run() == (
        "Extracted 2, failed 1\n",
        f"article {pending[1].pk} (1.txt): IndexError: no such token\n",
        FAILED,
    )
    assert list(Article.objects.set_aside()) == [pending[1]]
    tripping.patch.undo()
    assert run() == ("Extracted 0, failed 0\n", "", "")
    assert run(what="--set-aside") == ("Extracted 1, failed 0\n", "", "")
    assert run(what="--set-aside") == ("Extracted 0, failed 0\n", "", "")


@pytest.mark.parametrize(
    ("error", "said", "exit_code"),
    [
        (KeyboardInterrupt(), "Stopped before the end.", 130),
        (Stopped("Told to end (SIGTERM)."), "Told to end (SIGTERM).", 143),
    ],
    ids=["Ctrl-C", "SIGTERM"],
)
def test_ended_early_it_gives_the_report_so_far(pending, tripping, monkeypatch, error, said, exit_code):
    monkeypatch.setattr(seeking, "BATCH", 1)
    tripping(error, article_text(1))
    out, err, words = run()
    assert (out, err) == ("Extracted 1, failed 0\n", "")
    assert words.startswith(said)
    with pytest.raises(CommandError) as ended:
        call_command("extract", "--pending", stdout=io.StringIO())
    assert ended.value.returncode == exit_code
    assert Article.objects.pending().count() == 2


def test_a_database_that_is_gone_ends_with_a_line_and_the_report_so_far(pending, monkeypatch):
    save, saved = saving.save, []

    def save_one(article, findings):
        if saved:
            raise OperationalError("server closed\n the connection")
        saved.append(article)
        return save(article, findings)

    monkeypatch.setattr(saving, "save", save_one)
    out = io.StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("extract", "--pending", "--json", stdout=out)
    words = "The database failed (server closed the connection). The same command again goes on from there."
    assert (str(ended.value), ended.value.returncode) == (words, 1)
    assert json.loads(out.getvalue())["extracted"] == 1
    assert Article.objects.pending().count() == len(pending) - 1


# --stale, and by number


@pytest.fixture
def stale(db) -> list[Article]:
    """Two that an earlier version read; one is pending, and one is up to date."""
    make_article(article_text(7), extracted_with="")
    make_article(article_text(8), extracted_with=nlp.PIPELINE_VERSION)
    return [
        make_article(article_text(number), source_name=f"{number}.txt", extracted_with="0.9") for number in (1, 2)
    ]


def test_stale_articles_and_no_others(stale, monkeypatch):
    monkeypatch.setattr(extract, "CHUNK", 1)
    assert run(what="--stale") == ("Extracted 2, failed 0\n", "", "")
    assert sorted(Article.objects.values_list("extracted_with", flat=True)) == ["", *[nlp.PIPELINE_VERSION] * 3]
    assert [article.quotations.count() for article in stale] == [2, 2]
    assert run(what="--stale") == ("Extracted 0, failed 0\n", "", "")


def test_a_run_over_stale_articles_that_was_stopped_goes_on(stale, tripping, monkeypatch):
    monkeypatch.setattr(seeking, "BATCH", 1)
    tripping(KeyboardInterrupt(), article_text(2))
    out, _, words = run(what="--stale")
    assert out == "Extracted 1, failed 0\n"
    assert words == "Stopped before the end. The same command again goes on from there."
    tripping.patch.undo()
    assert run(what="--stale") == ("Extracted 1, failed 0\n", "", "")


def test_a_stale_article_that_fails_keeps_what_it_had(stale, tripping):
    made = make_quotation(stale[0], "“We have waited 1 days for this,”")
    tripping(NO_TOKEN)
    assert run(what="--stale") == (
        "Extracted 0, failed 2\n",
        "".join(f"article {one.pk} ({one.source_name}): IndexError: no such token\n" for one in stale),
        FAILED,
    )
    assert set(Article.objects.set_aside()) == set(stale) and stale[0].quotations.get() == made
    assert not Article.objects.stale(nlp.PIPELINE_VERSION).exists()


def test_articles_by_number_whatever_was_found_before(stale):
    fresh = Article.objects.get(extracted_with=nlp.PIPELINE_VERSION)
    assert run(str(fresh.pk), str(fresh.pk), what=str(stale[1].pk)) == ("Extracted 2, failed 0\n", "", "")
    assert [one.quotations.count() for one in (stale[0], stale[1], fresh)] == [0, 2, 2]


def test_a_number_that_no_article_has_is_a_failure(stale):
    assert run(str(stale[0].pk), what="4711") == (
        "Extracted 1, failed 1\n",
        "article 4711: there is none\n",
        "There is nothing with these numbers.",
    )


@pytest.fixture
def decided(stale, analyst) -> Quotation:
    """The machine gives it to Bruno Costa."""
    quotation = make_quotation(stale[0], "“We have waited 1 days for this,”", speaker="Carmen Dahl")
    corrections.accept(quotation, by=analyst, version=1)
    return quotation


def test_where_the_machine_differs_from_a_person_is_a_line(decided):
    assert run(what="--stale") == (
        f"article {decided.article_id}, quotation {decided.pk} “We have waited 1 days for this,” speaker: "
        "a person says Carmen Dahl, the machine Bruno Costa\n"
        "Extracted 2, failed 0; differs from what people decided in 1\n",
        "",
        "",
    )
    decided.refresh_from_db()
    assert (decided.state, str(decided.speaker)) == ("accepted", "Carmen Dahl")
    assert run("--quiet", what=str(decided.article_id)) == ("", "", "")


def test_the_report_as_json(decided):
    out, err, words = run("--json", what="--stale")
    assert (err, words) == ("", "")
    assert json.loads(out) == {
        "extracted": 2,
        "failed": 0,
        "failures": [],
        "disagreements": [
            {
                "article": decided.article_id,
                "quotation": str(decided.uid),
                "content": "“We have waited 1 days for this,”",
                "about": "speaker",
                "person": "Carmen Dahl",
                "machine": "Bruno Costa",
            }
        ],
        "stopped": "",
    }


def test_failures_as_json(stale):
    out, err, words = run("--json", what="4711")
    assert (err, words) == ("", "There is nothing with these numbers.")
    assert json.loads(out)["failures"] == [{"article": 4711, "source": "", "reason": "there is none"}]
