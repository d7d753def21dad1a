"""Rows, marks, overlaps and escaping. No database: the records are never saved."""

import html
import re
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.cards import HUES, Renaming
from articles.models import Article, Quotation, Speaker
from articles.rendering import Reading, passage, ranges_of, read

NAMES = ["Ana Reyes", "Ben Okoro", "Cleo Lund", "Dora Vis", "Eva Stone"]
ANA, BEN, CLEO, DORA, EVA = (Speaker(pk=pk, name=name) for pk, name in enumerate(NAMES, start=1))


def quotation(text: str, words: str, *, mention: str = "", cue: str = "", **fields: object) -> Quotation:
    """A quotation of the first occurrence of each of the words in `text`."""

    def span(sought: str) -> tuple[int, int] | None:
        return (text.index(sought), text.index(sought) + len(sought)) if sought else None

    made = Quotation(kind="direct", **fields)
    content = span(words)
    assert content
    made.set_spans(text, content=[content], cue=span(cue), mention=span(mention))
    return made


def reading(text: str, *quotations: Quotation, title: str = "A title") -> Reading:
    return read(Article(text=text, title=title), sorted(quotations, key=lambda one: one.start))


def hues(text: str, *quotations: Quotation, renamings: Sequence[Renaming] = ()) -> list[int]:
    shown = read(Article(text=text, title="A title"), quotations, renamings=renamings)
    return [card.hue for card in shown.cards]


