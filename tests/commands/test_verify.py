"""manage.py verify: what was exported holds, moved, changed or is gone, each by what people and imports do."""

import io
import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from articles import corrections, verifying, versions
from articles.exports import jsonl, table
from articles.exports.formats import FORMATS
from articles.gathering import Selection, records
from articles.models import Article, Quotation, Speaker
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

TEXT = (
    "😀 The harbour master spoke on Monday at the quay, where the boats lay.\n\n“The nets were empty,” she said to "
    "all who would listen.\n\n“Nobody knows why this is so,” said Otto Brandt of the ministry.\n"
)
THERE = [name for name in FORMATS if find_spec(f"articles.exports.{name.replace('-', '_')}")]
NETS, WHY = "“The nets were empty,”", "“Nobody knows why this is so,”"


@pytest.fixture
def article(db: None) -> Article:
    article = make_article(TEXT)
    make_quotation(article, NETS, cue="said", mention="she", speaker="Ida Moss", state="accepted")
    make_quotation(article, WHY, mention="Otto Brandt", speaker="Otto Brandt")
    return article


@pytest.fixture
def nets(article: Article) -> Quotation:
    return article.quotations.get(content=NETS)


@pytest.fixture
def exported(article: Article, tmp_path: Path) -> Path:
    """Of everything, as JSON Lines."""
    return export(tmp_path / "all.jsonl")


def export(path: Path) -> Path:
    with path.open("wb") as out:
        jsonl.write(records(Selection(with_rejected=True, with_hidden=True)), out)
    return path


def run(path: Path, *options: str) -> list[str]:
    """The lines about quotations that hold no more, and nothing where all do."""
    out = io.StringIO()
    try:
        call_command("verify", path, "--quiet", *options, stdout=out, stderr=io.StringIO())
    except SystemExit as ended:
        assert ended.code == 1
    return out.getvalue().splitlines()


def run_with_faults(path: Path) -> tuple[list[str], str]:
    """The lines about quotations, with the sum, and what was told of that could not be read."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit, match=r"^1$"):
        call_command("verify", path, stdout=out, stderr=err)
    return out.getvalue().splitlines(), err.getvalue()


def renewed(article: Article, text: str) -> None:
    """As a new import of the article's address does."""
    article.refresh_from_db()
    new = Article(text=text, text_sha256=Article.digest(text), title=article.title, extracted_with="test")
    with transaction.atomic():
        versions.renew(article, new)


def test_an_export_that_nothing_has_happened_to_holds(exported: Path, nets: Quotation):
    out = io.StringIO()
    call_command("verify", exported, stdout=out, stderr=io.StringIO())
    lines = out.getvalue().splitlines()
    assert lines[0] == f"holds   {nets.uid}  {NETS}"
    assert lines[2:] == ["2 quotations: 2 holds, 0 moved, 0 changed, 0 gone."]
    assert run(exported) == []


class TestMoved:
    def test_with_a_new_version_of_the_text(self, exported: Path, article: Article, nets: Quotation):
        was = nets.start
        renewed(article, f"A new first line.\n\n{TEXT}")
        article.refresh_from_db()
        nets.refresh_from_db()
        expected = (
            f"moved   {nets.uid}  {NETS}  [characters {was}-{was + 22} then, {nets.start}-{nets.end} now; "
            f"in another version of the text, with SHA-256 {article.text_sha256}]"
        )
        assert run(exported)[0] == expected
        assert run(exported)[-1] == "2 quotations: 0 holds, 2 moved, 0 changed, 0 gone."

    def test_in_a_text_that_was_corrected_behind_it(
        self, exported: Path, article: Article, nets: Quotation, editor: User
    ):
        corrections.correct_text(article, TEXT.replace("ministry", "Ministry"), by=editor, version=1)
        assert f"moved   {nets.uid}  {NETS}  [in another version of the text" in run(exported)[0]

    def test_by_a_person_within_the_text(self, tmp_path: Path, analyst: User):
        article = make_article("“No,” he said. “No,” she said.")
        quotation = make_quotation(article, "“No,”", state="accepted")
        path = export(tmp_path / "one.jsonl")
        corrections.revise(quotation, corrections.Wanted(((15, 20),)), by=analyst, version=1)
        assert run(path) == [
            f"moved   {quotation.uid}  “No,”  [characters 0-5 then, 15-20 now]",
            "1 quotation: 0 holds, 1 moved, 0 changed, 0 gone.",
        ]


