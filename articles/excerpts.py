"""The sentence around a search hit, with the hit marked."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .querysets import search_terms

# Code points shown on either side of the first hit, and of a text's beginning where nothing was sought.
AROUND = 90
BEGINNING = 180
# How far an offset moves to the next white space.
TO_WORD_EDGE = 20
# So much of a text gives the same beginning as the whole.
BEGINNING_CUT = BEGINNING + TO_WORD_EDGE + 1


def excerpt(text: str, query: str) -> SafeString:
    """The words around the first hit of `query` in `text`, hits marked; the beginning where there is none."""
    wanted = [re.escape(term) for term, is_wanted in search_terms(query) if is_wanted]
    pattern = re.compile("|".join(sorted(wanted, key=len, reverse=True)), re.IGNORECASE) if wanted else None
    first = pattern.search(text) if pattern else None
    start, end = (first.start() - AROUND, first.end() + AROUND) if first else (0, BEGINNING)
    start, end = _word_edge(text, start, -1), _word_edge(text, end, 1)
    shown = " ".join(text[start:end].split())
    marked = _marked(shown, pattern) if pattern else format_html("{}", shown)
    return format_html("{}{}{}", "… " if start else "", marked, " …" if end < len(text) else "")


def _word_edge(text: str, offset: int, step: int) -> int:
    """`offset` moved by `step`s to the next white space, at most TO_WORD_EDGE away, inside the text."""
    for _ in range(TO_WORD_EDGE):
        if not 0 < offset < len(text) or text[offset - 1].isspace():
            break
        offset += step
    return min(max(offset, 0), len(text))


def _marked(shown: str, pattern: re.Pattern[str]) -> SafeString:
    pieces, last = [], 0
    for hit in pattern.finditer(shown):
        pieces.append((shown[last : hit.start()], hit[0]))
        last = hit.end()
    return format_html("{}{}", format_html_join("", '{}<mark class="hit">{}</mark>', pieces), shown[last:])
