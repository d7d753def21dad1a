"""What comes as a page, a feed's item or a PDF and is no article: a list, an error, a teaser."""

from __future__ import annotations

import re

from .records import UnreadableInput

MIN_WORDS = 30

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts that put no space between words; two of them count as a word."""

_PHRASE = (
    r"(?:(?:page|file|article|story|content) (?:was )?)?not found|access denied|forbidden|permission denied"
    r"|service unavailable|bad gateway|internal server error|just a moment|attention required"
    r"|are you (?:a )?(?:human|robot)|verify you are human|captcha|please enable (?:javascript|cookies)"
    r"|page (?:is )?(?:unavailable|missing)|something went wrong|oops"
)
_ENDS = r"(?=\s*(?:[|–—:!?.,-]|$))"
"""So that "Forbidden love" and "404 jobs lost" are headlines."""
_ERROR = re.compile(
    rf"(?:(?:http\s*)?error\s*)?[45]\d\d(?:\s*(?:{_PHRASE}|error))?{_ENDS}|(?:{_PHRASE}){_ENDS}",
    re.IGNORECASE | re.MULTILINE,
)
_ERROR_WORDS = 150
"""An error page has no more; an article about errors has."""


def count_words(text: str) -> int:
    unspaced = len(_UNSPACED.findall(text))
    spaced = _WORD.findall(_UNSPACED.sub(" ", text) if unspaced else text)
    return len(spaced) + unspaced // 2


def refuse_no_article(text: str, *, title: str = "", source: str) -> None:
    """Raises UnreadableInput for an error page and for under 30 words.

    Asked of pages, feeds and PDF, which hold much else; a plain text file, a row or an annotated text was meant.
    """
    words = count_words(text)
    if words < _ERROR_WORDS and _ERROR.match(title.strip() or text.strip()):
        raise UnreadableInput(source, f'not an article (an error page: "{(title or text).strip()[:60]}")')
    if words < MIN_WORDS:
        raise UnreadableInput(source, f"not an article ({words} words of text, fewer than {MIN_WORDS})")
