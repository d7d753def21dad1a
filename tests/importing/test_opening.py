import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.opening import Opening, first_sentence, read_opening

BODY = "The bridge was closed on Monday. It will open in May."


@pytest.mark.parametrize(
    "headline",
    [
        "Swale Bridge shut",
        "“I’m not swimming to work”",
        "Who paid?",
        "Stop!",
        "No talks with the U.S.",
        "And then…",
        "And then...",
        "گلنار 🍲",
        "x" * 150,
    ],
)
def test_a_headline_and_an_empty_line(headline: str) -> None:
    assert read_opening(f"{headline}\n\n{BODY}").title == headline
    assert read_opening(f"\n\n  {headline} \n \n{BODY}").title == headline


@pytest.mark.parametrize("line", ["TEHRAN – ", "LONDON (Reuters) - "])
def test_a_headline_straight_before_a_dateline(line: str) -> None:
    opening = read_opening(f"Swale Bridge shut\n{line}{BODY}")
    assert opening.title == "Swale Bridge shut"
    assert opening.place


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (BODY, "The bridge was closed on Monday"),
        ("The bridge was closed.\n\nIt will open.", "The bridge was closed"),
        ("He said:\n\n“No.”", "He said:"),
        ("The bridge was\nclosed on Monday. It will open.", "The bridge was closed on Monday"),
        ("The bridge was\nclosed\n\nIt will open.", "The bridge was closed"),
        (f"TEHRAN – {BODY}", "The bridge was closed on Monday"),
        (f"By Jane Roe\n\n{BODY}", "The bridge was closed on Monday"),
        (f"By Jane Roe\nTEHRAN – {BODY}", "The bridge was closed on Monday"),
        ("One line only", "One line only"),
        ("By Jane Roe", "By Jane Roe"),
        ("It was the U.S.", "It was the U.S."),
        ("“We won’t go,” he said. “Not now.”", "“We won’t go,” he said"),
        ("...", "..."),
        (".", "."),
        (f"{'x' * 151}\n\n{BODY}", f"{'x' * 119}…"),
    ],
)
def test_a_title_made_from_the_first_sentence(text: str, title: str) -> None:
    assert read_opening(text).title == title


def test_a_long_first_sentence_is_cut_at_a_word_and_its_comma_goes() -> None:
    assert read_opening("abcdefg, " * 20).title == ("abcdefg, " * 13).rstrip(" ,") + "…"


@pytest.mark.parametrize("length", [119, 120, 121, 122])
def test_a_made_title_keeps_to_120_characters(length: int) -> None:
    sentence = "x" * 60 + " " + "y" * (length - 61)
    assert read_opening(sentence).title == (sentence if length <= 120 else "x" * 60 + "…")


def test_a_word_that_just_fits_is_kept() -> None:
    sentence = "x" * 60 + " " + "y" * 58 + " " + "z" * 30
    assert read_opening(sentence).title == "x" * 60 + " " + "y" * 58 + "…"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"TEHRAN – {BODY}", "Tehran"),
        (f"Headline\n\nTEHRAN – {BODY}", "Tehran"),
        (f"FOR IMMEDIATE RELEASE\n\nHeadline\n\nBy Jane Roe\n\nTEHRAN – {BODY}", "Tehran"),
        (f"1\n2\n3\n4\n5\n6\nTEHRAN – {BODY}", ""),
        (f"{BODY} TEHRAN – He", ""),
    ],
)
def test_the_datelines_place(text: str, place: str) -> None:
    assert read_opening(text).place == place


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("BY JANE ROE", "JANE ROE"),
        ("By Jane Roe and Ana de la Cruz in Port Ellery", "Jane Roe and Ana de la Cruz in Port Ellery"),
        ("By Jane", ""),
        ("By the river", ""),
        ("By Jane Roe.", ""),
        ("By Monday the bridge was shut", ""),
    ],
)
def test_a_byline_under_the_headline(line: str, byline: str) -> None:
    assert read_opening(f"Headline\n{line}\n\n{BODY}").byline == byline
    assert read_opening(f"Headline\n\n{line}\n\n{BODY}").byline == byline


def test_a_headline_straight_before_a_byline() -> None:
    assert read_opening(f"Headline\nBy Jane Roe\n{BODY}") == Opening("Headline", "Jane Roe", "")


@pytest.mark.parametrize(
    ("passage", "sentence"),
    [
        ("Mr. Roe of St. Louis left. He did.", "Mr. Roe of St. Louis left."),
        ("J. K. Roe left. He did.", "J. K. Roe left."),
        ("The U.S. The end. He did.", "The U.S. The end."),
        ("On Sept. 3 he left. He did.", "On Sept. 3 he left."),
        ("He left! He did.", "He left!"),
        ("He said: “No.” He left.", "He said: “No.”"),
        ("It is 4.5 miles. He left.", "It is 4.5 miles."),
        ("it has no end", "it has no end"),
        ("it goes on. and on", "it goes on. and on"),
    ],
)
def test_where_a_sentence_ends(passage: str, sentence: str) -> None:
    assert first_sentence(passage) == sentence


def test_one_line_of_megabytes_takes_no_time() -> None:
    assert read_opening("word " * 1_000_000).title == "word " * 23 + "word…"
    assert read_opening("\n" * 4_000_000 + "word").title == "word"


@given(st.text(max_size=300).filter(lambda text: any(c.isprintable() and not c.isspace() for c in text)))
def test_any_text_has_a_title_on_one_line(text: str) -> None:
    title = read_opening(text).title
    assert title.strip()
    assert len(title) <= 150
    assert len(title.splitlines()) == 1
