"""The sentence around a search hit, with the hit marked."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile, zip_longest

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .search.folding import COMPOSED, UNSPACED, fold
from .search.language import Clause, Near

# Code points shown on either side of the first hit, and of a text's beginning where nothing was sought.
AROUND = 90
BEGINNING = 180
# How far an offset moves to the next white space.
TO_WORD_EDGE = 20
# So much of a text gives the same beginning as the whole.
BEGINNING_CUT = BEGINNING + TO_WORD_EDGE + 1

Range = tuple[int, int]


def excerpt(text: str, clauses: Sequence[Clause] = ()) -> SafeString:
    """The words around the first hit of `clauses` in `text`, hits marked; the beginning where there is none."""
    found = hits(text, clauses)
    first = next(found, None)
    start, end = (first[0] - AROUND, first[1] + AROUND) if first else (0, BEGINNING)
    start, end = _word_edge(text, start, -1), _word_edge(text, end, 1)
    shown = [first, *takewhile(lambda hit: hit[1] <= end, found)] if first else []
    words = _marked(text, shown, start=start, end=end)
    return format_html("{}{}{}", "… " if start else "", words, " …" if end < len(text) else "")


def marked(text: str, clauses: Sequence[Clause]) -> SafeString:
    """All of `text`, escaped, on one line, with the hits of `clauses` marked."""
    return _marked(text, list(hits(text, clauses)), start=0, end=len(text))


def hits(text: str, clauses: Sequence[Clause]) -> Iterator[Range]:
    """Half-open ranges of `text` that a wanted clause finds, the longest first where several begin together."""
    pattern = _pattern(clauses)
    if not pattern:
        return
    if not COMPOSED.search(text):
        # Nothing folds to more or fewer characters: what is found stands where it was found.
        yield from (hit.span() for hit in re.finditer(pattern, text.lower()))
        return
    words = list(re.finditer(r"\S+", text))
    folded = [fold(word[0]) for word in words]
    starts = [0, *accumulate(len(one) + 1 for one in folded)]

    def offset_of(at: int) -> int:
        number = bisect_right(starts, at, hi=len(words)) - 1
        return words[number].start() + _unfolded(words[number][0], at - starts[number])

    for hit in re.finditer(pattern, " ".join(folded)):
        yield offset_of(hit.start()), offset_of(hit.end() - 1) + 1


def _pattern(clauses: Sequence[Clause]) -> str:
    """What finds in a folded text what the index found: whole words, and nothing but marks within a phrase."""
    sought: dict[tuple[tuple[str, ...], bool], None] = {}
    for term in (term for clause in clauses if clause.wanted for term in clause.terms):
        if isinstance(term, Near):
            sought |= {((word,), False): None for word in term.words}
        else:
            sought[term.words, term.begins] = None
    longest_first = sorted(sought, key=lambda one: sum(map(len, one[0])), reverse=True)
    return "|".join(_phrase(words, begins=begins) for words, begins in longest_first)


def _phrase(words: Sequence[str], *, begins: bool) -> str:
    pieces = ["" if _is_unspaced(words[0]) else rf"(?<![^\W_{UNSPACED}])"]
    for word, following in zip_longest(words, words[1:]):
        pieces.append(re.escape(word))
        if following is not None:
            pieces.append(r"[\W_]*" if _is_unspaced(word) or _is_unspaced(following) else r"[\W_]+")
    if begins:
        pieces.append(rf"[^\W_{UNSPACED}]*")
    elif not _is_unspaced(words[-1]):
        pieces.append(rf"(?![^\W_{UNSPACED}])")
    return "".join(pieces)


def _is_unspaced(word: str) -> bool:
    return bool(re.match(f"[{UNSPACED}]", word))


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
