"""Seeking the quotations of many texts at once, in whichever process this runs. Brings spaCy with the first."""

from __future__ import annotations

import contextlib
import functools
import logging
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..processes import end_with_parent
from . import MODEL_VARIABLE, PIPELINE_VERSION
from .found import FoundCue, FoundQuotation

if TYPE_CHECKING:
    from spacy.language import Language

logger = logging.getLogger(__name__)

Found = tuple[list[FoundQuotation], list[FoundCue]] | str
"""The quotations of one text and the cues in it; a line that says why it could not be read."""


class CannotLoad(Exception):
    """The pipeline cannot be loaded; the message is one line."""


def find_in_batch(texts: Sequence[str], *, model: str = "") -> tuple[str, list[Found]]:
    """The version of the pipeline, and what it finds in each text.

    `model` is what `load` takes, "" for the default. A text that the pipeline cannot read costs only itself. Raises
    CannotLoad.
    """
    from .pipeline import find_cues, find_quotations

    nlp = loaded(model)
    try:
        return PIPELINE_VERSION, [(find_quotations(doc), find_cues(doc)) for doc in nlp.pipe(texts)]
    except Exception:  # one of them trips it: which one, each alone will tell
        return PIPELINE_VERSION, [_found(text, nlp=nlp) for text in texts]


def begin_process(model: str) -> None:
    """In a new process: have the pipeline loaded before any time counts. Why it cannot be, the first batch tells."""
    end_with_parent()
    with contextlib.suppress(Exception):
        loaded(model)


@functools.cache
def loaded(model: str) -> Language:
    """The pipeline, loaded once a process. Raises CannotLoad."""
    from .pipeline import load

    try:
        return load(model or None)
    except Exception as error:  # a folder may hold anything, and a package run anything
        named = model or os.environ.get(MODEL_VARIABLE, "")
        if not named:
            raise
        raise CannotLoad(f"{named!r}, which spaCy cannot load ({in_a_line(error)})") from error


def in_a_line(error: Exception) -> str:
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    return reason if len(reason) <= 200 else f"{reason[:199]}…"


def _found(text: str, *, nlp: Language) -> Found:
    from .pipeline import find_cues, find_quotations

    try:
        doc = nlp(text)
        return find_quotations(doc), find_cues(doc)
    except Exception as error:  # a text may trip anything in the pipeline: it costs this text, not the others
        logger.debug("A text of %d characters failed here", len(text), exc_info=True)
        return in_a_line(error)
