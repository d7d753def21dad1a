"""Where a text is parted into rows: at paragraphs, and in walls of text where a sentence ends."""

import pytest

from articles.rows import row_ranges


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\nTwo.\n", ["One.", "Two."]),
        ("\n\n  One. \n \n\nTwo.", ["One.", "Two."]),
        ("", []),
        ("\n\n", []),
    ],
    ids=["blank line", "single newlines", "stray space", "empty", "only newlines"],
)
def test_paragraphs(text: str, rows: list[str]):
    assert [text[start:end] for start, end in row_ranges(text)] == rows


def test_hard_wrapped_lines_are_one_row():
    line = "a line of some sixty characters as old wire services wrap it"
    text = f"{line}\n{line}\nits end.\n\nAnother paragraph."
    assert len(list(row_ranges(text))) == 2


def test_a_wall_of_text_is_broken_at_sentence_ends_outside_quotation_marks():
    sentence = "The minister of the interior spoke for a long time about the dam and the river. "
    text = (sentence * 6 + "“" + sentence * 6 + "” " + sentence * 6).strip()
    rows = [text[start:end] for start, end in row_ranges(text)]
    assert len(rows) > 2
    assert "".join(rows) == text
    assert all(row.rstrip().endswith((".", "”")) for row in rows)
    assert all(row.count("“") == row.count("”") for row in rows)


def test_a_wall_is_not_broken_after_a_title_or_an_initial():
    text = "It went on and on, as Mr. Orlo A. Bess and Dr. Pim Vale of the U.S. Embassy knew, " * 14
    assert all(not text[:end].rstrip().endswith((" Mr.", " A.", " Dr.", "U.S.")) for _, end in row_ranges(text))
