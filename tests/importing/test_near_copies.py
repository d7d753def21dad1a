"""Near-copies are told from look-alikes, and signatures are the same everywhere and for good."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import near_copies as nc
from tests.bench.wire import Newsroom


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return Newsroom(7)


@pytest.fixture(scope="module")
def original(newsroom: Newsroom) -> list[str]:
    return newsroom.sentences(400)


def signature(text: str) -> nc.Signature:
    return nc.Compared(text).signature


def near_copies(one: str, other: str) -> bool:
    return nc.Compared(one).is_near_copy(nc.Compared(other))


def text_of(newsroom: Newsroom, sentences: list[str], **how) -> str:
    return newsroom.made(sentences, 0, "", **how).text


def test_signatures_never_change() -> None:
    """They are stored: where this fails, raise VERSION."""
    made = signature("The nets were empty, the harbour master said on Monday. " * 2 + "Città, ﬁnal, 港口关闭.")
    assert made.shingles == 16
    digest = hashlib.sha256(made.to_bytes()).hexdigest()
    assert (nc.VERSION, digest[:16]) == (2, "8c23bab5ab94c44c")
    assert made.to_bytes()[:8] == int(made.minima[0]).to_bytes(8, "little")


def test_case_marks_and_compatibility_forms_do_not_count() -> None:
    assert np.array_equal(
        nc.shingle_hashes("“The ﬁnal nets — WERE empty,” she said"),
        nc.shingle_hashes('"the final nets were EMPTY", she said.'),
    )


@given(st.text())
def test_any_text_has_a_signature_that_can_be_stored(text: str) -> None:
    made = signature(text)
    again = nc.Signature.from_bytes(made.to_bytes(), shingles=made.shingles)
    assert np.array_equal(again.minima, made.minima)
    assert all(-(2**63) <= key < 2**63 for key in made.keys)
    assert len(made.minima) == min(made.shingles, nc.SIGNATURE)


def test_a_text_too_short_to_tell_is_nobodys_copy() -> None:
    short = "The nets were empty, the harbour master said on Monday."
    assert not signature(short).keys
    assert not near_copies(short, short)


def test_scripts_without_spaces_are_compared_by_character() -> None:
    text = "港口管理局周一表示由于风暴即将来临所有渔船必须在日落之前返回港口否则将被处以罚款"
    assert near_copies(text, text[:30])


@pytest.mark.parametrize("way", ["cut_at_end", "cut_in_middle", "rewritten"])
def test_what_outlets_make_of_wire_copy_is_a_near_copy(newsroom: Newsroom, original: list[str], way: str) -> None:
    first = text_of(newsroom, original)
    for _ in range(10):
        other = text_of(newsroom, getattr(newsroom, way)(original), boilerplate=True)
        ours, theirs = signature(first), signature(other)
        assert ours.keys & theirs.keys and nc.worth_comparing(ours, theirs)
        assert near_copies(first, other) and near_copies(other, first)


def test_the_same_quotations_and_the_same_ending_make_no_copy(newsroom: Newsroom, original: list[str]) -> None:
    outlet = "Quay News"
    first = text_of(newsroom, original, outlet=outlet, boilerplate=True)
    quoted = [sentence for sentence in original if sentence.startswith("“")]
    own = newsroom.sentences(160, quoted=0)
    assert not near_copies(first, text_of(newsroom, [*own, *quoted], outlet=outlet, boilerplate=True))


def test_a_quotation_alone_makes_no_copy_however_long(newsroom: Newsroom) -> None:
    speech = f"“{newsroom.sentence(150)}” the Leader said."
    one, other = ([*newsroom.sentences(60, quoted=0), speech] for _ in range(2))
    assert not near_copies(text_of(newsroom, one), text_of(newsroom, other))


def test_estimates_come_near_what_they_estimate(newsroom: Newsroom) -> None:
    original = newsroom.sentences(600)
    first = signature(" ".join(original))
    for kept in (0.3, 0.5, 0.8):
        cut = signature(" ".join(original[: round(len(original) * kept)]))
        assert nc.containment(first, cut) == pytest.approx(1, abs=0.05)
        assert nc.containment(cut, first) == nc.containment(first, cut)
        assert nc.resemblance(first, cut) == pytest.approx(cut.shingles / first.shingles, abs=0.15)
    assert nc.resemblance(first, first) == nc.containment(first, first) == 1
    empty = signature("")
    assert nc.resemblance(first, empty) == nc.containment(first, empty) == 0
