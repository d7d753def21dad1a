import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import UnreadableInput
from articles.importing.decoding import decode

ENGLISH = "“We won’t go,” said José Muñoz, the mayor’s café-owning cousin — “not now…” The £5 façade stayed.\n"


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableInput) as caught:
        decode(data, source="samples/x.txt")
    return str(caught.value)


@pytest.mark.parametrize("text", ["plain words", ENGLISH, "گلنار said “hello” 👩‍🍳", "e\u0301"])
def test_utf8_comes_first(text: str) -> None:
    assert decode(text.encode(), source="x") == (text, "utf-8")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_goes(mark: bytes, encoding: str) -> None:
    text = "Ü “گلنار” 👩‍🍳\nend"
    assert decode(mark + text.encode(encoding), source="x") == (text, encoding)
    assert decode(mark + mark + text.encode(encoding), source="x") == (text, encoding)


@pytest.mark.parametrize("text", ["a\nb\nc\n\nd\n", "\n\na\nb"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(text: str, newline: str) -> None:
    assert decode(text.replace("\n", newline).encode(), source="x") == (text, "utf-8")


def test_mixed_line_ends() -> None:
    assert decode(b"a\r\nb\rc\n\r\nd\r\r\ne", source="x")[0] == "a\nb\nc\n\nd\n\ne"


def test_what_only_looks_like_a_line_end_stays() -> None:
    text = "a\u2028b\u0085c\x0bd\x0ce"
    assert decode(text.encode() + b" " * 100, source="x")[0].rstrip() == text


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH * 200,
        "The mayor’s office said it wouldn’t pay.",
        "café",
        "“Hi”",
        "£5",
        "He said – twice – “no”.",
        "José",
        "naïve résumé",
        "The cure is inside the country.”The Leader noted that.",
        "Le ministre a déclaré qu’il était très heureux d’être là, où les élèves étudient. «Ça va», dit-il.",
        "El presidente señaló que la situación económica mejoró este año. ¿Qué pasará mañana?",
        "Der Minister sagte, daß die Größe der Straßen überprüft würde. „Wir müssen hören“, sagte er.",
    ],
)
def test_windows_1252_comes_out_right(text: str) -> None:
    assert decode(text.encode("cp1252"), source="x") == (text, "windows-1252")


def test_latin_1_is_read_as_windows_1252() -> None:
    text = "The café of José Muñoz in Orléans, he said, cost £5."
    assert decode(text.encode("latin-1"), source="x") == (text, "windows-1252")


@pytest.mark.parametrize(
    ("encoding", "name", "text"),
    [
        ("mac_roman", "mac-roman", ENGLISH),
        (
            "cp1250",
            "windows-1250",
            "Minister powiedział, że sytuacja się poprawiła. Łódź i Kraków są gotowe. " * 3,
        ),
        ("cp1251", "windows-1251", "Министр заявил, что ситуация улучшилась. «Мы будем работать дальше»."),
        ("cp1253", "windows-1253", "Ο υπουργός δήλωσε ότι η κατάσταση βελτιώθηκε την Τετάρτη το βράδυ"),
        ("cp1256", "windows-1256", "قال الوزير إن الوضع قد تحسن وأضاف أننا سنواصل العمل في المساء"),
        ("gb18030", "gb18030", "部长周三表示情况有所改善。他强调说，我们将继续工作。"),
    ],
)
def test_other_encodings(encoding: str, name: str, text: str) -> None:
    assert decode(text.encode(encoding), source="x") == (text, name)


def test_a_nul_byte() -> None:
    assert refusal(b"a" * 1024 + b"\0 and more") == "samples/x.txt: not text (found a NUL byte at 1,024)"


def test_a_nul_byte_at_the_very_start() -> None:
    assert refusal(b"\0words") == "samples/x.txt: not text (found a NUL byte at 0)"
    marked = codecs.BOM_UTF16_BE + "\0words".encode("utf-16-be")
    assert refusal(marked) == "samples/x.txt: not text (found a NUL character at character 0)"


def test_a_nul_character_in_a_marked_encoding() -> None:
    data = codecs.BOM_UTF16_LE + "words\0".encode("utf-16-le")
    assert refusal(data) == "samples/x.txt: not text (found a NUL character at character 5)"


def test_a_binary_file() -> None:
    data = bytes([127, *random.Random(1).randbytes(4000)])  # noqa: S311
    assert refusal(data) == f"samples/x.txt: not text (found a NUL byte at {data.index(0):,})"


def test_a_binary_file_without_nul_bytes() -> None:
    data = random.Random(1).randbytes(4000).replace(b"\0", b"\1")  # noqa: S311
    assert refusal(data) == ("samples/x.txt: not readable as text (byte 0xF5 at 0 is not UTF-8); save it as UTF-8")


def test_a_file_of_control_characters() -> None:
    message = "samples/x.txt: not text (found control characters, the first at character 3)"
    assert refusal(b"abc\x01\x02\x03def") == message


def test_a_stray_control_character_is_left_in_an_article() -> None:
    text = "a" * 200 + "\x07" + "\x0c"
    assert decode(text.encode(), source="x")[0] == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\nplain so far", "a PDF document"),
        (b"{\\rtf1\\ansi words}", "a Rich Text document"),
        (b"PK\x03\x04words", "a ZIP archive or an office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"GIF89a", "a GIF picture"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"SQLite format 3\x00", "a SQLite database"),
    ],
)
def test_well_known_formats_are_named(data: bytes, kind: str) -> None:
    assert refusal(data) == f"samples/x.txt: not text (it is {kind}); save it as plain text first"


def test_damaged_utf8_is_not_taken_for_another_encoding() -> None:
    data = "“We won’t,” he said. “No.”".encode()
    broken = data[:30] + b"\xe9" + data[30:]
    message = "samples/x.txt: not readable as text (byte 0xE9 at 30 is not UTF-8); save it as UTF-8"
    assert refusal(broken) == message


def test_utf8_cut_in_the_middle_of_a_character() -> None:
    data = "“We won’t”".encode()[:-1]
    message = "samples/x.txt: not readable as text (byte 0xE2 at 13 is not UTF-8); save it as UTF-8"
    assert refusal(data) == message


@pytest.mark.parametrize(
    ("data", "place", "encoding"),
    [
        (codecs.BOM_UTF8 + b"words \xff", "byte 0xFF at 9", "UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xdc", "byte 0x00 at 4", "UTF-16"),
        (codecs.BOM_UTF32_LE + b"a\x00\x00\x00\xff\xff\xff\xff", "byte 0xFF at 8", "UTF-32"),
    ],
)
def test_a_byte_order_mark_that_does_not_hold(data: bytes, place: str, encoding: str) -> None:
    assert refusal(data) == (
        f"samples/x.txt: not readable as text ({place} is not {encoding}, as its byte order mark promises); "
        "save it as UTF-8"
    )


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_problem(data: bytes) -> None:
    try:
        text, encoding = decode(data, source="x")
    except UnreadableInput as problem:
        assert "\n" not in str(problem)
    else:
        assert "\0" not in text
        assert "\r" not in text
        assert not text.startswith("\ufeff")
        assert encoding


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_any_text_in_utf8_comes_back(text: str) -> None:
    stripped = text.lstrip("\ufeff")
    assert decode(text.encode(), source="x") == (stripped, "utf-8")
