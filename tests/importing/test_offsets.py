import pytest

from articles.importing.offsets import BYTES, CODE_POINTS, UTF_16, Claim, best_reading, converter

TEXT = "😀 Çok iyi 👩‍🍳 “No”"


@pytest.mark.parametrize(
    ("unit", "length"),
    [
        (CODE_POINTS, len),
        (UTF_16, lambda words: len(words.encode("utf-16-le")) // 2),
        (BYTES, lambda words: len(words.encode())),
    ],
)
def test_each_unit_is_told_by_the_words(unit, length) -> None:
    start = TEXT.index("“No”")
    span = length(TEXT[:start]), length(TEXT)
    assert converter(TEXT, unit)(span) == (start, len(TEXT))
    reading = best_reading([TEXT], [Claim((span,), "“No”")], units=(CODE_POINTS, UTF_16, BYTES))
    assert reading.spans_of(Claim((span,), "“No”")) == ((start, len(TEXT)),)


@pytest.mark.parametrize("span", [(-1, 2), (2, 2), (3, 2), (0, 99), (1, 3)])
def test_what_lies_outside_or_inside_a_character(span) -> None:
    assert converter("😀😀", BYTES)(span) is None


def test_the_reading_under_which_most_holds() -> None:
    claims = [Claim(((4, 8),), "“No”"), Claim(((0, 2),), "zz")]
    reading = best_reading(["a\r\nb“No”", "a\nb “No”"], claims, units=(CODE_POINTS,))
    assert reading.text == "a\r\nb“No”"
