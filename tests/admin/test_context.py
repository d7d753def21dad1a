"""A quotation in its sentence: at the ends of the text, of the window that is fetched, and of the sentence."""

import pytest

from articles.admin.context import AROUND, in_context, with_context
from articles.models import Quotation
from tests.factories import make_article, make_quotation

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def shown(text: str, *content: str, longest: int | None = None) -> str:
    quotation = make_quotation(make_article(text), content)
    return str(in_context(with_context(Quotation.objects.all()).get(pk=quotation.pk), longest=longest))


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“Nets,”", "“Nets,”", "<mark>“Nets,”</mark>"),
        ("“Nets,” she said.", "“Nets,”", "<mark>“Nets,”</mark> she said."),
        ("She said “nets”", "“nets”", "She said <mark>“nets”</mark>"),
        ("She said “nets”.\n", "“nets”", "She said <mark>“nets”</mark>."),
        ("x", "x", "<mark>x</mark>"),
        ("🐟 “é́ 🐟” 🐟", "“é́ 🐟”", "🐟 <mark>“é́ 🐟”</mark> 🐟"),
    ],
)
def test_at_the_very_start_and_end_of_the_text(text: str, content: str, expected: str):
    assert shown(text, content) == expected


def test_the_sentences_around_are_left_out():
    text = "The fleet slept. Then “the nets were empty,” she said. Nobody knew."
    assert shown(text, "“the nets were empty,”") == "Then <mark>“the nets were empty,”</mark> she said."


def test_a_line_ends_a_sentence_too():
    assert shown("Empty nets\n\n“Nets,” she said\nMore", "“Nets,”") == "<mark>“Nets,”</mark> she said"


@pytest.mark.parametrize("far", [AROUND - 1, AROUND, AROUND + 1])
def test_a_start_of_the_text_just_within_or_beyond_the_window(far: int):
    before = ("word " * AROUND)[:far]
    text = f"{before}“nets”"
    expected = before if far <= AROUND else f"… {before[1:].partition(' ')[2]}"
    assert shown(text, "“nets”") == f"{expected}<mark>“nets”</mark>"


@pytest.mark.parametrize("far", [AROUND - 1, AROUND, AROUND + 1])
def test_an_end_of_the_text_just_within_or_beyond_the_window(far: int):
    after = ("".join(f" {number:03}" for number in range(AROUND)))[:far]
    expected = after if far <= AROUND else f"{after[:AROUND].rpartition(' ')[0]} …"
    assert shown(f"“nets”{after}", "“nets”") == f"<mark>“nets”</mark>{expected}"


def test_words_without_a_space_are_not_lost():
    assert "字" * 50 in shown("字" * 500 + "“nets”" + "字" * 500, "“nets”").partition("<mark>")[0]
    assert "字" * 50 in shown("文" * 500 + "“nets”" + "字" * 500, "“nets”").partition("</mark>")[2]


def test_several_spans_with_the_words_between():
    text = "“Nets,” she said, “are <empty>.” So."
    assert shown(text, "“Nets,”", "“are <empty>.”") == (
        "<mark>“Nets,”</mark> she said, <mark>“are &lt;empty&gt;.”</mark> So."
    )


def test_a_long_span_is_shortened_in_a_list():
    text = f"“{'a' * 100}{'b' * 100}”"
    assert shown(text, text, longest=30) == f"<mark>“{'a' * 19} […] {'b' * 9}”</mark>"
