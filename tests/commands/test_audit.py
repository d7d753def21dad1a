"""manage.py audit: any character that drifted is found."""

import io

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F

from articles import corrections, versions
from articles.management.commands import audit
from articles.models import Article, FormerText, Quotation
from tests.factories import make_article, make_quotation

TEXT = "😀 “The nets were empty,” Ada مريم Brook said. “We stay.”\n"


@pytest.fixture
def quotation(db) -> Quotation:
    """Two spans, a cue and a mention after characters that bytes and UTF-16 count otherwise."""
    article = make_article(TEXT)
    return make_quotation(article, ["“The nets were empty,”", "“We stay.”"], cue="said", mention="Ada مريم Brook")


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("audit", *args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def drifts(capsys) -> list[str]:
    """The lines of what drifted. It ends as other commands do that found something: their sum, and exit code 1."""
    with pytest.raises(SystemExit, match=r"^1$"):
        call_command("audit")
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert printed.err.splitlines()[-1].startswith(f"Drifts found: {len(lines)}, among ")
    return lines


def test_nothing_to_check(db):
    assert run() == "No drift: 0 quotations in 0 articles.\n"


def test_sound_quotations(quotation):
    make_quotation(quotation.article, "“We stay.”")
    make_article(f"{TEXT}Again.")
    assert run() == "No drift: 2 quotations in 2 articles.\n"
    assert run("--quiet") == ""


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"content": "“The nets are empty,”"}, "content is '“The nets are empty,”', the text says"),
        ({"cue": "says"}, "cue is 'says', the text says 'said'"),
        ({"mention": ""}, "mention is '', the text says 'Ada مريم Brook'"),
        ({"start": F("start") + 1}, "start is 3, the text says 2"),
        ({"end": F("end") - 1}, "end is"),
        ({"cue_start": F("cue_start") - 1}, "cue is 'said', the text says ' said'"),
        ({"cue_start": None, "cue_end": None}, "cue is 'said', the text says ''"),
        ({"mention_end": 10_000}, "mention span"),
        ({"spans": [[2, 24], [47, 10_000]]}, "content span 47–10000 does not follow"),
        ({"spans": [[47, 57], [2, 24]]}, "content span 2–24 does not follow"),
        ({"spans": []}, "a quotation needs at least one content span"),
        ({"spans": [[2]]}, "(spans [[2]])"),
        ({"spans": [2, 24]}, "(spans [2, 24])"),
        ({"spans": [["2", "24"]]}, "(spans [['2', '24']])"),
        ({"spans": "2, 24"}, "(spans '2, 24')"),
        ({"spans": [[2.0, 24.0]]}, "(spans [[2.0, 24.0]])"),
    ],
)
def test_a_drift_gets_its_line_with_article_and_quotation(quotation, capsys, values, expected):
    Quotation.objects.update(**values)
    lines = drifts(capsys)
    assert lines[0].startswith(f"article {quotation.article_id}: quotation {quotation.pk}: ")
    assert expected in lines[0]


def test_a_text_that_changed_under_its_quotations(quotation, capsys):
    Article.objects.update(text=TEXT[1:])
    assert drifts(capsys)[:2] == [
        f"article {quotation.article_id}: the text is not the one whose SHA-256 is stored",
        f"article {quotation.article_id}: quotation {quotation.pk}: content is "
        "'“The nets were empty,” … “We stay.”', the text says 'The nets were empty,”  … We stay.”\\n'",
    ]


def test_every_article_is_read_and_few_at_a_time(quotation, monkeypatch, capsys, django_assert_num_queries):
    monkeypatch.setattr(audit, "CHUNK", 2)
    articles = [make_article(f"{TEXT}{number}") for number in range(4)]
    make_quotation(articles[-1], "“We stay.”")
    Quotation.objects.filter(article=articles[-1]).update(content="We left.")
    # Which migrations are applied (2), and whether a restore was finished; three chunks of articles, of their
    # quotations and former texts; the empty one.
    with (
        django_assert_num_queries(17),
        pytest.raises(SystemExit, match=r"^1$"),
    ):
        call_command("audit")
    printed = capsys.readouterr()
    assert printed.out.startswith(f"article {articles[-1].pk}: ")
    assert "Drifts found: 1, among 2 quotations in 5 articles." in printed.err


def test_quotations_not_in_this_version_are_checked_against_theirs(quotation, analyst, capsys):
    corrections.accept(quotation, by=analyst, version=1)
    text = "Nothing of that stands here any more."
    with transaction.atomic():
        versions.renew(quotation.article, Article(text=text, text_sha256=Article.digest(text), title="Later"))
    assert run() == "No drift: 1 quotations in 1 articles.\n"
    former = FormerText.objects.get()
    FormerText.objects.update(text=former.text.replace("said", "told"))
    assert drifts(capsys) == [
        f"article {quotation.article_id}: version {former.pk}: the text is not the one whose SHA-256 is stored",
        f"article {quotation.article_id}: quotation {quotation.pk}: cue is 'said', the text says 'told'",
    ]
    FormerText.objects.update(text=TEXT, anchors=[{"quotation": quotation.pk, "spans": [[0, 99]], "cue": None}])
    assert drifts(capsys)[0].startswith(f"article {quotation.article_id}: version {former.pk}: 'mention' (anchor")
    FormerText.objects.update(anchors=[{"spans": [[0, 99]], "cue": None, "mention": None}])
    assert "content span 0–99 does not follow" in drifts(capsys)[0]
    FormerText.objects.update(anchors=[])
    other = FormerText.objects.create(
        article=make_article("Other."), text=TEXT, text_sha256=Article.digest(TEXT), imported_at=former.imported_at
    )
    Quotation.objects.update(former_text=other)
    assert drifts(capsys)[-1].endswith("it stands in a former text of another article")
