"""Where the noun phrase beside a verb begins and ends, read from word classes and commas alone."""

from __future__ import annotations

from .cues import CUES, NOUNS_TOO
from .found import Span
from .grammar import (
    ADVERBS,
    AUXILIARIES,
    CLAUSE_OPENERS,
    COMMON_VERBS,
    DETERMINERS,
    FINITE_BE,
    PERSONAL,
    PREPOSITIONS,
    RELATIVE,
    SENTENCE_ADVERBS,
    SUBJECT_PRONOUNS,
    TITLES,
    WEEKDAYS_MONTHS,
)
from .reading import ENDS, Item
from .titled import is_title
from .words import words

LONGEST_MENTION = 45
DASHES = frozenset(("—", "–", "--", "―"))
HARD = frozenset((";", ":", "“", '"', "*", "|", "•")) | ENDS | DASHES
NAME_LINKS = words("of the de da do dos du del della der den di van von bin ibn al el la le y & st. and for")
ROLE_WORDS = TITLES | words("""
    republican democrat democratic republicans democrats independent jr. jr sr. sr iii ii ceo professor
    head owner adviser advisor aide author editor host candidate nominee strategist pollster manager
    counsel lawyer researcher fellow member co-founder co-chair senior executive managing r d i r. d.
    who which whose where formerly now then aged writing speaking
""")
LISTENER_STOP = frozenset(("that", ",", ":", "in", "on", "at", "during", "after", "before"))
MARKS_BEHIND = "\"”“’'»"
ALONE = words("he she they i we it")
ALSO_NAMES = words("ai will may ca wo")
ASIDES = words("however meanwhile though too therefore moreover instead nevertheless nonetheless also")
NOT_PAST = words("red united indeed hundred wed bed shed seed speed need feed greed exceed")


def subject_before(items: list[Item], *, floor: int, verb: int) -> Span | None:
    """The subject of the verb group that starts at items[verb], as an item range; None where none is seen."""
    if verb <= floor:
        return None
    if verb - 3 > floor and items[verb - 1].text == items[verb - 3].text == "," and items[verb - 2].lower in ASIDES:
        verb -= 3
    joined = verb - 2 >= floor and items[verb - 2].lower in ("and", "or")
    if items[verb - 1].lower in ALONE and not joined:
        return verb - 1, verb
    commas, low = _commas_before(items, floor=floor, verb=verb)
    edges = [low, *(c + 1 for c in commas)]
    if edges[-1] < verb:
        start = phrase_start(items, low=edges[-1], high=verb)
        if start is None:
            return None
        if start == edges[-1] and len(edges) > 1:
            start = _list_start(items, edges=edges, start=start, verb=verb)
        return _valid(items, start=start, end=verb)
    return _before_parenthesis(items, edges=edges, commas=commas)


def _commas_before(items: list[Item], *, floor: int, verb: int) -> tuple[list[int], int]:
    """Commas left of verb inside its clause, and where that clause can begin at the earliest."""
    commas: list[int] = []
    index = verb - 1
    while index >= max(floor, verb - 80):
        item = items[index]
        titled = item.passage is not None and is_title(items, index=index)
        if titled and index == verb - 1:
            commas.append(verb)
        elif item.text == "," or (item.text in DASHES and index == verb - 1):
            commas.append(index)
        elif titled and not item.text.rstrip(MARKS_BEHIND).endswith(","):
            pass
        elif item.text in HARD or item.text == "(" or (item.passage is not None and not is_nickname(items, index)):
            break
        elif item.text in (")", "]"):
            index = _opening(items, index=index, floor=floor)
        index -= 1
    return commas[::-1], index + 1


def is_nickname(items: list[Item], index: int) -> bool:
    """`Luiz Inácio "Lula" da Silva`: one to three quoted words inside a name."""
    item = items[index]
    if not 0 < index < len(items) - 1 or len(item.text) > 30 or item.text.count(" ") > 2:
        return False
    after = items[index + 1]
    inner = item.text.strip("\"“”„‟«»″'‘’ ")
    return (
        items[index - 1].capital
        and (after.capital or after.lower in NAME_LINKS - {"of", "the", "and", "for"})
        and inner[:1].isupper()
        and inner[-1:] not in ".,!?"
    )


