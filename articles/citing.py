"""Citing a quotation: who said what, where it was printed, and where it stands here."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import Quotation

MARKS = ("“", "‘", "«", "„", '"')
INNER = str.maketrans("“”", "‘’")
"""Marks within marks."""
AROUND = 400
"""Code points of the article shown on either side."""


def citation(quotation: Quotation, address: str) -> str:
    """One line of plain text; what is not known of the article is left out."""
    article = quotation.article
    place = [f"“{article.title}”", article.outlet.name if article.outlet else "", article.place]
    if article.published_on:
        place.append(date_format(article.published_on, "DATE_FORMAT"))
    words = " ".join(quotation.content.split())
    said = words if words.startswith(MARKS) else f"“{words.translate(INNER)}”"
    # Translators: who, what was said, the article with outlet and date, an address.
    return _("%(speaker)s: %(words)s. In: %(place)s. %(address)s") % {
        "speaker": quotation.speaker_label,
        "words": said.rstrip(".,"),
        "place": ", ".join(filter(None, place)),
        "address": article.url or address,
    }


def surroundings(quotation: Quotation) -> tuple[str, str]:
    """The article's text before and behind the quotation, cut at words; empty where its words are gone from it."""
    if quotation.former_text_id:
        return "", ""
    text = quotation.article.text
    before, after = (
        text[max(quotation.start - AROUND, 0) : quotation.start],
        text[quotation.end : quotation.end + AROUND],
    )
    if quotation.start > AROUND:
        before = "… " + before.partition(" ")[2]
    if quotation.end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, after
