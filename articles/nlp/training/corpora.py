"""Treebanks and entity corpora as spaCy Docs.

CoNLL-U: https://universaldependencies.org/format.html. Entities come from GUM's MISC column
(https://gucorpling.org/gum/guidelines.html), where they nest and include common nouns; kept are the names:
mentions of people, places and organizations whose head is a proper noun, cut to the name itself.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans
from spacy.vocab import Vocab

OPENERS = {".xz": lzma.open, ".gz": gzip.open, ".bz2": bz2.open}
SENTENCES_A_DOC = 10
"""Enough for the parser to learn where sentences end, few enough for a batch to mix documents."""

NAME_LABELS = {
    "person": "PERSON",
    "place": "LOC",
    "organization": "ORG",
    "PER": "PERSON",
    "LOC": "LOC",
    "ORG": "ORG",
    "location": "LOC",
    "corporation": "ORG",
    "group": "ORG",
}
"""Entity types of GUM, the Broad Twitter Corpus and WNUT 2017, as the model's labels; no other counts as a name."""

ENTITY = re.compile(r"\((\d+)-([a-z]+)[^()]*(\))?|(\d+)\)")
INSIDE_NAMES = frozenset(("of", "for", "and", "&", "-", "–", ".", "'s", "’s", "de", "del", "la", "von", "van", "the"))
NO_SPACE_BEFORE = frozenset((",", ".", "!", "?", ";", ":", ")", "]", "%", "'s", "’s", "n't", "n’t", "…", "...", "”"))
NO_SPACE_AFTER = frozenset(("(", "[", "$", "£", "#", "@", "“"))


class Word(NamedTuple):
    """One line of a CoNLL-U sentence; head counts within the sentence, 0-based, itself for the root."""

    form: str
    lemma: str
    pos: str
    tag: str
    head: int
    dep: str
    space: bool
    entity: str


class TreebankSentence(NamedTuple):
    words: list[Word]
    opens_document: bool
    opens_paragraph: bool


class UnreadableCorpus(ValueError):
    """A corpus file that is not what its reader expects; the message names the file and the line."""


def open_text(path: Path) -> IO[str]:
    opener = OPENERS.get(path.suffix, open)
    return opener(path, "rt", encoding="utf-8")  # type: ignore[operator, no-any-return]


def read_treebank(path: Path, *, vocab: Vocab, paragraph_breaks: bool) -> Iterator[Doc]:
    """Docs of up to ten sentences with tags, parts of speech, lemmas, trees and, where the file has any, names.

    paragraph_breaks puts a blank line where a paragraph ends, as articles have it. Raises UnreadableCorpus.
    """
    gathered: list[TreebankSentence] = []
    has_entities = _declares_entities(path)
    for sentence in read_sentences(path):
        if gathered and (sentence.opens_document or len(gathered) == SENTENCES_A_DOC):
            yield _doc(gathered, vocab=vocab, breaks=paragraph_breaks, has_entities=has_entities)
            gathered = []
        gathered.append(sentence)
    if gathered:
        yield _doc(gathered, vocab=vocab, breaks=paragraph_breaks, has_entities=has_entities)


def _declares_entities(path: Path) -> bool:
    with open_text(path) as lines:
        return any(line.startswith("# global.Entity") for _, line in zip(range(50), lines, strict=False))


def read_sentences(path: Path) -> Iterator[TreebankSentence]:
    words: list[Word] = []
    opens_document = opens_paragraph = False
    glued: dict[int, bool] = {}
    with open_text(path) as lines:
        for number, line in enumerate(lines, start=1):
            line = line.rstrip("\n")
            if line.startswith("#"):
                opens_document |= line.startswith("# newdoc")
                opens_paragraph |= line.startswith(("# newdoc", "# newpar"))
            elif line:
                fields = line.split("\t")
                if len(fields) != 10:
                    raise UnreadableCorpus(f"{path}, line {number}: {len(fields)} columns where CoNLL-U has 10")
                _read_word(fields, words=words, glued=glued)
            elif words:
                yield TreebankSentence(words, opens_document, opens_paragraph)
                words, glued = [], {}
                opens_document = opens_paragraph = False
    if words:
        yield TreebankSentence(words, opens_document, opens_paragraph)


