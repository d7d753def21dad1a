"""Words of a text, as spaCy's rules for its language part them. spaCy is loaded when the first is asked for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_ANY_LANGUAGE = "xx"


@contextmanager
def tokens_of(text: str, language: str) -> Iterator[Doc]:
    """The text in tokens, to be used within the context alone: what they take of memory is given back behind it.

    A language that spaCy does not know, or only with another library, is parted as any.
    """
    nlp = _blank(language or _ANY_LANGUAGE)
    can_forget = hasattr(nlp.tokenizer, "memory_zone")
    zone: AbstractContextManager[object] = nlp.memory_zone() if can_forget else nullcontext()
    with zone:
        yield nlp.tokenizer(text)  # not nlp(text), which refuses what is longer than a million


@cache
def _blank(language: str) -> Language:
    import spacy

    try:
        return spacy.blank(language)
    except (ImportError, OSError):
        return spacy.blank(_ANY_LANGUAGE)


def forget_words() -> None:
    """Begin with an empty vocabulary: the ids and labels of spans stay in one, whatever is forgotten besides.

    A vocabulary and its tokenizer hold each other, and an export looks for such cycles rarely.
    """
    _blank.cache_clear()
    gc.collect()