def _opening(items: list[Item], *, index: int, floor: int) -> int:
    for back in range(index - 1, max(floor, index - 30) - 1, -1):
        if items[back].text in ("(", "["):
            return back
    return index


def phrase_start(items: list[Item], *, low: int, high: int) -> int | None:
    """Where the noun phrase that ends before items[high] starts, looking no further left than low."""
    index = high - 1
    start = low
    while index >= low:
        word = items[index].lower
        if word in (")", "]"):
            index = _opening(items, index=index, floor=low) - 1
            continue
        if word in RELATIVE and not (index == high - 1 and _is_demonstrative(items, index, low=low)):
            if index == high - 1:
                return index
            if index == low or begins_phrase(items[index + 1]):
                start = index + 1
                break
        elif word in ("and", "or", "&"):
            if index == high - 1 or _has_verb(items, low=low, high=index):
                start = index + 1
                break
        elif word in CLAUSE_OPENERS and not (word == "as" and index > low and items[index - 1].lower == "such"):
            start = index + 1
            break
        elif is_verb_like(items, index):
            relative = _relative_before(items, low=low, index=index)
            if relative is None:
                start = index + 1
                break
            index = relative
        index -= 1
    return _trimmed(items, start=start, high=high)


def _is_demonstrative(items: list[Item], index: int, *, low: int) -> bool:
    """ "That suggests", against "a report that suggests"."""
    if items[index].lower != "that":
        return False
    before = items[index - 1] if index > low else None
    return before is None or not (before.capital or before.lower.isalpha()) or is_verb_like(items, index - 1)


def _relative_before(items: list[Item], *, low: int, index: int) -> int | None:
    for back in range(index - 1, max(low, index - 8), -1):
        if items[back].lower in ("who", "which", "that", "whose"):
            return None if begins_phrase(items[back + 1]) and items[back].lower != "whose" else back
        if items[back].lower in ("and", "but") or is_verb_like(items, back):
            return None
    return None


def _has_verb(items: list[Item], *, low: int, high: int) -> bool:
    return any(is_verb_like(items, i) for i in range(low, high))


def is_verb_like(items: list[Item], index: int) -> bool:
    """A finite verb, as far as its form tells."""
    item = items[index]
    word = item.lower
    before = items[index - 1].lower if index else ""
    if word in ("'s", "’s", "'d", "’d"):
        return before in PERSONAL or before in ("that", "there", "this", "what")
    if word in AUXILIARIES:
        return word not in ("not", "never", "be", "been", "being") and not (item.capital and word in ALSO_NAMES)
    if item.capital or before in DETERMINERS or before in ("'s", "’s"):
        return False
    if word in COMMON_VERBS:
        return before != "to"
    cue = CUES.get(word)
    if cue is not None and cue.form in ("past", "s") and word not in NOUNS_TOO and item.place.pos != "NOUN":
        return before not in FINITE_BE and before not in PREPOSITIONS
    following = items[index + 1].lower if index + 1 < len(items) else ""
    if word.endswith("ed") and index and (items[index - 1].capital or before in PERSONAL):
        return word not in NOT_PAST
    return word.endswith("ed") and len(word) > 4 and following in DETERMINERS | {"to", "that", "by", "in", "on", "at"}


def begins_phrase(item: Item) -> bool:
    return (
        item.capital
        or item.lower in DETERMINERS
        or item.lower in SUBJECT_PRONOUNS
        or item.text[:1].isdigit()
        or item.text[:1] in "$£€@"
    )


def _trimmed(items: list[Item], *, start: int, high: int) -> int | None:
    """start moved past connectives, adverbs and a leading prepositional phrase."""
    while start < high:
        word = items[start].lower
        if word in SUBJECT_PRONOUNS and start == high - 1:
            return start
        adverb = word.endswith("ly") and len(word) > 4 and start + 1 < high
        if word in SENTENCE_ADVERBS or word in (",", "'", "’", "-", "...", "(", ")", "]", "to") or adverb:
            start += 1
        elif (
            word in WEEKDAYS_MONTHS
            or word in PREPOSITIONS
            or (word in ("last", "this", "next") and _is_time(items, start + 1))
        ):
            return core_start(items, low=start, high=high)
        else:
            return start
    return None


