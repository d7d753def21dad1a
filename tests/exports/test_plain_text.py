"""A quotation as plain text: what a person reads, and what is read again. The sentences are invented."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.exports.plain_text import looks_like, plain_text, quotation_in, read
from articles.exports.records import BrokenOff, NotAnExport
from articles.models import Article as Stored

from .test_quotation_annotations import BARE, TEXT, UID, a_quotation, an_article


def test_what_it_says():
    assert plain_text(a_quotation(), an_article(), address="https://newsroom.example") == (
        f"Newsroom quotation {UID}\n"
        "Words: “The bridge,”\n"
        "Characters: 9-22\n"
        "Prefix: 😀 أخبار↵↵\n"
        "Suffix:  Ada Brook said, “stays shut.” O\n"
        "Words: “stays shut.”\n"
        "Characters: 39-52\n"
        "Prefix: ↵↵“The bridge,” Ada Brook said, \n"
        "Suffix:  Others left.↵\n"
        "Counted in: Unicode code points, 0-based, end-exclusive\n"
        f"SHA-256 of the text: {Stored.digest(TEXT)}\n"
        "Speaker: Ada Brook (MP)\n"
        "Cue: said (33-37)\n"
        "Mention: Ada Brook (23-32)\n"
        "Kind: direct\n"
        "State: accepted\n"
        "Settled by: anna\n"
        "Settled at: 2025-03-02T10:00:00+02:00\n"
        "Origin: machine\n"
        "Confidence: 0.8\n"
        "Article: Bridge\n"
        "By: Ida Moss\n"
        "Outlet: Quay News\n"
        "Date: 2025-03-01\n"
        "Printed at: https://quay.example/bridge\n"
        f"Permalink: https://newsroom.example/quotations/{UID}/\n"
        "Version: 2\n"
    )


def test_it_says_whether_the_words_stand():
    made = plain_text(a_quotation(), an_article(), proof="Its words stand in the article")
    assert f"SHA-256 of the text: {Stored.digest(TEXT)}\nProof: Its words stand in the article\nSpeaker" in made
    assert quotation_in(made) == quotation_in(plain_text(a_quotation(), an_article()))


@pytest.mark.parametrize("fields", [{}, BARE, {"note": "a\nb: c\n\n  d", "is_hidden": True}])
def test_what_is_written_is_read_again(fields: dict[str, Any]):
    quotation = a_quotation(**fields)
    read_again, article = quotation_in(plain_text(quotation, an_article()))
    assert read_again == {name: value for name, value in quotation.items() if name != "speaker"}
    assert article == {"title": "Bridge", "text_sha256": Stored.digest(TEXT)}


@given(text=st.text(min_size=3), note=st.text())
def test_any_words_are_read_again(text: str, note: str):
    note = note.replace("\r", "")
    text = text.replace("\r", "")
    if not text:
        return
    fields = {"spans": [[0, len(text)]], "content": text, "note": note, "cue": None, "mention": None}
    article = an_article(text=text, text_sha256=Stored.digest(text.encode(errors="replace").decode()))
    made = plain_text(a_quotation(**fields, cue_words="", mention_words=""), article)
    read_again, _ = quotation_in(made)
    assert (read_again["content"], read_again["note"]) == (text, note)


def test_a_file_is_told_and_may_be_cut_or_changed():
    made = plain_text(a_quotation(), an_article()).encode()
    assert looks_like(made[:100]) and not looks_like(b"Newsroom quotation") and not looks_like(b"PK\x03\x04")
    (article,) = read(io.BytesIO(made))
    assert article["quotations"][0]["uid"] == UID  # type: ignore[typeddict-item]
    assert [*read(io.BytesIO(made.replace(b"\n", b"\r\n")))] == [article]
    with pytest.raises(BrokenOff, match="it ends before the version"):
        next(read(io.BytesIO(made[:-20])))
    for wrong in (made.replace(b"Kind:", b"Sort:"), made.replace(b"9-22", b"9"), b"\xff" + made):
        with pytest.raises(NotAnExport):
            read(io.BytesIO(wrong)).__next__()
