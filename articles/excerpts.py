"""The sentence around a search hit, with the hit marked."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .search import fold, search_terms

# Code points shown on either side of the first hit, and of a text's beginning where nothing was sought.
AROUND = 90
BEGINNING = 180
# How far an offset moves to the next white space.
TO_WORD_EDGE = 20
# So much of a text gives the same beginning as the whole.
BEGINNING_CUT = BEGINNING + TO_WORD_EDGE + 1

Range = tuple[int, int]


def excerpt(text: str, query: str) -> SafeString:
    """The words around the first hit of `query` in `text`, hits marked; the beginning where there is none."""
    found = _hits(text, [fold(term) for term, is_wanted in search_terms(query) if is_wanted])
    first = next(found, None)
    start, end = (first[0] - AROUND, first[1] + AROUND) if first else (0, BEGINNING)
    start, end = _word_edge(text, start, -1), _word_edge(text, end, 1)
    hits = [first, *takewhile(lambda hit: hit[1] <= end, found)] if first else []
    marked = _marked(text, hits, start=start, end=end)
    return format_html("{}{}{}", "… " if start else "", marked, " …" if end < len(text) else "")


def _hits(text: str, terms: Sequence[str]) -> Iterator[Range]:
    """Half-open ranges of `text` that fold to one of `terms`, the longest first where several begin together."""
    if not any(terms):
        return
    words = list(re.finditer(r"\S+", text))
    folded = [fold(word[0]) for word in words]
    starts = [0, *accumulate(len(one) + 1 for one in folded)]

    def offset_of(at: int) -> int:
        number = bisect_right(starts, at, hi=len(words)) - 1
        return words[number].start() + _unfolded(words[number][0], at - starts[number])

    pattern = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True) if term)
    for hit in re.finditer(pattern, " ".join(folded)):
        yield offset_of(hit.start()), offset_of(hit.end() - 1) + 1


def _unfolded(word: str, at: int) -> int:
    """The index in `word` of the character from which character `at` of the folded word comes.

    A "word" may be long: a text without spaces is one.
    """
    index = bisect_right(range(len(word)), at, key=lambda index: len(fold(word[: index + 1])))
    return min(index, len(word) - 1)


def _word_edge(text: str, offset: int, step: int) -> int:
    """`offset` moved by `step`s to the next white space, at most TO_WORD_EDGE away, inside the text."""
    for _ in range(TO_WORD_EDGE):
        if not 0 < offset < len(text) or text[offset - 1].isspace():
            break
        offset += step
    return min(max(offset, 0), len(text))


def _marked(text: str, hits: Sequence[Range], *, start: int, end: int) -> SafeString:
    """text[start:end], escaped, on one line, with `hits` marked."""
    pieces, last = [], start
    for first, stop in hits:
        pieces += [
            format_html("{}", _on_one_line(text[last:first])),
            format_html('<mark class="hit">{}</mark>', _on_one_line(text[first:stop])),
        ]
        last = max(last, stop)
    pieces.append(format_html("{}", _on_one_line(text[last:end])))
    return mark_safe("".join(pieces).strip())  # noqa: S308 - each piece was escaped above


def _on_one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words)
