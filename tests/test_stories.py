"""Near-copies are joined to stories as they come in, by however many processes at once, and nothing is lost."""

import signal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from articles import stories
from articles.importing import Source
from articles.importing import near_copies as nc
from articles.models import Article, KeyOfCopy, SignatureOfText, Story
from tests.bench.wire import Newsroom
from tests.factories import ingest, make_article
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def wire() -> Newsroom:
    return Newsroom(11)


def text(wire: Newsroom, sentences: list[str]) -> str:
    return wire.made(sentences, 0, "").text


def stored(text: str) -> Article:
    article = make_article(text)
    stories.join(article)
    return article


def stories_of(*articles: Article) -> list[int | None]:
    found = dict(Article.objects.values_list("pk", "story"))
    return [found[article.pk] for article in articles]


def test_an_article_without_near_copies_has_no_story_until_a_second_comes(wire: Newsroom):
    sentences = wire.sentences(300)
    first, other = stored(text(wire, sentences)), stored(text(wire, wire.sentences(300)))
    assert stories_of(first, other) == [None, None]
    second = stored(text(wire, sentences[: len(sentences) // 2]))
    story = Story.objects.get()
    assert second.story == story
    assert stories_of(first, second, other) == [story.pk, story.pk, None]


def test_joining_again_changes_nothing(wire: Newsroom):
    sentences = wire.sentences(300)
    articles = [stored(text(wire, sentences)) for _ in range(2)]
    before = stories_of(*articles), set(KeyOfCopy.objects.values_list("article", "value"))
    for article in Article.objects.all():
        stories.join(article)
    assert (stories_of(*articles), set(KeyOfCopy.objects.values_list("article", "value"))) == before


def test_an_article_that_is_a_copy_of_two_stories_merges_them_into_the_older(wire: Newsroom):
    head, tail = wire.sentences(250), wire.sentences(250)
    heads = [stored(text(wire, head)) for _ in range(2)]
    tails = [stored(text(wire, tail)) for _ in range(3)]
    older, newer = Story.objects.all()
    assert stories_of(*heads, *tails) == [older.pk] * 2 + [newer.pk] * 3
    both = stored(text(wire, [*head, *tail]))
    assert set(stories_of(*heads, *tails, both)) == {older.pk}
    newer.refresh_from_db()
    assert newer.merged_into == older


def test_a_story_that_was_merged_twice_leads_to_the_last(wire: Newsroom):
    first, second, third = Story.objects.create(), Story.objects.create(), Story.objects.create()
    articles = [make_article(f"{n}", story=story) for n, story in enumerate([third, second, first])]
    with transaction.atomic():
        stories._join([(articles[0].pk, articles[1].pk)])
        stories._join([(articles[1].pk, articles[2].pk)])
    assert set(Story.objects.exclude(pk=first.pk).values_list("merged_into", flat=True)) == {first.pk}
    assert set(stories_of(*articles)) == {first.pk}


def test_the_database_refuses_a_story_that_leads_to_itself_or_a_newer_one():
    older, newer = Story.objects.create(), Story.objects.create()
    for target in (older, newer):
        with pytest.raises(IntegrityError), transaction.atomic():
            Story.objects.filter(pk=older.pk).update(merged_into=target)


def test_short_texts_are_looked_at_once_and_have_no_keys():
    articles = [stored(f"The nets were empty, she said {n}.") for n in range(2)]
    assert stories_of(*articles) == [None, None]
    assert SignatureOfText.objects.count() == 2 and not KeyOfCopy.objects.exists()


def test_what_many_articles_share_is_held_by_few_of_them(wire: Newsroom):
    sentences = wire.sentences(60)
    articles = [stored(f"{text(wire, sentences)} {n}") for n in range(stories.COMMON + 8)]
    held = KeyOfCopy.objects.holders(nc.Compared(articles[0].text).signature.keys)
    assert max(map(len, held.values())) == stories.COMMON
    assert len(set(stories_of(*articles))) == 1


@pytest.mark.parametrize("others", [1, 40])
def test_the_number_of_queries_does_not_grow(
    wire: Newsroom, django_assert_num_queries: DjangoAssertNumQueries, others: int
):
    sentences = wire.sentences(200)
    for _ in range(others + 1):
        stored(text(wire, sentences))
    article = make_article(text(wire, sentences))
    with django_assert_num_queries(14 if connection.vendor == "postgresql" else 13):
        stories.join(article)


# Through importing


def test_importing_joins(wire: Newsroom, tmp_path: Path):
    sentences = wire.sentences(250)
    for name in "ab":
        (tmp_path / name).write_text(text(wire, sentences), encoding="utf-8")
        assert all(not outcome.reason for outcome in ingest([Source(name, tmp_path / name)]))
    assert Story.objects.get().articles.count() == 2


def test_the_story_goes_with_the_article_that_cannot_be_stored(
    wire: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(new: object, known: object) -> None:
        raise IntegrityError("refused")

    # Generated words are of no language that could be told for certain.
    monkeypatch.setattr("articles.importing.reading.language_of", lambda text, declared: "en")
    first = stored(text(wire, sentences := wire.sentences(250)))
    (tmp_path / "copy").write_text(text(wire, sentences), encoding="utf-8")
    [failed] = ingest([Source("copy", tmp_path / "copy")], defer=refuse)
    assert failed.reason == "refused by the database (refused)"
    assert not Story.objects.exists() and SignatureOfText.objects.count() == 1
    assert stories_of(first) == [None]


# At once


def imported(text: str) -> Article:
    with transaction.atomic():
        article = make_article(text)
        stories.join(article)
    return article


@pytest.mark.django_db(transaction=True)
def test_two_copies_in_the_same_moment_are_one_story(wire: Newsroom):
    make_article("The outlet is there.")
    for _ in range(15):
        sentences = wire.sentences(200)
        texts = [text(wire, sentences) for _ in range(3)]
        outcomes = at_once(*(lambda text=text: imported(text) for text in texts))
        assert all(isinstance(outcome, Article) for outcome in outcomes), outcomes
        (story,) = set(stories_of(*outcomes))
        assert story is not None


@pytest.mark.django_db(transaction=True)
def test_stories_that_are_merged_from_two_sides_in_the_same_moment_are_one(wire: Newsroom):
    """Chains a–b and b–c at once, while each of a, b and c is a story: nobody is left in a merged one."""
    make_article("The outlet is there.")
    for _ in range(10):
        parts = [wire.sentences(160) for _ in range(3)]
        members = [stored(text(wire, part)) for part in parts for _ in range(2)]
        assert len(set(stories_of(*members))) == 3
        bridges = [text(wire, [*parts[0], *parts[1]]), text(wire, [*parts[1], *parts[2]])]
        cut = text(wire, parts[2][:-1])
        outcomes = at_once(*(lambda text=text: imported(text) for text in (*bridges, cut)))
        assert all(isinstance(outcome, Article) for outcome in outcomes), outcomes
        (story,) = set(stories_of(*members, *outcomes))
        assert story and Story.objects.get(pk=story).merged_into is None


# manage.py stories


def test_rebuild_joins_what_is_stored_goes_on_and_ends(wire: Newsroom, capsys: pytest.CaptureFixture[str]):
    sentences = wire.sentences(250)
    articles = [make_article(text(wire, sentences)) for _ in range(3)]
    stories.join(articles[0])
    call_command("stories", "--rebuild")
    assert capsys.readouterr().out == "Looked at 2, joined to a story 2\n"
    assert len(set(stories_of(*articles))) == 1
    call_command("stories", "--rebuild", "--json")
    assert capsys.readouterr().out == '{"looked_at": 0, "joined": 0, "stopped": ""}\n'
    SignatureOfText.objects.update(version=nc.VERSION + 1)
    call_command("stories", "--rebuild", "--quiet")
    assert capsys.readouterr().out == ""
    assert set(SignatureOfText.objects.values_list("version", flat=True)) == {nc.VERSION}


@pytest.mark.parametrize(
    ("number", "said", "exit_code"),
    [(signal.SIGINT, "Stopped before the end.", 130), (signal.SIGTERM, "Told to end (SIGTERM).", 143)],
    ids=["Ctrl-C", "SIGTERM"],
)
@pytest.mark.usefixtures("ctrl_c_is_heard")
def test_a_rebuild_that_is_ended_early_says_so_and_goes_on(
    wire: Newsroom, monkeypatch: pytest.MonkeyPatch, number: int, said: str, exit_code: int
):
    def join(article: Article) -> Story | None:
        if article.pk == articles[1].pk:
            signal.raise_signal(number)
        return stories.join(article)

    articles = [make_article(text(wire, wire.sentences(20))) for _ in range(3)]
    with monkeypatch.context() as patch, pytest.raises(CommandError) as ended:
        patch.setattr("articles.management.commands.stories.join", join)
        call_command("stories", "--rebuild", "--quiet")
    assert ended.value.returncode == exit_code
    assert str(ended.value) == f"{said} What is joined stays; the same command goes on from there."
    assert Article.objects.unsigned(nc.VERSION).count() == 2
    call_command("stories", "--rebuild", "--quiet")
    assert not Article.objects.unsigned(nc.VERSION).exists()
