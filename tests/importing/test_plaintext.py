import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import ArticleRecord, Source, UnreadableInput, read_text, read_text_file

ENDING = "This work by The Courier is licensed under CC BY 4.0."
HEADER = "Title: T\nOutlet: O\nAuthor: A\nDate: 2019-09-24\nURL: https://a.example\nPlace: P\nLicence: L\n\n"
# Any text but one that is refused or changed for a reason of its own, each tested elsewhere.
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=300)


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableInput) as caught:
        read_text(data, source_name="a.txt")
    return str(caught.value)


def test_everything_found_in_the_text_stays_there_and_is_a_field() -> None:
    text = f"Bridge shut\n\nBy Jane Roe\n\nPORT ELLERY – The bridge is shut.\n\nNA/PA\n\n{ENDING}\n"
    assert read_text(text.encode(), source_name="a.txt") == ArticleRecord(
        text,
        title="Bridge shut",
        outlet="The Courier",
        byline="Jane Roe",
        place="Port Ellery",
        signoff="NA/PA",
        licence=ENDING,
        source_name="a.txt",
        encoding="utf-8",
    )


def test_the_header_has_the_last_word() -> None:
    text = f"Bridge shut\n\nBy Jane Roe\n\nPORT ELLERY – The bridge is shut.\n\nNA/PA\n\n{ENDING}\n"
    assert read_text((HEADER + text).encode(), source_name="a.txt") == ArticleRecord(
        text,
        title="T",
        outlet="O",
        byline="A",
        published_on=date(2019, 9, 24),
        url="https://a.example",
        place="P",
        signoff="NA/PA",
        licence="L",
        source_name="a.txt",
        encoding="utf-8",
    )


def test_a_licence_in_the_header_names_the_outlet_too() -> None:
    record = read_text(f"Title: T\nLicence: {ENDING}\n\nWords.".encode(), source_name="a.txt")
    assert (record.outlet, record.licence) == ("The Courier", ENDING)


def test_a_file_in_windows_1252_with_crlf_and_a_header(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Title: Café\r\n\r\n“No,” he said.\r\n\r\nHe left.\r\n".encode("cp1252"))
    assert read_text_file(path) == ArticleRecord(
        "“No,” he said.\n\nHe left.\n", title="Café", source_name=str(path), encoding="windows-1252"
    )
    assert read_text_file(str(path)) == read_text_file(Source.at(path)) == read_text_file(path)


def test_a_byte_order_mark_behind_the_header_goes_too() -> None:
    assert read_text("Title: T\n\n\ufeffWords".encode(), source_name="a.txt").text == "Words"


def test_an_empty_file() -> None:
    assert refusal(b"") == "a.txt: empty file"


@pytest.mark.parametrize("text", [" \r\n\t\n", "\ufeff", "\u200b\u00a0\u2028"])
def test_nothing_but_white_space(text: str) -> None:
    assert refusal(text.encode()) == "a.txt: empty file (nothing but white space)"


@pytest.mark.parametrize("text", ["Title: T", "Title: T\nOutlet: O\n\n", "Title: T\n\n \n\ufeff\n"])
def test_a_header_without_an_article(text: str) -> None:
    assert refusal(text.encode()) == "a.txt: no text after the header block"


def test_problems_of_every_part_name_the_input(tmp_path: Path) -> None:
    for data, reason in [(b"a\0", "not text (found a NUL byte at 1)"), (b"Date: x\n\na", "line 1: the date")]:
        path = tmp_path / "a.txt"
        path.write_bytes(data)
        with pytest.raises(UnreadableInput) as caught:
            read_text_file(path)
        assert caught.value.source == str(path)
        assert caught.value.reason.startswith(reason)


def test_the_limit_reaches_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 200_000)
    with pytest.raises(UnreadableInput, match=r"too large \(0\.2 MB, the limit is 0\.1 MB\)"):
        read_text_file(path, max_bytes=100_000)


@given(WORDS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_comes_through_its_header_line_ends_and_encoding(words: str, newline: str, encoding: str) -> None:
    text = f"{words}.".lstrip("\ufeff")
    data = (HEADER + text).replace("\n", newline).encode(encoding)
    record = read_text(data, source_name="a.txt")
    assert record.text == text
    assert (record.title, record.outlet, record.byline, record.place) == ("T", "O", "A", "P")


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_whatever_the_bytes_there_is_a_record_or_a_problem(data: bytes) -> None:
    try:
        record = read_text(data, source_name="a.txt")
    except UnreadableInput as problem:
        assert str(problem).startswith("a.txt: ")
        return
    assert record.text.strip()
    assert record.title
    assert "\r" not in record.text
    assert "\0" not in record.text
    assert not record.text.startswith("\ufeff")


def test_reading_needs_no_django_and_nothing_else_of_the_app() -> None:
    script = (
        "import sys, articles.importing\n"
        "mine = {name for name in sys.modules if name.startswith('articles.')}\n"
        "print(sorted(name for name in mine if not name.startswith('articles.importing')))\n"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] in {'django', 'spacy'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n[]\n"
