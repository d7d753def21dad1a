"""Quoted passages that name a thing (a show, a book, a song, a slogan) instead of saying something."""

from __future__ import annotations

from .grammar import PREPOSITIONS
from .reading import Item
from .words import words

WORKS = words("""
    show program programme series film movie documentary book novel memoir essay play musical opera song single
    album record track poem column podcast newsletter magazine episode game painting sculpture exhibition ballad
    slogan motto headline headlined titled entitled called named dubbed nicknamed billed nickname label hashtag term
    word phrase line subject bestseller best-seller sitcom drama comedy thriller sequel hit hymn anthem chapter
    article host co-host hosts anchor star starred author wrote sang sing sings singing performed played plays read
    reads reading watch watched watching founder editor co-host
""")
SMALL = words("a an the of in on at to for and or but nor with from by as vs vs. de la le")
SAYS_SOMETHING = words("i i’m i'm we you he she they is are was were will don’t don't not")
MARKS = "\"“”„‟«»″'‘’`.,!?:;() "
LONGEST_TITLE = 14  # words


def is_title_case(item: Item) -> bool:
    """Whether every word of a passage that may be is written with a capital: “State of the Union”."""
    spelled = [word.strip(MARKS) for word in item.text.split()]
    spelled = [word for word in spelled if word]
    telling = [word for word in spelled[1:] if word.lower() not in SMALL]
    if not telling or len(spelled) > LONGEST_TITLE or not spelled[0][:1].isupper():
        return False
    return all(word[:1].isupper() or word[:1].isdigit() for word in telling)


def is_title(items: list[Item], *, index: int) -> bool:
    """Whether the passage at index is a title by its capitals and by the words before it."""
    if not is_title_case(items[index]):
        return False
    before = [items[i].lower for i in range(max(0, index - 3), index)]
    while before and before[-1] in (",", "of", "by", "the", "is", "(", "and"):
        before.pop()
    return bool(before) and (before[-1] in WORKS or before[-1] in ("'s", "’s") or before[-1] in PREPOSITIONS - {"to"})
