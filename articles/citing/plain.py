"""One line of plain text that cites a quotation."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Quotation
from ..models.anchors import CONTENT_GAP
from .works import INNER, caveats, closed

PAIRS = {"“": "”", "‘": "’", "«": "»", "„": "“", '"': '"'}


def citation(quotation: Quotation, address: str) -> str:
    """One line of plain text; what is not known of the article is left out.

    Only what stands in quotation marks in the article is put in marks: the rest is in the words of who wrote it.
    """
    article = quotation.article
    printed = quotation.former_text or article
    place = [_in_marks(printed.title), article.outlet.name if article.outlet else "", article.place]
    if printed.published_on:
        place.append(date_format(printed.published_on, "DATE_FORMAT"))
    words = " ".join(quotation.content.split())
    bare = CONTENT_GAP.join(map(_bare, words.split(CONTENT_GAP)))
    said = _in_marks(bare) if quotation.kind == Quotation.Kind.DIRECT else words.rstrip(" ,;:.")
    speaker = quotation.speaker_label
    if quotation.kind == Quotation.Kind.INDIRECT:
        speaker = _("%(speaker)s (paraphrased)") % {"speaker": speaker}
    elif quotation.kind == Quotation.Kind.MIXED:
        speaker = _("%(speaker)s (partly in their own words)") % {"speaker": speaker}
    # Translators: who, what was said, the article with outlet and date, addresses; each part ends in its full stop.
    cited = _("%(speaker)s: %(words)s In: %(place)s %(addresses)s") % {
        "speaker": speaker,
        "words": closed(said),
        "place": closed(", ".join(filter(None, place))),
        "addresses": _addresses(article.web_url, address),
    }
    known = "; ".join(_(caveat) for caveat in caveats(quotation))
    return f"{cited} ({known})" if known else cited


def _addresses(printed: str, proof: str) -> str:
    if not printed:
        return _("Proof: %(proof)s") % {"proof": proof}
    # Translators: two addresses: where the article was printed, and the page that proves the quotation.
    return _("Article: %(article)s – Proof: %(proof)s") % {"article": printed, "proof": proof}


def _in_marks(words: str) -> str:
    # Translators: words in quotation marks.
    return _("“%(words)s”") % {"words": words.translate(INNER)}


def _bare(words: str) -> str:
    """Without the marks around them and the comma before the last one."""
    if len(words) > 2 and PAIRS.get(words[0]) == words[-1]:
        words = words[1:-1]
    return words.rstrip(" ,;:")
