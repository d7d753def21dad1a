"""Spans of one version of a text find their words in the next one: moved, edited, doubled, gone."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reanchoring import in_place_of, reanchor

NETS = "“The nets were empty,” the harbour master said on Monday."
PORT = "She added that the fleet would stay in port until Friday."
NO = "“No,” said Otto Brandt of the ministry when he was asked."
MAYOR = "The mayor said that talks would go on 😀 in Ellery next week."
OLD = "\n\n".join([NETS, PORT, NO, MAYOR])


def span_of(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def where(words: str, new: str, *, old: str = OLD) -> str | None:
    """The words in `new` at the place to which `words` of `old` went."""
    [span] = reanchor(old, new, [span_of(old, words)])
    return new[slice(*span)] if span else None


WORDS = ["“The nets were empty,”", "the harbour master", "said", "that the fleet would stay in port", "“No,”", "😀"]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize(
    "new",
    [
        OLD,
        f"Updated at noon 😀.\n\n{OLD}\n\nThis was corrected.",
        "\n\n".join([MAYOR, PORT, NETS, NO]),
        OLD.replace("\n\n", "\n"),
        OLD.replace("Monday", "Tuesday").replace("Friday", "the weekend"),
    ],
    ids=["same", "inserted", "reordered", "other breaks", "edited beside"],
)
def test_unchanged_words_are_found_wherever_they_went(words: str, new: str) -> None:
    assert where(words, new) == words


@pytest.mark.parametrize(
    ("words", "was", "now", "expected"),
    [
        ("“The nets were empty,”", "were empty", "were all empty", "“The nets were all empty,”"),
        ("“The nets were empty,”", "“The nets were empty,”", '"The nets were empty!"', '"The nets were empty!"'),
        ("that the fleet would stay in port", "the fleet", "her fleet", "that her fleet would stay in port"),
        ("“No,”", "“No,”", '"NO!"', '"NO!"'),
    ],
)
def test_light_edits_take_the_words_along(words: str, was: str, now: str, expected: str) -> None:
    assert where(words, f"News.\n\n{OLD.replace(was, now)}\n\nMore.") == expected


@pytest.mark.parametrize(
    ("words", "new"),
    [
        ("“The nets were empty,”", OLD.replace("The nets were empty,", "All is as it should be,")),
        ("“The nets were empty,”", OLD.replace(NETS, "")),
        ("“No,”", OLD.replace("“No,”", "“Yes,”")),
        ("Otto Brandt", OLD.replace("Otto Brandt", "Ida Moss")),
        ("the harbour master", OLD.replace(NETS, "") + "\n\nNobody knows who the harbour master is."),
        ("said", "He said nothing."),
        ("“No,”", ""),
    ],
)
def test_words_that_are_gone_are_nowhere(words: str, new: str) -> None:
    assert where(words, new) is None


@pytest.mark.parametrize(
    ("words", "was", "now", "expected"),
    [
        ("said", "said on", "told us on", "told us"),
        ("said", "master said on", "master, on", ","),
        ("said", "the harbour master said", "the mayor denied", "mayor denied"),
        ("“No,”", "“No,”", "“Not at all,”", "“Not at all,”"),
        ("said", " said", "", None),
        ("said", "said", "who had been there since six o’clock in the morning said", None),
        ("said", NETS, "Nobody came.", None),
    ],
)
def test_what_stands_between_the_words_around_it(words: str, was: str, now: str, expected: str | None) -> None:
    new = f"News.\n\n{OLD.replace(was, now, 1)}\n\nMore."
    [span] = in_place_of([span_of(OLD, words)], OLD, new)
    assert (new[slice(*span)] if span else None) == expected


def test_of_the_same_words_in_two_places_that_with_the_surroundings_is_theirs() -> None:
    old = "\n\n".join([f"The mayor came first. {NO}", f"The bishop came later. {NO}", "Nobody else came that day."])
    new = "\n\n".join(["What was said:", *reversed(old.split("\n\n"))])
    first, second = ((at, at + len("“No,”")) for at in (old.index("“No,”"), old.index("“No,”", old.index("bishop"))))
    mapped = reanchor(old, new, [first, second])
    assert mapped[0] and mapped[1]
    assert new[: mapped[0][0]].endswith("The mayor came first. ")
    assert new[: mapped[1][0]].endswith("The bishop came later. ")


def test_one_place_is_not_given_to_two() -> None:
    old = f"The mayor came first, and she was late. {NO}\n\nThe bishop came later, by train. {NO}\n\nThat was it."
    new = f"Now:\n\nThe bishop came later, by train. {NO}\n\nThis was it."
    spans = [(old.index("“No,”"), old.index("“No,”") + 5), (old.rindex("“No,”"), old.rindex("“No,”") + 5)]
    assert reanchor(old, new, spans) == [None, span_of(new, "“No,”")]


def test_surroundings_are_widened_until_they_tell() -> None:
    answer = "Will you resign, she was asked again, before the whole house, on the record? “I will not resign.”"
    questions = [f"{number} o’clock came. {' '.join([answer] * 3)}" for number in ("One", "Two", "Three")]
    old, new = "\n".join(["Old lead.", *questions, "Old end."]), "\n".join(["New top.", *questions, "New tail."])
    starts = [at for at in range(len(old)) if old.startswith("“I will not", at)]
    assert reanchor(old, new, [(at, at + 20) for at in starts]) == [
        (at, at + 20) for at in range(len(new)) if new.startswith("“I will not", at)
    ]


def test_words_without_spaces_between_them() -> None:
    old = "市长说，渔船将留在港口，直到星期五。他没有再说什么。"
    new = f"更新。{old.replace('星期五', '星期六')}完。"
    assert where("渔船将留在港口", new, old=old) == "渔船将留在港口"


@pytest.mark.parametrize("span", [(3, 3), (-1, 4), (0, len(OLD) + 1), (9, 4)])
def test_a_span_that_is_none_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="span"):
        reanchor(OLD, OLD, [span])


texts = st.text(st.sampled_from("ab é“”,.😀\n\u0301港"), max_size=60) | st.text(max_size=40)


@st.composite
def spans_in(draw: st.DrawFn, text: str) -> list[tuple[int, int]]:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).filter(lambda e: e[0] < e[1])
    return [(start, end) for start, end in draw(st.lists(ends, max_size=5))] if text else []


@given(st.data(), texts, texts)
def test_offsets_lie_in_the_new_text_and_no_two_become_one(data: st.DataObject, old: str, new: str) -> None:
    spans = data.draw(spans_in(old))
    mapped = reanchor(old, new, spans)
    assert len(mapped) == len(spans)
    assert all(span is None or 0 <= span[0] < span[1] <= len(new) for span in mapped)
    placed = {(was, now) for was, now in zip(spans, mapped, strict=True) if now}
    assert len({now for _, now in placed}) == len(placed)


@given(st.data(), texts)
def test_the_same_text_keeps_every_span(data: st.DataObject, text: str) -> None:
    spans = data.draw(spans_in(text))
    assert reanchor(text, text, spans) == spans


@given(st.permutations(range(8)), st.integers(0, 3), st.randoms(use_true_random=False))
def test_every_sentence_is_found_again_after_any_move(order: list[int], insert: int, chance: random.Random) -> None:
    vocabulary = [f"word{number}" for number in range(400)]
    chance.shuffle(vocabulary)
    paragraphs = [" ".join(vocabulary[at * 12 : at * 12 + 12]) + "." for at in range(8)]
    old = "\n\n".join(paragraphs)
    new = "\n\n".join(["Stop press!"] * insert + [paragraphs[at] for at in order])
    mapped = reanchor(old, new, [span_of(old, paragraph) for paragraph in paragraphs])
    assert [new[slice(*span)] if span else None for span in mapped] == paragraphs


def test_a_long_article_takes_no_second() -> None:
    chance = random.Random(4)  # noqa: S311
    vocabulary = [f"word{number}" for number in range(3000)]
    paragraphs = [" ".join(chance.choices(vocabulary, k=60)) for _ in range(220)]
    old = "\n\n".join(paragraphs)
    assert len(old) > 90_000
    spans = [(start, start + 120) for start in range(500, len(old) - 200, 300)]
    chance.shuffle(paragraphs)
    edited = [" ".join(word for word in paragraph.split() if chance.random() > 0.02) for paragraph in paragraphs]
    began = time.process_time()
    mapped = reanchor(old, "\n\n".join(edited), spans)
    assert time.process_time() - began < 2  # 0.3 s on two cores of a virtual machine
    assert sum(span is not None for span in mapped) > 0.75 * len(spans)


def test_the_same_end_of_both_texts_may_be_chance() -> None:
    gone, stays, new = "“We sail,” Otto Brandt said.", "“Nobody knows,” Carmen Dahl said.", "“Not I,” Pia Lund said."
    old, later = f"{gone}\n\n{stays}", f"{stays}\n\n{new}"
    assert reanchor(old, later, [(len(old) - 5, len(old) - 1)]) == [(len(stays) - 5, len(stays) - 1)]
