"""A quotation in its sentence, fetched without the article's whole text."""

import re

from django.db.models import F, IntegerField
from django.db.models.functions import Coalesce, Greatest, Substr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..models import Quotation
from ..querysets import QuotationQuerySet

# Code points fetched on either side of the content.
AROUND = 200
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n\s*")


def with_context(quotations: QuotationQuerySet) -> QuotationQuerySet:
    """Add `context`: of the text it stands in, from AROUND code points before the content to AROUND behind it.

    And one more, which tells whether the text goes on.
    """
    first = Greatest(F("start") - AROUND, 0, output_field=IntegerField())
    contexts: QuotationQuerySet = quotations.annotate(
        context=Substr(Coalesce("former_text__text", "article__text"), first + 1, F("end") - first + AROUND + 1)
    )
    return contexts


def in_context(quotation: Quotation, *, longest: int | None = None) -> SafeString:
    """The sentence of a quotation from `with_context`, its content marked; spans over `longest` are shortened."""
    text: str = quotation.context  # type: ignore[attr-defined]
    first = max(quotation.start - AROUND, 0)
    pieces: list[tuple[str, str]] = []
    last = first
    for start, end in quotation.spans:
        between = text[last - first : start - first]
        pieces.append(
            (
                between if pieces else _lead(between, is_cut=first > 0),
                _shorten(text[start - first : end - first], longest),
            )
        )
        last = end
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", marked, _tail(text[last - first :]))


def _lead(before: str, *, is_cut: bool) -> str:
    """The part of `before` that belongs to the sentence."""
    ends = [found.end() for found in SENTENCE_END.finditer(before)]
    if ends:
        return before[ends[-1] :]
    return f"… {before.partition(' ')[2] or before}" if is_cut else before


def _tail(after: str) -> str:
    """The rest of the sentence in `after`."""
    found = SENTENCE_END.search(after)
    if found:
        return after[: found.end()].rstrip()
    if len(after) <= AROUND:
        return after
    within = after[:AROUND]
    return f"{within.rpartition(' ')[0] or within} …"


def _shorten(words: str, longest: int | None) -> str:
    if longest is None or len(words) <= longest:
        return words
    return f"{words[: longest * 2 // 3]} […] {words[-longest // 3 :]}"