def _is_time(items: list[Item], index: int) -> bool:
    return items[index].lower in WEEKDAYS_MONTHS or items[index].lower in (
        "week",
        "month",
        "year",
        "night",
        "summer",
    )


def core_start(items: list[Item], *, low: int, high: int) -> int | None:
    """The shortest plausible noun phrase that ends before high: a titled name, or a determiner's phrase."""
    index = high - 1
    if items[index].lower in PERSONAL or items[index].lower in ("others", "many", "some", "both"):
        return index
    if items[index].capital:
        while index > low and (
            (items[index - 1].capital and items[index - 1].lower not in WEEKDAYS_MONTHS)
            or items[index - 1].lower in TITLES
            or items[index - 1].text in ("-", "'s", "’s")
            or (items[index - 1].lower in NAME_LINKS and index - 2 > low and items[index - 2].capital)
        ):
            index -= 1
        if index > low and items[index - 1].lower in ("the", "a", "an"):
            index -= 1
        return index
    for back in range(index, max(low, index - 6) - 1, -1):
        if items[back].lower in DETERMINERS:
            return back
    return None


def _list_start(items: list[Item], *, edges: list[int], start: int, verb: int) -> int:
    """ "Senators Ng, Roy and Diaz said": the names before the last comma belong to it."""
    joined = any(items[i].lower == "and" for i in range(start, verb)) and items[start].capital
    if not joined:
        return start
    for low, high in zip(edges[-2::-1], edges[:0:-1], strict=False):
        names = range(low, high - 1)
        if not names or len(names) > 6 or not all(items[i].capital for i in names):
            break
        start = low
    return start


def _before_parenthesis(items: list[Item], *, edges: list[int], commas: list[int]) -> Span | None:
    """ "Ron Hale, a county adviser, said": the phrase before what stands between commas, with it."""
    for place in range(len(edges) - 2, -1, -1):
        low, high = edges[place], commas[place]
        if low >= high:
            continue
        if place and _is_aside(items, low=low, high=high, before=(edges[place - 1], commas[place - 1])):
            continue
        start = phrase_start(items, low=low, high=high)
        return _valid(items, start=start, end=commas[-1]) if start is not None else None
    return None


def _is_aside(items: list[Item], *, low: int, high: int, before: Span) -> bool:
    first = items[low]
    if first.lower in ("and", "or"):
        return True
    if is_verb_like(items, low):
        return False
    if first.lower in ROLE_WORDS or (not first.capital and first.lower not in ("the", *PERSONAL)):
        return True
    earlier = items[before[0]] if before[0] < before[1] else first
    fronted = earlier.lower in PREPOSITIONS or earlier.lower in SENTENCE_ADVERBS
    named = items[before[1] - 1].capital and not fronted
    joined = any(items[i].lower in ("of", "at", "for") for i in range(low, high))
    return named and (first.lower == "the" or high - low <= 3 or joined)


def _valid(items: list[Item], *, start: int, end: int) -> Span | None:
    while start < end and items[end - 1].text in (",", "-", "–", "—"):
        end -= 1
    if not 0 < end - start <= LONGEST_MENTION:
        return None
    first = items[start]
    auxiliary = first.lower in AUXILIARIES and not (first.capital and first.lower in ALSO_NAMES)
    if first.lower in PREPOSITIONS or auxiliary or not any(c.isalnum() for c in first.text):
        return (start, end) if first.text[:1] in "@#$£€" or first.passage else None
    if end - start == 1 and not begins_phrase(first) and not first.lower.endswith(("s", "people", "police", "men")):
        return None
    if items[end - 1].lower in ADVERBS and end - start == 1 and items[end - 1].lower != "both":
        return None
    return start, end