class TestChanged:
    @pytest.mark.parametrize(
        ("act", "why"),
        [
            (lambda one, by: corrections.reject(one, by=by, version=1), "state: accepted then, rejected now"),
            (
                lambda one, by: corrections.change_speaker(one, name="Ada Brook", by=by, version=1),
                "speaker: Ida Moss then, Ada Brook now",
            ),
            (
                lambda one, by: corrections.edit([corrections.Edit(one, 1, {"kind": "mixed"})], by=by),
                "kind: direct then, mixed now",
            ),
        ],
    )
    def test_by_a_correction(self, exported: Path, nets: Quotation, analyst: User, act: Callable[..., Any], why: str):
        act(nets, analyst)
        assert run(exported) == [
            f"changed {nets.uid}  {NETS}  [{why}]",
            "2 quotations: 1 holds, 0 moved, 1 changed, 0 gone.",
        ]

    def test_its_words(self, exported: Path, nets: Quotation, analyst: User):
        corrections.revise(nets, corrections.Wanted(((nets.start, nets.end - 7),)), by=analyst, version=1)
        assert "[words: “The nets were empty,” then" in run(exported)[0].replace("““", "“").replace(",””", ",”")

    def test_its_speaker_who_was_merged(self, exported: Path, nets: Quotation, editor: User):
        ida = Speaker.objects.create(name="Ida M. Moss")
        corrections.join(ida, nets.speaker, by=editor, versions=(1, 1))  # type: ignore[arg-type]
        assert run(exported)[0].endswith("[speaker: Ida Moss then, Ida M. Moss now]")

    def test_a_text_that_was_changed_past_the_product(self, exported: Path, article: Article):
        Article.objects.update(text=TEXT.replace("empty", "torny"))
        assert run(exported)[0].endswith("[the stored text does not bear its words out: run manage.py audit]")


