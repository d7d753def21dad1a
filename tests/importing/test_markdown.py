from datetime import date

import pytest

from .reading_helpers import WORDS, problem_in, record_in


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Bridge shut\nauthor: [Ida Moss, Jon Reed]\ndate: 2025-03-04\npublication: The Gazette\n---\n",
        '---\r\ntitle: "Bridge shut"\r\nauthors:\r\n  - Ida Moss\r\n  - Jon Reed\r\ndate: 4 March 2025\r\n'
        "outlet: The Gazette\r\n---\r\n",
    ],
)
def test_front_matter(front: str) -> None:
    record = record_in(f"{front}\n{WORDS}\n".encode())
    assert (record.title, record.byline, record.outlet) == ("Bridge shut", "Ida Moss, Jon Reed", "The Gazette")
    assert (record.published_on, record.text, record.reader) == (date(2025, 3, 4), WORDS, "markdown")


def test_marks_links_and_pictures_go() -> None:
    opening = "# Bridge *shut*\n\nHe **said** so in [a letter](https://a.example).\nThe end.\n"
    text = f"{opening}\n> “No,”\n> he said\n\n- one\n- two\n"
    record = record_in(text.encode())
    assert record.title == "Bridge shut"
    assert record.text == "He said so in a letter. The end.\n\n“No,” he said\n\none\n\ntwo"


def test_front_matter_that_is_no_yaml_says_where() -> None:
    assert problem_in(b"---\ntitle: a\nb: [1\n---\nWords.") == "in: line 4: front matter that cannot be understood"


def test_yaml_cannot_run_or_explode() -> None:
    assert "aliases" in problem_in(b"---\na: &a [x,x]\nb: [*a,*a]\ntitle: x\n---\nWords.")
    assert "cannot be understood" in problem_in(b"---\ntitle: !!python/object/apply:os.system [ls]\n---\nWords.")
