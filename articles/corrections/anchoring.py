"""That the words of a quotation stand where it says they do, when it is written."""

from __future__ import annotations

from ..models import ANCHORS, Quotation, anchored
from .refusals import Moved


def refuse_moved(quotation: Quotation) -> None:
    """Raise Moved where the words of `quotation`, as it is about to be written, do not stand at its offsets.

    In the text of its article, or in the former one that it stands in. The article has to be held.
    """
    text = quotation.former_text.text if quotation.former_text else quotation.article.text
    spans = {"content": quotation.content_spans, "cue": quotation.cue_span, "mention": quotation.mention_span}
    try:
        true = anchored(text, **spans)  # type: ignore[arg-type]
    except ValueError as error:
        raise Moved(quotation) from error
    if any(getattr(quotation, name) != true[name] for name in ANCHORS):
        raise Moved(quotation)