def _read_word(fields: list[str], *, words: list[Word], glued: dict[int, bool]) -> None:
    """glued: of a multiword token, each part's place and whether a space follows it."""
    place, form, lemma, pos, tag, _, head, dep, _, misc = fields
    space = "SpaceAfter=No" not in misc.split("|")
    if "-" in place:
        first, last = (int(n) for n in place.split("-"))
        glued.update({n: space if n == last else False for n in range(first, last + 1)})
    elif "." not in place:
        index = int(place)
        entity = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
        head_index = int(head) - 1 if head != "0" else index - 1
        words.append(Word(form, lemma, pos, tag, head_index, dep, glued.get(index, space), entity))


def _doc(sentences: Sequence[TreebankSentence], *, vocab: Vocab, breaks: bool, has_entities: bool) -> Doc:
    rows: list[Word] = []
    starts: list[bool] = []
    for sentence in sentences:
        if rows and sentence.opens_paragraph and breaks:
            rows[-1] = rows[-1]._replace(space=False)
            rows.append(Word("\n\n", "\n\n", "SPACE", "_SP", len(rows) - 1, "dep", False, ""))
            starts.append(False)
        offset = len(rows)
        rows += [word._replace(head=word.head + offset) for word in sentence.words]
        starts += [i == 0 for i in range(len(sentence.words))]
    doc = Doc(
        vocab,
        words=[row.form for row in rows],
        spaces=[row.space for row in rows],
        tags=[row.tag for row in rows],
        pos=[row.pos for row in rows],
        lemmas=[row.lemma if row.lemma != "_" else row.form for row in rows],
        heads=[row.head for row in rows],
        deps=["ROOT" if row.dep == "root" else row.dep for row in rows],
    )
    if has_entities:
        doc.set_ents(filter_spans(_names(doc, rows)))
    else:
        doc.set_ents([], default="missing")
    return doc


def _names(doc: Doc, rows: list[Word]) -> Iterator[Span]:
    opened: dict[str, list[tuple[int, str]]] = {}
    for index, row in enumerate(rows):
        for group, kind, closed, closing in ENTITY.findall(row.entity):
            if group:
                opened.setdefault(group, []).append((index, kind))
            if (closed or closing) and opened.get(group or closing):
                start, kind = opened[group or closing].pop()
                name = _name_within(doc, start=start, end=index + 1)
                if name is not None and kind in NAME_LABELS:
                    yield Span(doc, name[0], name[1], label=NAME_LABELS[kind])


def _name_within(doc: Doc, *, start: int, end: int) -> tuple[int, int] | None:
    """The proper nouns around the head of doc[start:end], without what describes them."""
    head = doc[start:end].root.i
    if not _is_proper(doc[head]):
        return None
    low, high = head, head + 1
    while low > start and (_is_proper(doc[low - 1]) or _joins(doc, low - 1, low - 2, start, end)):
        low -= 1
    while high < end and (_is_proper(doc[high]) or _joins(doc, high, high + 1, start, end)):
        high += 1
    return low, high


def _is_proper(token: Token) -> bool:
    """By either tag: in “United States” the first is an adjective to UPOS and a proper noun to the Penn tags."""
    return token.pos_ == "PROPN" or token.tag_.startswith("NNP")


def _joins(doc: Doc, index: int, beyond: int, start: int, end: int) -> bool:
    return start <= beyond < end and _is_proper(doc[beyond]) and doc[index].lower_ in INSIDE_NAMES


def read_entities(path: Path, *, vocab: Vocab) -> Iterator[Doc]:
    """Docs of one sentence each from a file of two columns, word and IOB tag. Raises UnreadableCorpus."""
    words: list[str] = []
    tags: list[str] = []
    with open_text(path) as lines:
        for number, line in enumerate(lines, start=1):
            word, _, tag = line.rstrip("\n").rpartition("\t")
            if tag == "O" or tag[:2] in ("B-", "I-"):
                if word.strip():
                    words.append(word.strip())
                    tags.append(_label(tag))
            elif line.strip():
                raise UnreadableCorpus(f"{path}, line {number}: expected a word and a tag, found “{line.strip()}”")
            elif words:
                yield _entity_doc(words, tags, vocab=vocab)
                words, tags = [], []
    if words:
        yield _entity_doc(words, tags, vocab=vocab)


def _label(tag: str) -> str:
    kind = NAME_LABELS.get(tag[2:])
    return f"{tag[:2]}{kind}" if kind else "O"


def _entity_doc(words: list[str], tags: list[str], *, vocab: Vocab) -> Doc:
    spaces = [
        index + 1 < len(words) and words[index + 1] not in NO_SPACE_BEFORE and word not in NO_SPACE_AFTER
        for index, word in enumerate(words)
    ]
    return Doc(vocab, words=words, spaces=spaces, ents=tags)
