"""Reading annotated articles: what is right in brat's files, and the file and line of what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.nlp.evaluation import CorpusError, GoldQuotation, read_corpus

TEXT = "🙂 “We sail,” said\r\nIda Moss."
ANNOTATIONS = """\
T1\tContent 2 12\t“We sail,”
T2\tCue 13 17\tsaid
T3\tSource 19 27\tIda Moss
T4\tAttribution 13 17\tsaid
#1\tAnnotatorNotes T1\twhat else brat writes
E1\tAttribution:T4 Content:T1 Cue:T2 Source:T3
"""


def corpus(folder: Path, *, text: str = TEXT, **annotations: str) -> Path:
    """With the article "a b_c", annotated by each of the annotators named."""
    for part in ("text", "attributions"):
        (folder / part).mkdir()
    (folder / "text" / "a b_c.txt").write_bytes(text.encode())
    for annotator, content in annotations.items():
        (folder / "attributions" / f"a b_c_{annotator}.ann").write_text(content, encoding="utf-8")
    return folder


def test_reads_what_was_annotated_and_no_line_end_is_translated(tmp_path: Path) -> None:
    [article] = read_corpus(corpus(tmp_path, gold=ANNOTATIONS))
    assert (article.name, article.text) == ("a b_c", TEXT)
    assert article.quotations == (GoldQuotation(content=((2, 12),), cue=((13, 17),), source=((19, 27),)),)


def test_content_may_lie_in_several_places(tmp_path: Path) -> None:
    lines = "T1\tContent 6 10;3 5\tsail We\nT2\tContent 13 17\tsaid\nE1\tAttribution:T1 Content:T1 Content2:T2\n"
    [article] = read_corpus(corpus(tmp_path, gold=lines))
    assert article.quotations == (GoldQuotation(content=((3, 5), (6, 10), (13, 17))),)


def test_of_several_annotators_the_first_by_name(tmp_path: Path) -> None:
    [article] = read_corpus(corpus(tmp_path, zoe="", ann=ANNOTATIONS))
    assert len(article.quotations) == 1


def test_annotated_words_may_run_over_lines(tmp_path: Path) -> None:
    lines = "T1\tContent 13 27\tsaid\nIda Moss\n\nE1\tAttribution:T1 Content:T1\r\n"
    [article] = read_corpus(corpus(tmp_path, gold=lines))
    assert article.quotations == (GoldQuotation(content=((13, 27),)),)


def test_what_has_no_content_and_what_nobody_annotated_is_passed_over(tmp_path: Path) -> None:
    folder = corpus(tmp_path, gold="T1\tCue 13 17\tsaid\nE1\tAttribution:T1 Cue:T1\n")
    (folder / "text" / "alone.txt").write_text("Nobody read this.", encoding="utf-8")
    assert [(article.name, article.quotations) for article in read_corpus(folder)] == [("a b_c", ())]


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("<html>", "line 1: no annotation"),
        ("T1\tContent\twe", "line 1: no label with offsets: 'Content'"),
        ("T1\tContent 2 x\twe", "line 1: no label with offsets: 'Content 2 x'"),
        ("\nT1\tContent 2 99\twe", "line 2: offsets 2 99 in a text of 28 characters"),
        ("T1\tContent 12 2\twe", "line 1: offsets 12 2 in"),
        ("T1\tContent 3 13\t“We sail,”", "line 1: '“We sail,”' does not stand at 3 13"),
        (ANNOTATIONS + "E2\tAttribution:T4 Content:T9", "line 7: 'Content:T9' leads nowhere"),
    ],
)
def test_a_malformed_file_is_named_with_the_line(tmp_path: Path, lines: str, complaint: str) -> None:
    with pytest.raises(CorpusError) as raised:
        read_corpus(corpus(tmp_path, gold=lines))
    assert str(raised.value).startswith(f"{tmp_path / 'attributions' / 'a b_c_gold.ann'}, {complaint}")


def test_a_folder_that_is_no_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere: no such folder"):
        read_corpus(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match='no folder "text" in it'):
        read_corpus(tmp_path)
    with pytest.raises(CorpusError, match=r"attributions: no \.ann file in it"):
        read_corpus(corpus(tmp_path))


def test_a_text_that_is_missing_or_not_utf_8_is_named(tmp_path: Path) -> None:
    folder = corpus(tmp_path, gold=ANNOTATIONS)
    path = folder / "text" / "a b_c.txt"
    path.write_bytes(b"Se\xf1or")
    with pytest.raises(CorpusError, match=r"a b_c\.txt: not UTF-8 \(byte 0xF1 at 2\)"):
        read_corpus(folder)
    path.unlink()
    with pytest.raises(CorpusError, match=r"_gold\.ann: annotates .*a b_c\.txt, which is not there"):
        read_corpus(folder)
