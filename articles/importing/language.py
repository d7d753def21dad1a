"""Which language a text is in, offline."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SEEN = 250
"""Characters; more takes longer and changes nothing."""
_SEEN_TO_CONFIRM = 150
"""Where the input declares a language, so many have to contradict it clearly."""
_SKIPPED = 100
_SURE = 0.5
"""A probability; on a sentence it is 0.9, on a word or two 0.3."""
_CERTAIN = 0.95
"""What it takes against a declaration."""


def language_of(text: str, *, declared: str = "") -> str:
    """The ISO 639-1 code; what the input declared ("en-GB") where the text does not tell, "" where nothing does."""
    stated = declared_language(declared)
    most = _SEEN_TO_CONFIRM if stated else _SEEN
    seen = text[_SKIPPED : _SKIPPED + most] if len(text) > _SKIPPED + most else text[-most:]
    code, probability = _identifier().classify(seen)
    if probability >= (_CERTAIN if stated else _SURE) and len(code) == 2:
        return str(code)
    return stated


def declared_language(tag: str) -> str:
    """ "en-GB" and "EN_us" -> "en"; "" for what is no two-letter code."""
    code = tag.strip().replace("_", "-").partition("-")[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


@cache
def _identifier() -> LanguageIdentifier:
    """Loaded when first asked for: a web process that imports nothing need not wait a second for it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
