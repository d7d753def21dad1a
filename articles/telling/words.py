"""What became of the words of a quotation, in sentences: of its content, its cue and its mention."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ..models import ANCHORS, CONTENT_GAP
from ..models.anchors import Span
from .phrases import CHANGED, GIVEN, GIVEN_OTHERWISE, TAKEN_AWAY, THE

LONGEST = 120
"""Characters of a value in a sentence; the record itself shows it whole."""
ENDS = 4
"""Words shown of an end that was moved."""
WORDS = ANCHORS
"""The fields that these sentences tell of."""

Values = Mapping[str, Any]
Part = tuple[Span, str]


def what_became_of_words(before: Values, after: Values) -> Iterator[str]:
    """Of content, cue and mention, as far as they differ; offsets half-open, in code points."""
    if before.get("content", "") != after.get("content", ""):
        if before.get("former_text_id") == after.get("former_text_id") and "spans" in before:
            yield from _of_content(_parts(before), _parts(after))
        else:  # of two texts: their offsets cannot be compared
            yield _changed(before["content"], after["content"])
    elif before.get("spans") != after.get("spans"):
        yield _("moved it to another place with the same words")
    for part in ("cue", "mention"):
        yield from _of_part(part, before, after)


def _of_part(part: str, before: Values, after: Values) -> Iterator[str]:
    was, now = before.get(part, ""), after.get(part, "")
    if was == now:
        if before.get(f"{part}_start") != after.get(f"{part}_start"):
            yield _("moved %(what)s to another place with the same words") % {"what": THE[part]}
    else:
        yield changed(part, was and quoted(was), now and quoted(now))


def _of_content(was: Sequence[Part], now: Sequence[Part]) -> Iterator[str]:
    """Parts that overlap are the same one, with other ends."""
    staying = [one for one in was if _overlaps(one, now)]
    stayed = [one for one in now if _overlaps(one, was)]
    if not staying or len(staying) != len(stayed):
        yield _changed(*(CONTENT_GAP.join(words for span, words in parts) for parts in (was, now)))
        return
    for old, new in zip(staying, stayed, strict=True):
        yield from _of_ends(old, new)
    taken_in, left_out = _("took in %(words)s"), _("left out %(words)s")
    yield from (taken_in % {"words": quoted(words)} for span, words in now if (span, words) not in stayed)
    yield from (left_out % {"words": quoted(words)} for span, words in was if (span, words) not in staying)


def _of_ends(old: Part, new: Part) -> Iterator[str]:
    ((start, end), was), ((new_start, new_end), now) = old, new
    if start != new_start and end != new_end:
        yield _changed(was, now)
    elif end != new_end:
        yield _("moved the end from %(old)s to %(new)s") % {"old": _end(was), "new": _end(now)}
    elif start != new_start:
        yield _("moved the start from %(old)s to %(new)s") % {"old": _start(was), "new": _start(now)}


def _overlaps(one: Part, others: Sequence[Part]) -> bool:
    start, end = one[0]
    return any(start < other_end and other_start < end for (other_start, other_end), words in others)


def _parts(values: Values) -> list[Part]:
    """The content's parts with their words; the words may hold the sign that stands between two parts."""
    parts, at = [], 0
    for start, end in values["spans"]:
        parts.append(((start, end), values["content"][at : at + end - start]))
        at += end - start + len(CONTENT_GAP)
    return parts


def _changed(was: str, now: str) -> str:
    return changed("content", quoted(was), quoted(now))


def changed(name: str, old: str, new: str) -> str:
    """That the field `name` has a new value; the values as they are shown, "" for none."""
    if not new:
        return TAKEN_AWAY % {"what": THE[name], "old": old}
    said = CHANGED if old else GIVEN_OTHERWISE.get(name, GIVEN)
    return said % {"what": THE[name], "old": old, "new": new}


def quoted(words: str) -> str:
    """`words` on one line, cut where they are long, in quotation marks that are not their own."""
    return _marked(Truncator(" ".join(words.split())).chars(LONGEST))


def _marked(words: str) -> str:
    """Words written from right to left are isolated, so that the marks around them stay where they belong."""
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in words):
        words = f"\u2068{words}\u2069"
    # Translators: quotation marks around words that have such marks of their own, and around others.
    marks = _("‘%(words)s’") if set('“”"„«»') & set(words) else _("“%(words)s”")
    return marks % {"words": words}


def _end(words: str) -> str:
    shown = " ".join(words.split()[-ENDS:])[-LONGEST:]
    return _marked(shown if shown == " ".join(words.split()) else f"… {shown}")


def _start(words: str) -> str:
    shown = " ".join(words.split()[:ENDS])[:LONGEST]
    return _marked(shown if shown == " ".join(words.split()) else f"{shown} …")
