"""What newspapers do to marks and cases, done to training sentences now and then."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

STRAIGHT = frozenset(('"', "``", "''", "“", "”"))
CURLY_APOSTROPHE = str.maketrans("'", "’")
STRAIGHT_APOSTROPHE = str.maketrans("’", "'")


@registry.augmenters("newsroom.news_marks.v1")  # type: ignore[untyped-decorator]
def create_news_marks(
    marks: float, glued: float, lower: float, seed: int
) -> Callable[[Language, Example], Iterator[Example]]:
    """Each example as it is, or with one change.

    marks, glued, lower: the shares of examples whose quotation marks and apostrophes change from straight to
    curly or back, lose the space after a closing mark (`dead.”The`), or are put in lower case.
    """
    chance = random.Random(seed)  # noqa: S311  no secret hangs on it

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        draw = chance.random()
        if draw < marks:
            yield _changed(nlp, example, words=_other_marks)
        elif draw < marks + glued:
            yield _changed(nlp, example, spaces=_without_space_after_closing)
        elif draw < marks + glued + lower:
            yield _changed(nlp, example, words=lambda words: [word.lower() for word in words])
        else:
            yield example

    return augment


def _changed(
    nlp: Language,
    example: Example,
    *,
    words: Callable[[list[str]], list[str]] | None = None,
    spaces: Callable[[list[str], list[bool]], list[bool]] | None = None,
) -> Example:
    values: dict[str, Any] = example.to_dict()
    tokens = values["token_annotation"]
    if words is not None:
        tokens["ORTH"] = words(tokens["ORTH"])
    if spaces is not None:
        tokens["SPACY"] = spaces(tokens["ORTH"], tokens["SPACY"])
    text = "".join(w + " " * bool(s) for w, s in zip(tokens["ORTH"], tokens["SPACY"], strict=True))
    return example.from_dict(nlp.make_doc(text), values)


def _other_marks(words: list[str]) -> list[str]:
    curly = any(mark in word for word in words for mark in "“”’")
    apostrophe = STRAIGHT_APOSTROPHE if curly else CURLY_APOSTROPHE
    opened = False
    changed = []
    for word in words:
        if word in STRAIGHT:
            opened = not opened
            word = '"' if curly else ("“" if opened else "”")
        changed.append(word.translate(apostrophe))
    return changed


def _without_space_after_closing(words: list[str], spaces: list[bool]) -> list[bool]:
    opened = False
    changed = list(spaces)
    for index, word in enumerate(words):
        if word in STRAIGHT:
            opened = word == "“" or (word != "”" and not opened)
            if not opened and index + 1 < len(words) and words[index + 1][:1].isalpha():
                changed[index] = False
    return changed
