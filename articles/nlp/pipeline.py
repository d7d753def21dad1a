"""The spaCy components, and load().

    newsroom_quotation_marks   text              -> doc._.quoted_passages
    newsroom_quotations        quoted passages   -> doc._.quotations, each speaker in the mention's words
    newsroom_speakers          quotations        -> doc._.quotations, each speaker by the fullest name

What the components leave on the Doc is lists and strings only, so that a Doc comes whole out of
`nlp.pipe(texts, n_process=2)`; `find_quotations(doc)` and `doc._.quotations` make objects of it.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from . import MODEL_VARIABLE
from .attributed import Attribution
from .attribution import find_attributions
from .by_paragraph import ByParagraph
from .confidence import confidence_of
from .cores import Core
from .found import FoundCue, FoundQuotation, Span
from .kinds import kind_of
from .quotation_marks import QuotedPassage, find_quoted_passages
from .reading import Reading, read
from .speakers import Article, Speaker
from .tokenizing import steady

LONGEST_TEXT = 100_000_000
"""spaCy's own limit of a million code points guards its parser's memory; the patterns need no such guard."""

COMPONENTS = ("newsroom_quotation_marks", "newsroom_quotations", "newsroom_speakers")
SHIPPED = Path(__file__).parent / "english"
BLANK = "blank"


def load(model: str | None = None) -> Language:
    """A pipeline that finds quotations.

    model names an installed spaCy package or a folder, or is "blank" for English without a parser; the
    components go on top of it. Without it the environment variable NEWSROOM_SPACY_MODEL is asked, and without
    that it is the model shipped beside this file. Raises OSError where there is no such package or folder.
    """
    name = model or os.environ.get(MODEL_VARIABLE) or str(SHIPPED)
    base = spacy.blank("en") if name == BLANK else spacy.load(name)
    nlp = type(base)(vocab=base.vocab)
    nlp.tokenizer = steady(base)
    nlp.max_length = base.max_length = LONGEST_TEXT
    grammar = cast(ByParagraph, nlp.add_pipe("newsroom_grammar"))
    grammar.base = base
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


def base_of(nlp: Language) -> Language:
    """The model that a pipeline made by load() stands on."""
    grammar = cast(ByParagraph, nlp.get_pipe("newsroom_grammar"))
    return grammar.base or spacy.blank("en")


def find_quotations(doc: Doc) -> list[FoundQuotation]:
    """The quotations of a Doc that load()'s pipeline made, by place; offsets count in doc.text."""
    return [_quotation(row) for row in doc.user_data.get("newsroom_quotations", ())]


def find_cues(doc: Doc) -> list[FoundCue]:
    """The verbs of saying of a Doc that load()'s pipeline made, by place."""
    return [
        FoundCue(tuple(cue), tuple(subject) if subject else None, name)
        for cue, subject, name in doc.user_data.get("newsroom_cues", ())
    ]


def _quotation(row: list[Any]) -> FoundQuotation:
    kind, spans, cue, mention, *rest = row
    return FoundQuotation(
        kind,
        tuple((a, b) for a, b in spans),
        tuple(cue) if cue else None,
        tuple(mention) if mention else None,
        *rest,
    )


@Language.component("newsroom_quotation_marks", assigns=["doc._.quoted_passages"])
def annotate_quotation_marks(doc: Doc) -> Doc:
    doc._.quoted_passages = [list(p) for p in find_quoted_passages(doc.text)]
    return doc


@Language.component("newsroom_quotations", requires=["doc._.quoted_passages"], assigns=["doc._.quotations"])
def annotate_quotations(doc: Doc) -> Doc:
    passages = [QuotedPassage(*p) for p in doc._.quoted_passages]
    reading = read(doc, passages=passages)
    starts = [p.start for p in passages]
    seen: list[Core] = []
    attributions = find_attributions(reading, seen=seen)
    rows = [_row(reading, attribution=a, passages=passages, starts=starts) for a in attributions]
    doc.user_data["newsroom_quotations"] = [row for row in rows if row[1]]
    doc.user_data["newsroom_cues"] = [
        [list(_offsets(reading, core.verb)), list(_offsets(reading, core.subject)) if core.subject else None, ""]
        for core in seen
    ]
    return doc


@Language.component("newsroom_speakers", requires=["doc._.quotations"], assigns=["doc._.quotations"])
def annotate_speakers(doc: Doc) -> Doc:
    rows = doc.user_data.get("newsroom_quotations", [])
    cues = doc.user_data.get("newsroom_cues", [])
    mentions = {tuple(row[3]) for row in rows if row[3]}
    subjects = {tuple(cue[1]) for cue in cues if cue[1]}
    if not mentions | subjects:
        return doc
    reading = read(doc, passages=[QuotedPassage(*p) for p in doc._.quoted_passages])
    article = Article(reading)
    known = _resolved(article, mentions)
    for row in rows:
        if row[3]:
            row[4], row[5] = known[tuple(row[3])]
    # Apart: who is the subject of any verb of saying should not count as having spoken.
    known = _resolved(Article(reading, names=article.names), subjects | mentions)
    for cue in cues:
        if cue[1] and known[tuple(cue[1])].kind in ("person", "body"):
            cue[2] = known[tuple(cue[1])].name
    return doc


def _resolved(article: Article, mentions: set[Span]) -> dict[Span, Speaker]:
    """Whom each mention means, its offsets in the text; asked in the order of the text."""
    starts = [item.start for item in article.items]
    return {
        (start, end): article.resolve((bisect_right(starts, start) - 1, bisect_left(starts, end)))
        for start, end in sorted(mentions)
    }


def _row(
    reading: Reading, *, attribution: Attribution, passages: list[QuotedPassage], starts: list[int]
) -> list[Any]:
    """A quotation as plain values, in the order of FoundQuotation's fields."""
    spans = [_offsets(reading, s) for s in attribution.spans if s[0] < s[1]]
    kind = kind_of(spans, passages=passages, starts=starts)
    cue = _offsets(reading, attribution.cue) if attribution.cue else None
    mention = _offsets(reading, attribution.mention) if attribution.mention else None
    name = reading.text[mention[0] : mention[1]] if mention else None
    confidence = confidence_of(attribution.pattern, kind=kind)
    return [kind, spans, cue, mention, name, "unnamed" if mention else "", confidence, attribution.pattern]


def _offsets(reading: Reading, span: Span) -> Span:
    return reading.items[span[0]].start, reading.items[span[1] - 1].end


if not Doc.has_extension("quoted_passages"):
    Doc.set_extension("quoted_passages", default=None)
if not Doc.has_extension("quotations"):
    Doc.set_extension("quotations", getter=find_quotations)