def text_of(row_html: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", row_html))


def test_marks_content_cue_and_mention():
    text = "“We will pay,” said Ana Reyes."
    made = quotation(text, "“We will pay,”", mention="Ana Reyes", cue="said", speaker=ANA)
    (row,) = reading(text, made).rows
    assert row.html == (
        f'<mark class="content hue-1 suggested lane-0" id="words-{made.uid}-0" data-quotation="{made.uid}">'
        f"“We will pay,”</mark> "
        f'<span class="cue hue-1" data-quotation="{made.uid}">said</span> '
        f'<span class="mention" data-quotation="{made.uid}">Ana Reyes</span>.'
    )


def test_escapes_the_text_inside_and_outside_marks():
    text = "<script>alert(1)</script> “a < b & c,” she said."
    (row,) = reading(text, quotation(text, "“a < b & c,”")).rows
    assert "<script>" not in row.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in row.html
    assert "a &lt; b &amp; c" in row.html


def test_a_rejected_quotation_keeps_its_content_marked_but_not_cue_and_mention():
    text = "“We will pay,” said Ana Reyes."
    made = quotation(text, "“We will pay,”", mention="Ana Reyes", cue="said", state="rejected")
    (row,) = reading(text, made).rows
    assert 'class="content hue-1 rejected lane-0"' in row.html
    assert "mention" not in row.html and "cue" not in row.html


def test_nested_quotations_nest_and_stack_their_lines():
    text = "He said Ana called it “a farce” twice."
    outer = quotation(text, "Ana called it “a farce” twice", speaker=BEN)
    inner = quotation(text, "“a farce”", speaker=ANA)
    (row,) = reading(text, outer, inner).rows
    assert re.sub(r' id="[^"]*"', "", row.html) == (
        f'He said <mark class="content hue-1 suggested lane-0" data-quotation="{outer.uid}">Ana called it '
        f'<mark class="content hue-2 suggested lane-1" data-quotation="{inner.uid}">“a farce”</mark> twice</mark>.'
    )


def test_crossing_quotations_are_closed_and_opened_again():
    text = "one two three four"
    first, second = quotation(text, "one two three"), quotation(text, "three four")
    (row,) = reading(text, first, second).rows
    marks = re.findall(r'data-quotation="([^"]+)"', row.html)
    assert marks == [str(first.uid), str(second.uid), str(second.uid)]
    assert row.html.count("<mark") == row.html.count("</mark>") == 3
    assert text_of(row.html) == text


def test_each_part_of_the_words_has_one_id_by_which_the_card_names_them():
    text = "“One two” she said, “three” and “four.\n\n“Five”"
    made = Quotation(kind="direct")
    starts = [text.index(words) for words in ("“One", "“three", "“four")]
    made.set_spans(text, content=[(0, 9), (starts[1], starts[1] + 7), (starts[2], len(text))], cue=None, mention=None)
    shown = reading(text, made, quotation(text, "two” she said, “th"))
    ids = re.findall(r'id="([^"]*)"', "".join(row.html for row in shown.rows))
    (card, other) = shown.rows[0].cards
    assert sorted(ids) == sorted([*card.words_ids.split(), *other.words_ids.split()])
    assert card.words_ids.split() == [f"words-{made.uid}-{start}" for start in starts]


def test_a_quotation_over_two_paragraphs_is_marked_in_both_and_has_one_card():
    text = "“First part.\n\n“Second part,” she said."
    made = quotation(text, "“First part.\n\n“Second part,”")
    shown = reading(text, made)
    assert [len(row.cards) for row in shown.rows] == [1, 0]
    assert all(str(made.uid) in row.html for row in shown.rows)
    assert shown.rows_touched(ranges_of(made)) == shown.rows


def test_rows_with_counts_the_mention_in_another_paragraph():
    text = "Ana Reyes spoke.\n\n“We will pay.”\n\nThe end."
    made = quotation(text, "“We will pay.”", mention="Ana Reyes")
    shown = reading(text, made)
    assert [row.number for row in shown.rows_touched(ranges_of(made))] == [1, 2]


def test_hues_stay_whoever_is_named_instead_and_the_new_one_takes_the_next():
    text = "“One.”\n\n“Two.”\n\n“Three.”\n\n“Four.”"
    by = [ANA, BEN, CLEO, BEN]
    made = [
        quotation(text, words, speaker=speaker, pk=pk)
        for pk, (words, speaker) in enumerate(zip(["“One.”", "“Two.”", "“Three.”", "“Four.”"], by, strict=True))
    ]
    assert hues(text, *made) == [1, 2, 3, 2]
    made[0].speaker = DORA
    renamings = [(0, ANA.pk, DORA.pk)]
    assert hues(text, *made, renamings=renamings) == [4, 2, 3, 2]
    made[2].speaker = EVA
    renamings += [(2, CLEO.pk, EVA.pk)]
    assert hues(text, *made, renamings=renamings) == [4, 2, 5, 2]
    made[0].speaker = ANA
    renamings += [(0, DORA.pk, ANA.pk)]
    assert hues(text, *made, renamings=renamings) == [1, 2, 5, 2]
    assert [row.number for row in reading(text, *made).rows_touched(ranges_of(made[0]))] == [1]


def test_who_was_unknown_gives_way_to_the_name_without_shifting_others():
    text = "“One,” a skipper said. “Two,” Ben said."
    made = [quotation(text, "“One,”", mention="a skipper", speaker=ANA, pk=1), quotation(text, "“Two,”", speaker=BEN)]
    assert hues(text, *made, renamings=[(1, None, ANA.pk)]) == [3, 2]


def test_a_row_is_marked_only_when_it_is_shown(monkeypatch: pytest.MonkeyPatch):
    marked: list[tuple[int, int]] = []
    monkeypatch.setattr("articles.rendering._marked", lambda text, spans, *, start, end: marked.append((start, end)))
    text = "“One.”\n\n“Two.”"
    shown = reading(text, quotation(text, "“One.”"), quotation(text, "“Two.”"))
    assert not marked
    assert [row.html for row in shown.rows_touched(ranges_of(shown.rows[1].cards[0].quotation))] == [None]
    assert marked == [(8, 14)]


@pytest.mark.parametrize("gap", [" ", "\n\n"], ids=["one row", "many rows"])
def test_the_time_does_not_grow_with_rows_times_quotations(gap: str):
    """Ten thousand take a second of a processor's time; each against each took a minute."""
    text = f"aa,{gap}" * 10_000
    made = [Quotation(kind="direct") for _ in range(10_000)]
    for number, one in enumerate(made):
        start = number * (3 + len(gap))
        one.set_spans(text, content=[(start, start + 2)], cue=None, mention=None)
    begun = time.process_time()
    assert sum(row.html.count("<mark") for row in reading(text, *made).rows) == len(made)
    assert time.process_time() - begun < 10


def test_a_speaker_keeps_one_hue_and_a_ninth_takes_the_first_again():
    text = " ".join(f"“w{number}”" for number in range(HUES + 1))
    made = [
        quotation(text, f"“w{number}”", speaker=Speaker(pk=number + 1, name=f"Speaker {number}"))
        for number in range(HUES + 1)
    ]
    assert hues(text, *made) == [*range(1, HUES + 1), 1]
    made[3].speaker = made[0].speaker
    assert [card.hue for card in reading(text, *made).rows[0].cards][:5] == [1, 2, 3, 1, 4]


def test_the_legend_counts_what_is_not_rejected_and_names_unknown_speakers_by_their_mention():
    text = "“A,” “B,” “C,” some officials said."
    shown = reading(
        text,
        quotation(text, "“A,”", speaker=ANA),
        quotation(text, "“B,”", speaker=ANA, state="rejected"),
        quotation(text, "“C,”", mention="some officials"),
    )
    assert [(entry.label, entry.count) for entry in shown.legend] == [("Ana Reyes", 1), ("Some officials", 1)]
    assert (shown.quotation_count, shown.settled_count) == (3, 1)
    assert shown.speakers == [ANA]


class TestPassage:
    """A quotation that stands alone, as on the page of its permalink."""

    TEXT = "All <ears>. “It & I stay,” said Ida Moss. “We <b>never</b> go.” She left."

    def of(self, text: str, *spans: str, cue: str = "", mention: str = "") -> Quotation:
        def span(words: str) -> tuple[int, int]:
            return text.index(words), text.index(words) + len(words)

        one = quotation(text, spans[0], article=Article(text=text))
        places = [span(cue) if cue else None, span(mention) if mention else None]
        one.set_spans(text, content=[span(words) for words in spans], cue=places[0], mention=places[1])
        return one

    def test_what_stands_between_two_spans_is_shown_and_not_marked(self):
        made = passage(self.of(self.TEXT, "“It & I stay,”", "“We <b>never</b> go.”", cue="said", mention="Ida Moss"))
        words = re.sub(r' data-quotation="[^"]*"', "", made.words)
        assert words == (
            '<mark>“It &amp; I stay,”</mark> <span class="cue">said</span> <span class="mention">Ida Moss</span>. '
            "<mark>“We &lt;b&gt;never&lt;/b&gt; go.”</mark>"
        )
        assert (made.before, made.after) == ("All &lt;ears&gt;. ", " She left.")

    def test_cue_and_mention_in_the_surroundings(self):
        made = passage(self.of(self.TEXT, "“We <b>never</b> go.”", cue="said", mention="Ida Moss"))
        assert '<span class="cue"' in made.before and ">Ida Moss</span>. " in made.before
        assert made.words == "<mark>“We &lt;b&gt;never&lt;/b&gt; go.”</mark>"

    def test_a_mention_within_the_words_and_one_across_their_end(self):
        made = passage(self.of(self.TEXT, "“It & I stay,”", mention="I stay,” said"))
        assert text_of(made.words + made.after) == self.TEXT[12:]
        assert made.words.endswith("I stay,”</span></mark>") and made.after.startswith("<span")

    def test_surroundings_are_cut_at_words(self):
        text = f"{'a ' * 300}“Stay.” he said{' b' * 300}"
        made = passage(self.of(text, "“Stay.”"))
        assert made.before.startswith("… a a") and made.after.endswith("b b …")
        assert 380 < len(text_of(made.before)) < 410
        bare = passage(self.of(f"{'a' * 900}“Stay.”{'b' * 900}", "“Stay.”"))
        assert (bare.before, bare.words, bare.after) == ("… ", "<mark>“Stay.”</mark>", " …")


def test_the_title_line_in_the_text_is_the_headline():
    shown = reading("Dam talks over\n\nThe talks are over.", title="Dam talks over")
    assert shown.headline is shown.rows[0]
    assert [row.number for row in shown.body] == [2]
    assert reading("The talks are over.", title="Dam talks over").headline is None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300), st.data())
def test_every_text_with_any_spans_comes_out_whole(text: str, data: st.DataObject):
    ends = st.integers(0, len(text))
    quotations = []
    for start, end in data.draw(st.lists(st.tuples(ends, ends), max_size=6)):
        if start < end:
            made = Quotation(kind="direct")
            made.set_spans(text, content=[(start, end)], cue=None, mention=None)
            quotations.append(made)
    shown = reading(text, *quotations)
    for row in shown.rows:
        assert text_of(row.html) == html.unescape(html.escape(text[row.start : row.end]))
    outside = set(range(len(text))) - {at for row in shown.rows for at in range(row.start, row.end)}
    assert all(text[at].isspace() for at in outside)
