"""Treebanks and lists of names, as Docs."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from articles.nlp.training.corpora import UnreadableCorpus, read_entities, read_treebank

TREEBANK = """\
# newdoc id = harbour
# global.Entity = GRP-etype
# newpar
1	Ida	Ida	PROPN	NNP	_	4	nsubj	_	Entity=(1-person-new
2	Moss	Moss	PROPN	NNP	_	1	flat	_	Entity=1)
3-4	didn't	_	_	_	_	_	_	_	SpaceAfter=No
3	did	do	AUX	VBD	_	4	aux	_	_
4	n't	not	PART	RB	_	0	root	_	_
5	.	.	PUNCT	.	_	4	punct	_	_

# newpar
1	The	the	DET	DT	_	2	det	_	Entity=(2-organization-new
2	Bank	Bank	PROPN	NNP	_	0	root	_	_
3	of	of	ADP	IN	_	4	case	_	_
4	Harl	Harl	PROPN	NNP	_	2	nmod	_	Entity=(3-place-new)2)|SpaceAfter=No
5	,	,	PUNCT	,	_	2	punct	_	_
6	a	a	DET	DT	_	7	det	_	Entity=(4-organization-new
7	lender	lender	NOUN	NN	_	2	appos	_	Entity=4)
"""


@pytest.fixture
def vocab() -> Vocab:
    return spacy.blank("en").vocab


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    return path


def names(doc: Doc) -> list[tuple[str, str]]:
    return [(entity.text, entity.label_) for entity in doc.ents]


class TestTreebanks:
    def test_words_spaces_and_trees(self, treebank: Path, vocab: Vocab) -> None:
        (doc,) = read_treebank(treebank, vocab=vocab, paragraph_breaks=False)
        assert doc.text == "Ida Moss didn't. The Bank of Harl, a lender "
        assert [token.head.text for token in doc[:5]] == ["n't", "Ida", "n't", "n't", "n't"]
        assert [token.dep_ for token in doc[:5]] == ["nsubj", "flat", "aux", "ROOT", "punct"]
        assert [sentence.text for sentence in doc.sents] == ["Ida Moss didn't.", "The Bank of Harl, a lender"]
        assert doc[2].lemma_ == "do"
        assert (doc[0].tag_, doc[0].pos_) == ("NNP", "PROPN")

    def test_a_blank_line_where_a_paragraph_ends(self, treebank: Path, vocab: Vocab) -> None:
        (doc,) = read_treebank(treebank, vocab=vocab, paragraph_breaks=True)
        assert doc.text == "Ida Moss didn't.\n\nThe Bank of Harl, a lender "
        assert doc[5].pos_ == "SPACE"

    def test_names_are_proper_and_cut_to_the_name(self, treebank: Path, vocab: Vocab) -> None:
        (doc,) = read_treebank(treebank, vocab=vocab, paragraph_breaks=False)
        assert names(doc) == [("Ida Moss", "PERSON"), ("Bank of Harl", "ORG")]

    def test_without_entities_names_are_unknown_and_not_absent(self, tmp_path: Path, vocab: Vocab) -> None:
        path = tmp_path / "plain.conllu"
        path.write_text("1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n", encoding="utf-8")
        (doc,) = read_treebank(path, vocab=vocab, paragraph_breaks=False)
        assert not doc.has_annotation("ENT_IOB")

    def test_ten_sentences_a_doc(self, tmp_path: Path, vocab: Vocab) -> None:
        path = tmp_path / "long.conllu"
        path.write_text("1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n" * 23, encoding="utf-8")
        docs = list(read_treebank(path, vocab=vocab, paragraph_breaks=False))
        assert [len(list(doc.sents)) for doc in docs] == [10, 10, 3]

    def test_compressed(self, tmp_path: Path, vocab: Vocab) -> None:
        path = tmp_path / "harbour.conllu.xz"
        with lzma.open(path, "wt", encoding="utf-8") as file:
            file.write(TREEBANK)
        assert len(list(read_treebank(path, vocab=vocab, paragraph_breaks=False))) == 1

    def test_a_line_of_too_few_columns_is_named(self, tmp_path: Path, vocab: Vocab) -> None:
        path = tmp_path / "bad.conllu"
        path.write_text("# newdoc\n1\tGo\tgo\n", encoding="utf-8")
        with pytest.raises(UnreadableCorpus, match=r"bad\.conllu, line 2: 3 columns"):
            list(read_treebank(path, vocab=vocab, paragraph_breaks=False))


class TestNames:
    def test_two_columns(self, tmp_path: Path, vocab: Vocab) -> None:
        path = tmp_path / "names.conll"
        path.write_text(
            "Ida\tB-PER\nMoss\tI-PER\nleft\tO\nHarl\tB-location\n.\tO\n\nIron\tB-creative-work\nSea\tI-creative-work\n",
            encoding="utf-8",
        )
        first, second = read_entities(path, vocab=vocab)
        assert first.text == "Ida Moss left Harl."
        assert names(first) == [("Ida Moss", "PERSON"), ("Harl", "LOC")]
        assert names(second) == []
        assert second.has_annotation("ENT_IOB")

    def test_a_line_that_is_none_of_it_is_named(self, tmp_path: Path, vocab: Vocab) -> None:
        path = tmp_path / "names.conll"
        path.write_text("Ida\tB-PER\nMoss wrote\n", encoding="utf-8")
        with pytest.raises(
            UnreadableCorpus, match=r"names\.conll, line 2: expected a word and a tag, found “Moss wrote”"
        ):
            list(read_entities(path, vocab=vocab))
