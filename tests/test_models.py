"""What the database itself refuses, and that stored words are the words at the offsets."""

import time
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from articles.models import (
    CONTENT_GAP,
    NAME_LENGTH,
    Act,
    Alias,
    Article,
    Change,
    Outlet,
    Quotation,
    Speaker,
    is_name,
    name_key,
)
from tests.factories import make_article, make_quotation


@pytest.mark.django_db
class TestConstraints:
    @pytest.mark.parametrize(
        "fields",
        [
            {"start": 5, "end": 5},
            {"start": 9, "end": 5},
            {"cue_start": 4, "cue_end": None},
            {"cue_start": 4, "cue_end": 4},
            {"mention_start": None, "mention_end": 3},
            {"mention_start": 7, "mention_end": 3},
            {"confidence": 1.01},
            {"confidence": -0.1},
            {"kind": "rumour"},
            {"state": "doubtful"},
            {"origin": "oracle"},
            {"state": "accepted"},
            {"state": "rejected", "origin": "person"},
            {"settled_at": "2025-03-04T12:00:00Z"},
        ],
        ids=str,
    )
    def test_a_quotation_that_cannot_be_is_refused(self, fields: dict[str, Any]):
        quotation = make_quotation(make_article(), cue="said", mention="the harbour master")
        with pytest.raises(IntegrityError), transaction.atomic():
            Quotation.objects.filter(pk=quotation.pk).update(**fields)

    @pytest.mark.parametrize(
        "fields",
        [
            {"state": "accepted", "settled_at": "2025-03-04T12:00:00Z"},
            {"state": "rejected", "origin": "imported"},
        ],
        ids=str,
    )
    def test_a_decision_with_its_time_is_kept(self, fields: dict[str, Any]):
        quotation = make_quotation(make_article())
        assert Quotation.objects.filter(pk=quotation.pk).update(**fields) == 1

    @pytest.mark.parametrize(
        ("model", "column", "named"),
        [
            (Article, "outlet_id", "article_outlet_newest"),
            (Quotation, "article_id", "quotation_in_text"),
            (Act, "by_id", "act_of_person"),
        ],
    )
    def test_a_column_that_begins_a_named_index_has_none_of_its_own(self, model: Any, column: str, named: str):
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
        beginning = {name for name, one in found.items() if one["index"] and one["columns"][:1] == [column]}
        assert beginning == {named}

    def test_the_same_text_is_stored_once(self):
        make_article()
        with pytest.raises(IntegrityError), transaction.atomic():
            make_article(title="Another title")

    def test_names_are_one_whatever_their_accents_and_case(self):
        Outlet.objects.create(name="El Faró")
        Speaker.objects.create(name="Zoë Vale")
        for record in (Outlet(name="EL FARO"), Speaker(name="zoe  vale")):
            with pytest.raises(IntegrityError), transaction.atomic():
                record.save()
        Speaker.objects.create(name="Zoe Vale", qualifier="judge")

    def test_an_alias_is_once_a_speaker(self):
        speaker = Speaker.objects.create(name="Zoë Vale")
        speaker.aliases.create(name="Ms Vale")
        with pytest.raises(IntegrityError), transaction.atomic():
            Alias.objects.create(speaker=speaker, name="MS  VALE")

    def test_a_change_is_of_one_record(self, editor: Any):
        act = editor.acts.create(verb="edit")
        for records in ({}, {"article": make_article(), "speaker": Speaker.objects.create(name="X")}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Change.objects.create(act=act, after={}, **records)

    def test_undated_articles_sort_last(self):
        undated = make_article("a")
        dated = make_article("b", published_on="1850-01-01")
        assert list(Article.objects.all()) == [dated, undated]


text_with_spans = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80).flatmap(
    lambda text: st.tuples(
        st.just(text),
        st.lists(st.integers(0, len(text)), min_size=2, max_size=8, unique=True).map(sorted),
        st.tuples(st.integers(0, len(text)), st.integers(0, len(text))),
    )
)


@given(text_with_spans)
def test_stored_words_are_the_slices_at_their_offsets(drawn: tuple[str, list[int], tuple[int, int]]):
    text, points, (left, right) = drawn
    content = list(zip(points[::2], points[1::2], strict=False))
    mention = (min(left, right), max(left, right)) if left != right else None
    quotation = Quotation()
    quotation.set_spans(text, content=content, cue=None, mention=mention)
    assert quotation.content == CONTENT_GAP.join(text[start:end] for start, end in quotation.spans)
    assert (quotation.start, quotation.end) == (content[0][0], content[-1][1])
    assert quotation.mention == (text[mention[0] : mention[1]] if mention else "")
    assert (quotation.cue, quotation.cue_start, quotation.cue_end) == ("", None, None)


@pytest.mark.parametrize(
    ("content", "cue"),
    [
        ([], None),
        ([(0, 0)], None),
        ([(3, 2)], None),
        ([(0, 99)], None),
        ([(0, 4), (3, 6)], None),
        ([(4, 6), (0, 2)], None),
        ([(0, 2)], (5, 5)),
        ([(0, 2)], (5, 99)),
        ([(0, 2)], (-1, 2)),
    ],
    ids=str,
)
def test_spans_that_cannot_be_are_refused(content: list[tuple[int, int]], cue: tuple[int, int] | None):
    with pytest.raises(ValueError, match="span"):
        Quotation().set_spans("0123456789", content=content, cue=cue, mention=None)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("  Luiz Inácio   LULA da Silva ", "luiz inacio lula da silva"),
        ("Straße", "strasse"),
        ("گلنار", "گلنار"),
        ("", ""),
        ("Zo\x07ë\tVa\u00adle\u202e", "zoe vale"),
        ("\u0646\u0645\u06cc\u200c\u0634\u0648\u062f", "\u0646\u0645\u06cc\u200c\u0634\u0648\u062f"),
    ],
)
def test_name_key(name: str, key: str):
    assert name_key(name) == key


def test_a_key_takes_no_longer_for_a_pile_of_accents():
    started = time.thread_time()  # of this thread alone, however busy the machine
    assert name_key("Zoe" + "\u0301\u0316" * 500_000) == "zoe"
    assert time.thread_time() - started < 5


@pytest.mark.parametrize("name", ["Zoë Vale", "🐟", "毛泽东", "'", "x" * NAME_LENGTH, "\u200fגל"])
def test_what_is_a_name(name: str):
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\u0301",
        "\u200b",
        "\u2060\u00ad",
        "\u2003\ufeff",
        "\x07",
        "\u2800",
        "\u3164",
        "´",
        "\ufe0f",
        "Zoë\0",
        "x" * (NAME_LENGTH + 1),
    ],
    ids=ascii,
)
def test_what_is_no_name(name: str):
    assert not is_name(name)


@pytest.mark.django_db
def test_a_save_of_the_name_alone_keeps_its_key_true():
    speaker = Speaker.objects.create(name="Zoë Vale")
    speaker.name = "Una Vale"
    speaker.save(update_fields=["name"])
    assert Speaker.objects.get().key == "una vale"


def test_an_act_undone_and_done_again_a_thousand_times_knows_the_first():
    first = act = Act(verb=Act.Verb.ACCEPT)
    for _ in range(1_500):
        act = Act(verb=Act.Verb.UNDO, undoes=act)
    assert act.first_undone is first
