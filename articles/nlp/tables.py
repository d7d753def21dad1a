"""Quotations as rows of a table, and a text with its quotations marked: for notebooks and scripts.

    frame = pandas.DataFrame(quotation_rows(articles["text"]), columns=QUOTATION_COLUMNS)
    HTML(as_html(nlp(text)))

pandas is the caller's affair: rows are plain dictionaries, and a Series is any iterable with labels.
Of no rows pandas cannot tell the columns, so they are named here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc

from .found import FoundQuotation, Span
from .pipeline import find_quotations, load

SPANS_KEY = "quotations"
"""The span group of a Doc in which `mark_spans` puts what it marks."""
GAP = " … "
"""Stands between the words of two spans of one quotation."""
QUOTATION_COLUMNS = (
    *("text", "kind", "content", "cue", "mention", "speaker", "speaker_kind", "confidence"),
    *("spans", "cue_span", "mention_span"),
)
"""What a row has, in its order."""
COLOURS = {"direct": "#9ecae1", "mixed": "#bcbddc", "indirect": "#c7e9c0", "cue": "#fdd0a2", "mention": "#fa9fb5"}
"""Of the labels: content is labelled by its kind."""


class Labelled(Protocol):
    """A pandas Series, say: texts, each with a label."""

    def items(self) -> Iterable[tuple[Hashable, str]]: ...


def quotation_rows(
    texts: Labelled | Mapping[Any, str] | Iterable[str], *, nlp: Language | None = None, n_process: int = 1
) -> Iterator[dict[str, Any]]:
    """A row for each quotation of each text, as they come, in the order of the texts.

    "text" is the text's label in a Series, its key in a dictionary, else its place from 0 on. content, cue, mention
    and speaker are words, "" where there are none; spans, cue_span and mention_span their offsets in code points of
    that text, half-open. Raises TypeError for what is no list of texts and, once it comes to it, for what is no text,
    as the NaN of a missing one; ValueError for a text with half of a character in it.
    """
    labelled = _labelled(texts)
    return _rows(labelled, nlp or load(), n_process)


def _rows(labelled: Iterable[tuple[Any, Any]], nlp: Language, n_process: int) -> Iterator[dict[str, Any]]:
    for doc, label in nlp.pipe(_strings(labelled), as_tuples=True, n_process=n_process):
        text = doc.text  # which spaCy puts together from its tokens every time it is asked
        for quotation in find_quotations(doc):
            yield {"text": label, **_row(quotation, text)}


def mark_spans(doc: Doc) -> Doc:
    """Put the quotations of a Doc that load()'s pipeline made into doc.spans["quotations"], by whole tokens.

    Content is labelled by its kind (direct, mixed, indirect), what attributes it "cue" and "mention".
    """
    found = [
        (label, span)
        for quotation in find_quotations(doc)
        for label, spans in (
            (quotation.kind, quotation.spans),
            ("cue", (quotation.cue,)),
            ("mention", (quotation.mention,)),
        )
        for span in spans
        if span
    ]
    marked = [doc.char_span(*span, label=label, alignment_mode="expand") for label, span in found]
    doc.spans[SPANS_KEY] = [span for span in marked if span is not None]
    return doc


def as_html(doc: Doc, *, page: bool = False, minify: bool = False) -> str:
    """The text with its quotations marked, as spaCy's displacy draws spans; with `page`, a whole page to save.

    Text and labels are escaped: nothing in an article becomes markup. displacy holds every token against every span:
    40,000 characters full of quotations take it two seconds, ten times as many a hundred times that. Raises TypeError
    for what is no Doc.
    """
    if not isinstance(doc, Doc):
        raise TypeError(f"as_html takes one Doc, as in as_html(nlp(text)), and no {type(doc).__name__}")
    options = {"spans_key": SPANS_KEY, "colors": COLOURS}
    parsed = displacy.parse_spans(mark_spans(doc), options) if find_quotations(doc) else _unmarked(doc)
    return displacy.render(
        parsed, style="span", manual=True, page=page, minify=minify, jupyter=False, options=options
    )


def _row(quotation: FoundQuotation, text: str) -> dict[str, Any]:
    return {
        "kind": quotation.kind,
        "content": GAP.join(_words(text, span) for span in quotation.spans),
        "cue": _words(text, quotation.cue),
        "mention": _words(text, quotation.mention),
        "speaker": quotation.speaker_name or "",
        "speaker_kind": quotation.speaker_kind,
        "confidence": quotation.confidence,
        "spans": quotation.spans,
        "cue_span": quotation.cue,
        "mention_span": quotation.mention,
    }


def _unmarked(doc: Doc) -> dict[str, Any]:
    """A Doc without quotations as displacy wants it, which would warn that there are none."""
    return {"text": doc.text, "spans": [], "tokens": [token.text for token in doc]}


def _words(text: str, span: Span | None) -> str:
    return text[span[0] : span[1]] if span else ""


def _strings(labelled: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, Any]]:
    for label, text in labelled:
        if not isinstance(text, str):
            raise TypeError(f"text {label!r} is no string but {text!r}")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            half = f"{text[error.start]!r} at {error.start:,}"
            raise ValueError(f"text {label!r} has half of a character in it, a lone surrogate: {half}") from error
        yield str.__str__(text), label  # spaCy takes no subclass, as NumPy's strings are


def _labelled(texts: Any) -> Iterable[tuple[Any, Any]]:
    """Each with its label. Raises TypeError for what is no list of texts."""
    if isinstance(texts, str | bytes):
        raise TypeError("quotation_rows takes a list of texts: for one text, quotation_rows([text])")
    if hasattr(texts, "columns"):
        raise TypeError('quotation_rows takes texts and no whole table: pass a column, e.g. frame["text"]')
    if not hasattr(texts, "items") and not isinstance(texts, Iterable):
        raise TypeError(f"quotation_rows takes a list of texts, and no {type(texts).__name__}")
    return texts.items() if hasattr(texts, "items") else enumerate(texts)
