"""One line of plain text that cites a quotation, and what stands around its words."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Quotation
from ..models.anchors import CONTENT_GAP

PAIRS = {"“": "”", "‘": "’", "«": "»", "„": "“", '"': '"'}
INNER = str.maketrans("“”", "‘’")
"""Marks within marks."""
AROUND = 400
"""Code points of the article shown on either side."""


def citation(quotation: Quotation, address: str) -> str:
    """One line of plain text; what is not known of the article is left out.

    Only what stands in quotation marks in the article is put in marks: the rest is in the words of who wrote it.
    """
    article = quotation.article
    place = [_in_marks(article.title), article.outlet.name if article.outlet else "", article.place]
    if article.published_on:
        place.append(date_format(article.published_on, "DATE_FORMAT"))
    words = " ".join(quotation.content.split())
    bare = CONTENT_GAP.join(map(_bare, words.split(CONTENT_GAP)))
    said = _in_marks(bare) if quotation.kind == Quotation.Kind.DIRECT else words.rstrip(" ,;:.")
    speaker = quotation.speaker_label
    if quotation.kind == Quotation.Kind.INDIRECT:
        speaker = _("%(speaker)s (paraphrased)") % {"speaker": speaker}
    elif quotation.kind == Quotation.Kind.MIXED:
        speaker = _("%(speaker)s (partly in their own words)") % {"speaker": speaker}
    # Translators: who, what was said, the article with outlet and date, an address.
    cited = _("%(speaker)s: %(words)s. In: %(place)s. %(address)s") % {
        "speaker": speaker,
        "words": said,
        "place": ", ".join(filter(None, place)),
        "address": " ".join(filter(None, [article.web_url, address])),
    }
    return cited if quotation.is_settled else _("%(citation)s (found by machine, not checked)") % {"citation": cited}


def _in_marks(words: str) -> str:
    # Translators: words in quotation marks.
    return _("“%(words)s”") % {"words": words.translate(INNER)}


def _bare(words: str) -> str:
    """Without the marks around them and the comma before the last one."""
    if len(words) > 2 and PAIRS.get(words[0]) == words[-1]:
        words = words[1:-1]
    return words.rstrip(" ,;:")


def surroundings(quotation: Quotation) -> tuple[str, str]:
    """The text before and behind the quotation, cut at words: the article's, or the former one that has its words."""
    text = (quotation.former_text or quotation.article).text
    before, after = (
        text[max(quotation.start - AROUND, 0) : quotation.start],
        text[quotation.end : quotation.end + AROUND],
    )
    if quotation.start > AROUND:
        before = "… " + before.partition(" ")[2]
    if quotation.end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, after
