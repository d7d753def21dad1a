"""The styles that a quotation is cited in, by their names in addresses."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Quotation
from .bibtex import bibtex
from .manuals import Reference, apa, mla
from .plain import citation
from .works import Work, csl, work_of

NUMBERS = re.compile(r"\[\n\s+\d+(?:,\n\s+\d+)*\n\s+\]")
"""A list of nothing but numbers, which is put on one line; words hold no line breaks in JSON."""


@dataclass(frozen=True)
class Style:
    name: str
    label: str | Promise
    write: Callable[[Work], str | Reference]
    suffix: str = ""
    """Of the file that reference managers take; "" where there is none."""
    content_type: str = ""


def _plain(work: Work) -> str:
    return citation(work.quotation, work.permalink)


def _csl_json(work: Work) -> str:
    written = json.dumps([csl(work)], ensure_ascii=False, indent=2)
    return NUMBERS.sub(lambda found: " ".join(found[0].split()).replace("[ ", "[").replace(" ]", "]"), written) + "\n"


STYLES = {
    style.name: style
    for style in (
        Style("plain", _("Plain"), _plain),
        Style("apa", _("APA"), apa),
        Style("mla", _("MLA"), mla),
        Style("bibtex", _("BibTeX"), bibtex, "bib", "application/x-bibtex; charset=utf-8"),
        Style("csl", _("CSL-JSON"), _csl_json, "json", "application/vnd.citationstyles.csl+json"),
    )
}


def cited(quotation: Quotation, style: Style, *, address: str, today: datetime.date) -> str | Reference:
    """`quotation` in `style`; `address` is its permalink."""
    return style.write(work_of(quotation, permalink=address, accessed=today))
