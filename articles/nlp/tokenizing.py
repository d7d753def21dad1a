"""A tokenizer that always splits at quotation marks and never takes longer than its text is long.

spaCy's own looks at each stretch without white space again for every affix it takes off, which for one
stretch of a megabyte would take hours; such stretches are cut here into plain pieces first.
"""

from __future__ import annotations

import re
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

OVERLONG = re.compile(r"\S{400,}")
PIECE = re.compile(r"\w{1,400}|[^\w\s]{1,400}")
MARKS_WITHIN = [r"[.,!?;:…](?=[\"“”„‟«»])", r"[\"“”„‟«»]", r"(?<=[a-z])[.!?](?=[A-Z][a-z])", r"[—–…]"]


class SteadyTokenizer:
    """Wraps another tokenizer; text is kept to the letter (doc.text == text)."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        if not OVERLONG.search(text):
            whole: Doc = self.tokenizer(text)
            return whole
        parts: list[Doc] = []
        done = 0
        for overlong in OVERLONG.finditer(text):
            if overlong.start() > done:
                parts.append(self.tokenizer(text[done : overlong.start()]))
            words = PIECE.findall(overlong.group())
            parts.append(Doc(parts[0].vocab if parts else self.vocab, words=words, spaces=[False] * len(words)))
            done = overlong.end()
        if done < len(text):
            parts.append(self.tokenizer(text[done:]))
        return _joined(parts, vocab=self.vocab)

    @property
    def vocab(self) -> Any:
        return self.tokenizer.vocab

    def to_bytes(self, **kwargs: Any) -> bytes:
        inner: bytes = self.tokenizer.to_bytes(**kwargs)
        return inner

    def from_bytes(self, data: bytes, **kwargs: Any) -> SteadyTokenizer:
        self.tokenizer.from_bytes(data, **kwargs)
        return self

    def to_disk(self, path: Any, **kwargs: Any) -> None:
        self.tokenizer.to_disk(path, **kwargs)

    def from_disk(self, path: Any, **kwargs: Any) -> SteadyTokenizer:
        self.tokenizer.from_disk(path, **kwargs)
        return self


def steady(nlp: Language) -> SteadyTokenizer:
    """nlp's tokenizer, made to split at quotation marks inside a word (`country.”The`)."""
    tokenizer = nlp.tokenizer
    if isinstance(tokenizer, SteadyTokenizer):
        return tokenizer
    split_at_marks(nlp)
    return SteadyTokenizer(tokenizer)


def split_at_marks(nlp: Language) -> None:
    """Make nlp's own tokenizer split at quotation marks, dashes and missing spaces inside a word."""
    if hasattr(nlp.tokenizer, "infix_finditer"):
        infixes = [*(nlp.Defaults.infixes or []), *MARKS_WITHIN]
        nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def _joined(parts: list[Doc], *, vocab: Any) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    for part in parts:
        for token in part:
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
    return Doc(vocab, words=words, spaces=spaces)
