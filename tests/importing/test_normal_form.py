import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from articles.importing.normal_form import in_normal_form, normal_form
from articles.importing.records import RecordedQuotation

TEXTS = st.text(
    st.sampled_from(
        ["a", "e", "\u0301", "\u0323", "é", "\r", "\n", "\0", "\u200b", " ", "😀", "한", "\u1112", "\u1161"]
    )
)


def test_offsets_follow_what_was_joined_and_taken_out() -> None:
    text = "\ufeff\0Cafe\u0301\r\n“No,” he said.\u200b"
    start = text.index("“")
    moved, (quotation,) = in_normal_form(
        text, [RecordedQuotation(((start, start + 5),), cue=(start + 9, start + 13))]
    )
    assert moved == "Café\n“No,” he said."
    assert [moved[begin:end] for begin, end in quotation.spans] == ["“No,”"]
    assert quotation.cue and moved[slice(*quotation.cue)] == "said"


def test_a_span_that_ends_inside_a_character_takes_all_of_it() -> None:
    moved, (quotation,) = in_normal_form("e\u0301e\u0301", [RecordedQuotation(((0, 1), (3, 4)))])
    assert moved == "éé"
    assert quotation.spans == ((0, 1), (1, 2))


def test_an_accent_behind_a_nul_joins_what_is_before_it() -> None:
    moved, (quotation,) = in_normal_form("ba\0\u0301c", [RecordedQuotation(((0, 2),))])
    assert (moved, quotation.spans) == ("bác", ((0, 2),))


def test_a_quotation_of_nothing_visible_is_left_out() -> None:
    assert in_normal_form("\u200bwords", [RecordedQuotation(((0, 1),))]) == ("words", ())


@given(TEXTS)
def test_normal_form_is_stable(text: str) -> None:
    once = normal_form(text)
    assert normal_form(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not {"\0", "\r"} & set(once)


@given(TEXTS, st.data())
def test_spans_hold_the_normal_form_of_their_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    whole, quotations = in_normal_form(text, [RecordedQuotation(((start, end),))] if start < end else [])
    assert whole == normal_form(text)
    for quotation in quotations:
        assert all(0 <= first < last <= len(whole) for first, last in quotation.spans)
        inside = normal_form(text[start:end]).strip("\u0301\u0323\u1161\u200b")
        found = "".join(whole[first:last] for first, last in quotation.spans)
        assert len(inside) <= len(found) + 2