class TestDoctored:
    """Files that somebody changed, and left what tells it as it was."""

    def doctored(self, path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for record in records:
            if record["record"] == "article":
                change(record)
        path.write_text("".join(f"{json.dumps(one, separators=(',', ':'))}\n" for one in records), "utf-8")
        return path

    def test_the_text_around_a_quotation(self, exported: Path, nets: Quotation):
        self.doctored(exported, lambda article: article.update(text=TEXT.replace("harbour", "airport")))
        why = "the text in the file is not the one it names"
        assert run(exported)[0] == f"changed {nets.uid}  {NETS}  [{why}]"
        assert run(exported)[-1] == "2 quotations: 0 holds, 0 moved, 2 changed, 0 gone."

    def test_a_former_text(self, tmp_path: Path, article: Article, nets: Quotation, editor: User):
        corrections.correct_text(article, TEXT.replace(f"{NETS} she said", "She spoke"), by=editor, version=1)
        path = export(tmp_path / "late.jsonl")
        self.doctored(path, lambda article: article["former_texts"][0].update(text="Other."))
        assert run(path)[0] == f"changed {nets.uid}  {NETS}  [the text in the file is not the one it names]"
        assert run(path)[-1] == "2 quotations: 1 holds, 0 moved, 1 changed, 0 gone."

    def test_what_is_said_to_be_taken_out_and_is_shown(self, exported: Path, nets: Quotation):
        self.doctored(exported, lambda article: article["quotations"][0].update(is_hidden=True))
        assert run(exported)[0] == f"changed {nets.uid}  {NETS}  [taken out then, shown now]"

    def test_what_is_said_to_stand_in_a_former_text_and_does_not(self, exported: Path, nets: Quotation):
        self.doctored(exported, lambda article: article["quotations"][0].update(former_text=0))
        why = "in an earlier version of the text then, in the article's now"
        assert run(exported)[0] == f"moved   {nets.uid}  {NETS}  [{why}]"


class TestGone:
    def test_from_the_text(self, exported: Path, article: Article, nets: Quotation, editor: User):
        corrections.correct_text(article, TEXT.replace(f"{NETS} she said", "She spoke"), by=editor, version=1)
        url = article.former_texts.get().get_absolute_url()
        assert (
            f"gone    {nets.uid}  {NETS}  [its words are not in the article any more; an earlier" in run(exported)[0]
        )
        assert url in run(exported)[0]

    def test_merged_into_another(self, tmp_path: Path, nets: Quotation, analyst: User):
        other, _ = corrections.duplicate(nets, by=analyst, version=1)
        path = export(tmp_path / "two.jsonl")
        corrections.merge(nets, other, by=analyst, versions=(1, 1))
        assert f"gone    {other.uid}  {NETS}  [it was taken out, or merged into another]" in run(path)

    def test_suggested_no_more(self, exported: Path, nets: Quotation):
        Quotation.objects.exclude(pk=nets.pk).delete()
        said = "it was a suggestion, which goes with a new version or another reading unless somebody has touched it"
        assert run(exported)[0].endswith(f"[there is no such quotation; {said}]")

    def test_in_a_hidden_article(self, exported: Path, article: Article, nets: Quotation):
        Article.objects.update(is_hidden=True)
        assert run(exported)[0] == f"gone    {nets.uid}  {NETS}  [its article is hidden]"


def test_what_was_gone_when_it_was_exported_holds(tmp_path: Path, article: Article, nets: Quotation, editor: User):
    """A file that says that the words stood in an earlier version, or were taken out, is right."""
    _, act = corrections.duplicate(nets, by=editor, version=1)
    corrections.undo(act, by=editor)
    corrections.correct_text(article, TEXT.replace(f"{NETS} she said", "She spoke"), by=editor, version=1)
    make_article("Hidden.", is_hidden=True)
    assert run(export(tmp_path / "late.jsonl")) == []


@pytest.mark.one_engine
@pytest.mark.parametrize("name", ["csv", "xlsx"])
class TestTables:
    @pytest.fixture
    def path(self, article: Article, tmp_path: Path, name: str) -> Path:
        return tmp_path / f"table.{name}"

    def write(self, path: Path, name: str) -> None:
        with path.open("wb") as out:
            FORMATS[name].module.write(records(Selection(with_rejected=True, with_hidden=True)), out)

    def test_what_stood_in_a_former_text_holds_until_it_is_back(
        self, path: Path, article: Article, nets: Quotation, editor: User, name: str
    ):
        corrections.correct_text(article, TEXT.replace(f"{NETS} she said", "She spoke"), by=editor, version=1)
        self.write(path, name)
        assert run(path) == []
        article.refresh_from_db()
        corrections.correct_text(article, article.text.replace("all", "everybody"), by=editor, version=2)
        assert run(path)[-1] == "2 quotations: 1 holds, 1 moved, 0 changed, 0 gone."
        article.refresh_from_db()
        corrections.correct_text(article, TEXT, by=editor, version=3)
        nets.refresh_from_db()
        wanted = corrections.Wanted(((nets.start, nets.end),), speaker="Ida Moss")
        corrections.revise(nets, wanted, by=editor, version=nets.version)
        why = "in an earlier version of the text then, in the article's now"
        assert f"moved   {nets.uid}  {NETS}  [{why}]" in run(path)

    def test_one_of_an_older_version_names_its_text_by_the_hash_alone(
        self,
        path: Path,
        article: Article,
        nets: Quotation,
        editor: User,
        name: str,
        monkeypatch: pytest.MonkeyPatch,
    ):
        with monkeypatch.context() as older:
            older.setattr(FORMATS[name].module, "HEADINGS", table.FORMERLY)
            self.write(path, name)
        assert run(path) == []
        corrections.correct_text(article, TEXT.replace(f"{NETS} she said", "She spoke"), by=editor, version=1)
        out = io.StringIO()
        with pytest.raises(SystemExit):
            call_command("verify", path, stdout=out, stderr=io.StringIO())
        where = article.former_texts.get().get_absolute_url()
        assert f"holds   {nets.uid}  {NETS}  [in an earlier version of the text: {where}]" in out.getvalue()


def written(path: Path, *quotations: dict[str, Any], **article: Any) -> Path:
    head = {"record": "head", "version": 1, "articles": 1, "quotations": len(quotations)}
    told = {"record": "article", "quotations": list(quotations)} | article
    end = {"record": "end", "articles": 1, "quotations": len(quotations), "speakers": 0, "acts": 0}
    path.write_text("".join(f"{json.dumps(one, separators=(',', ':'))}\n" for one in (head, told, end)), "utf-8")
    return path


@pytest.mark.one_engine
@pytest.mark.parametrize("name", THERE)
def test_every_format_holds_and_then_does_not(tmp_path: Path, article: Article, editor: User, name: str):
    path = tmp_path / "export"
    with path.open("wb") as out:
        FORMATS[name].module.write(records(Selection(), address="https://newsroom.example"), out)
    assert run(path, "--format", name) == []
    corrections.correct_text(article, f"A new first line.\n\n{TEXT}", by=editor, version=1)
    assert run(path, "--format", name)[-1] == "2 quotations: 0 holds, 2 moved, 0 changed, 0 gone."


@pytest.mark.one_engine
@pytest.mark.parametrize("name", THERE)
def test_every_format_knows_words_that_left_the_text(
    tmp_path: Path, article: Article, nets: Quotation, editor: User, name: str
):
    path = tmp_path / "export"
    with path.open("wb") as out:
        FORMATS[name].module.write(records(Selection(), address="https://newsroom.example"), out)
    corrections.correct_text(article, TEXT.replace(f"{NETS} she said", "She spoke"), by=editor, version=1)
    lines = run(path, "--format", name)
    where = article.former_texts.get().get_absolute_url()
    why = f"its words are not in the article any more; an earlier version had them: {where}"
    assert lines[0].startswith(f"gone    {nets.uid}") and lines[0].endswith(f"[{why}]")
    assert lines[-1] == "2 quotations: 0 holds, 1 moved, 0 changed, 1 gone."


@pytest.mark.one_engine
class TestFormatsThatCarryLess:
    def test_found_by_text_and_offsets_or_words(self, tmp_path: Path, article: Article, nets: Quotation):
        path = tmp_path / "less.jsonl"
        assert run(written(path, {"spans": nets.spans}, text=TEXT)) == []
        assert run(written(path, {"content": NETS, "kind": "direct"}, text_sha256=article.text_sha256)) == []
        assert run(written(path, {"spans": [[0, 3]], "content": "x"}, text=TEXT))[0].startswith(
            "gone    -  x  [there"
        )
        assert run(written(path, {"spans": nets.spans, "kind": "mixed"}, text=TEXT))[0].endswith(
            "[kind: mixed then, direct now]"
        )
        assert "there is no such" in run(written(path, {"spans": nets.spans}))[0]
        assert "there is no such" in run(written(path, {"uid": "no uid", "content": "a"}, text="Other."))[0]

    def test_found_in_a_later_version(self, tmp_path: Path, article: Article, nets: Quotation):
        renewed(article, f"A new first line.\n\n{TEXT}")
        path = written(tmp_path / "less.jsonl", {"content": NETS}, text=TEXT)
        assert run(path)[0].startswith(f"moved   {nets.uid}  {NETS}  [in another version of the text")


@pytest.mark.one_engine
class TestPermalinksThatWereKept:
    @pytest.mark.parametrize("form", ["jsonld", "json", "txt"])
    def test_they_hold_and_then_do_not(
        self, viewer_client: Client, tmp_path: Path, nets: Quotation, analyst: User, form: str
    ):
        path = tmp_path / "kept"
        path.write_bytes(viewer_client.get(f"/quotations/{nets.uid}/?format={form}").content)
        assert run(path) == []
        corrections.reject(nets, by=analyst, version=1)
        assert run(path)[0] == f"changed {nets.uid}  {NETS}  [state: accepted then, rejected now]"

    @pytest.mark.parametrize("form", ["jsonld", "txt"])
    def test_of_a_former_text(
        self, viewer_client: Client, tmp_path: Path, article: Article, nets: Quotation, form: str
    ):
        renewed(article, TEXT.replace(f"{NETS} she said", "She spoke"))
        path = tmp_path / "kept"
        path.write_bytes(viewer_client.get(f"/quotations/{nets.uid}/?format={form}").content)
        assert run(path) == []

    def test_cut_off(self, viewer_client: Client, tmp_path: Path, nets: Quotation):
        path = tmp_path / "kept"
        path.write_bytes(viewer_client.get(f"/quotations/{nets.uid}/?format=json").content[:-30])
        assert run(path) == ["0 quotations: 0 holds, 0 moved, 0 changed, 0 gone. The file is not whole."]


@pytest.mark.one_engine
class TestBadFiles:
    def test_one_that_breaks_off_is_named_behind_what_could_be_checked(self, exported: Path, nets: Quotation):
        lines = exported.read_bytes().splitlines(keepends=True)
        err, out = io.StringIO(), io.StringIO()
        exported.write_bytes(b"".join(lines[:-1]) + lines[-1][:5])
        with pytest.raises(SystemExit, match=r"^1$"):
            call_command("verify", exported, stdout=out, stderr=err)
        assert out.getvalue().endswith("2 quotations: 2 holds, 0 moved, 0 changed, 0 gone. The file is not whole.\n")
        assert str(nets.uid) in out.getvalue()
        assert "the file breaks off" in err.getvalue()

    def test_a_damaged_line_costs_itself(self, exported: Path):
        lines = exported.read_bytes().splitlines(keepends=True)
        exported.write_bytes(b"".join([lines[0], b"{\n", *lines[1:]]))
        err, out = io.StringIO(), io.StringIO()
        with pytest.raises(SystemExit, match=r"^1$"):
            call_command("verify", exported, stdout=out, stderr=err)
        assert "2 quotations: 2 holds" in out.getvalue() and "Error" not in err.getvalue()
        assert "line 2: not JSON" in err.getvalue()

    def test_one_of_a_later_version_is_refused(self, exported: Path):
        exported.write_bytes(exported.read_bytes().replace(b'"version":1', b'"version":2', 1))
        with pytest.raises(CommandError, match="of version 2; this Newsroom reads up to 1"):
            call_command("verify", exported, stdout=io.StringIO(), stderr=io.StringIO())

    def test_what_is_no_export(self, db: None, tmp_path: Path):
        for content in (b"", b"PK\x03\x04 something", b"\x00" * 50, b"{}"):
            (tmp_path / "x").write_bytes(content)
            with pytest.raises(CommandError, match="it begins as no format does; name one with --format: jsonl, "):
                call_command("verify", tmp_path / "x")
        with pytest.raises(CommandError, match="No such file"):
            call_command("verify", tmp_path / "missing")
        with pytest.raises(CommandError, match="line 1: not JSON"):
            call_command("verify", tmp_path / "x", "--format", "jsonl") if (tmp_path / "x").write_bytes(b"x\n") else 0
        with pytest.raises(CommandError, match="there is no format"):
            call_command("verify", tmp_path / "x", "--format", "docx")

    @pytest.mark.parametrize(
        "quotation",
        [
            *({"spans": [5]}, {"spans": "ab"}, {"spans": [["a", "b"]]}, {"spans": [[float("inf"), 2]]}),
            *({"spans": [[1e308, 2]]}, {"spans": {"a": 1}}, {"former_text": "x"}, {"former_text": -5}),
            *({"content": 5}, {"content": [1]}, {"speaker_name": [1]}, {"kind": {}}, {"uid": [1]}, "a string", None),
        ],
    )
    def test_what_is_no_record_is_named_and_the_rest_goes_on(
        self, tmp_path: Path, article: Article, nets: Quotation, quotation: Any
    ):
        path = written(tmp_path / "x.jsonl", quotation, {"uid": str(nets.uid)}, text_sha256=article.text_sha256)
        lines, faults = run_with_faults(path)
        assert lines == [
            f"holds   {nets.uid}  {NETS}",
            "1 quotation: 1 holds, 0 moved, 0 changed, 0 gone. The file is not whole.",
        ]
        assert "an article in it is no record as exports have them: 1 of its 2 quotations cannot be read" in faults

    @pytest.mark.parametrize(
        "wrong",
        [
            *({"text_sha256": "\0"}, {"text": "\ud800"}, {"text": 5}, {"text_sha256": "ab"}, {"text_sha256": [1]}),
            *({"former_texts": 5}, {"former_texts": [5]}),
        ],
    )
    def test_what_is_no_article_is_named(self, db: None, tmp_path: Path, wrong: dict[str, Any]):
        lines, faults = run_with_faults(written(tmp_path / "x.jsonl", {"spans": [[0, 1]]}, **wrong))
        assert lines[-1].endswith("The file is not whole.")
        assert "an article in it is no record as exports have them, and cannot be read" in faults

    def test_other_odd_lines(self, db: None, tmp_path: Path):
        path = written(tmp_path / "x.jsonl", **{"quotations": 5})
        path.write_text(path.read_text("utf-8").replace('"quotations":0', '"quotations":"many"', 1), "utf-8")
        assert "cannot be read" in run_with_faults(path)[1]
        lines = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([lines[0], '{"record":[]}', "[" * 100_000, *lines[1:], ""]), "utf-8")
        faults = run_with_faults(path)[1]
        assert "line 2: no record of an export" in faults and "line 3: not JSON" in faults

    def test_a_kept_permalink_that_nests_without_end(self, db: None, tmp_path: Path):
        (tmp_path / "x").write_text('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", "utf-8")
        with pytest.raises(CommandError, match="not JSON"):
            call_command("verify", tmp_path / "x", "--format", "permalink-jsonld")

    @pytest.mark.parametrize("options", [(), ("--json",)])
    def test_words_cannot_steer_the_terminal(self, db: None, tmp_path: Path, options: tuple[str, ...]):
        path = written(tmp_path / "x.jsonl", {"content": "\x1b[2J\ud800 a", "speaker_name": "\x9b", "uid": "\x1bu"})
        told = "".join(run(path, *options))
        assert "\x1b" not in told and "\x9b" not in told and told.encode()


def test_for_programs(exported: Path, nets: Quotation, analyst: User):
    corrections.reject(nets, by=analyst, version=1)
    out = io.StringIO()
    with pytest.raises(SystemExit, match=r"^1$"):
        call_command("verify", exported, "--json", stdout=out, stderr=io.StringIO())
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert lines[0] == {
        "quotation": str(nets.uid),
        "verdict": "changed",
        "why": ["state: accepted then, rejected now"],
        "words": NETS,
    }
    assert lines[-1] == {"holds": 1, "moved": 0, "changed": 1, "gone": 0, "quotations": 2, "faults": []}


def test_queries_grow_with_lots_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Callable[..., Any]
):
    for number in range(6):
        make_quotation(make_article(f"{TEXT}{number}"), NETS)
    path = export(tmp_path / "six.jsonl")
    monkeypatch.setattr(verifying, "CLAIMS", 3)
    # Which migrations are applied (2), whether a restore was finished; of each three the quotations, and the texts.
    with django_assert_num_queries(7):
        assert run(path) == []
