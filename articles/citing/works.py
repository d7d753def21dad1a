"""What is cited: an article, as it was printed, with the quotation in it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_noop

from ..exports.records import OFFSETS
from ..models import Quotation
from .names import Name, authors

INNER = str.maketrans("“”", "‘’")
"""Marks within marks."""
UNCHECKED = gettext_noop("found by machine, not checked")
REJECTED = gettext_noop("rejected as no quotation")
FORMER = gettext_noop("the words stand in an earlier version of the article")


@dataclass(frozen=True)
class Work:
    """The article, by the text in which the words stand, and who said what in it. What is not known is empty."""

    title: str
    byline: str
    outlet: str
    published_on: datetime.date | None
    language: str
    url: str
    """Where it was printed or, where that is not known, the permalink."""
    permalink: str
    accessed: datetime.date
    quotation: Quotation
    text_sha256: str

    @cached_property
    def authors(self) -> list[Name]:
        """Without the outlet, which stands in its own place."""
        return [name for name in authors(self.byline) if name.literal.casefold() != self.outlet.casefold()]

    @property
    def words(self) -> str:
        return " ".join(self.quotation.content.split())

    @property
    def offsets(self) -> str:
        return ranges(self.quotation.content_spans)

    @property
    def caveats(self) -> str:
        """In brackets, in English, behind a space; "" where the citation needs none."""
        known = caveats(self.quotation)
        return f" ({'; '.join(known)})" if known else ""

    @property
    def year(self) -> str:
        return str(self.published_on.year) if self.published_on else "n.d."

    @property
    def key(self) -> str:
        """In ASCII: the first author, or the title's first word, the year, and what makes it the quotation's own."""
        first = self.authors[0].short if self.authors else self.title
        word = re.sub(r"[^a-z]", "", first.partition(" ")[0].casefold()) or "quotation"
        year = str(self.published_on.year) if self.published_on else ""
        return f"{word}{year}-{str(self.quotation.uid)[:8]}"


def caveats(quotation: Quotation) -> list[str]:
    """What whoever reads a citation has to know of the quotation: msgids, which are English."""
    of_state = {Quotation.State.SUGGESTED: UNCHECKED, Quotation.State.REJECTED: REJECTED}
    known = [of_state.get(Quotation.State(quotation.state)), FORMER if quotation.former_text else None]
    return [caveat for caveat in known if caveat]


def closed(part: str) -> str:
    """With a full stop, unless it ends in a mark that closes it already, also within quotation marks."""
    bare = part.rstrip("”“’‘»«›‹\"'")
    return part if not part or bare.endswith((".", "?", "!", "…", "。", "？", "！", "؟")) else f"{part}."


def ranges(spans: Iterable[tuple[int, int]]) -> str:
    return ", ".join(f"{start}–{end}" for start, end in spans)


def work_of(quotation: Quotation, *, permalink: str, accessed: datetime.date) -> Work:
    article = quotation.article
    printed = quotation.former_text or article
    return Work(
        title=" ".join(printed.title.split()),
        byline=printed.byline,
        outlet=article.outlet.name if article.outlet else "",
        published_on=printed.published_on,
        language=article.language,
        url=article.web_url or permalink,
        permalink=permalink,
        accessed=accessed,
        quotation=quotation,
        text_sha256=printed.text_sha256,
    )


def csl(work: Work) -> dict[str, Any]:
    """An item of CSL-JSON 1.0.2, without the fields that are not known."""
    item: dict[str, Any] = {
        "id": work.key,
        "type": "article-newspaper",
        "title": work.title,
        "author": [_csl_name(name) for name in work.authors],
        "container-title": work.outlet,
        "issued": _csl_date(work.published_on) if work.published_on else None,
        "accessed": _csl_date(work.accessed),
        "URL": work.url,
        "language": work.language,
        "locator": work.offsets,
        "note": f"{work.quotation.speaker_label}: {work.words} ({work.permalink}){work.caveats}",
    }
    custom = {
        "speaker": str(work.quotation.speaker or ""),
        "words": work.quotation.content,
        "kind": work.quotation.kind,
        "state": work.quotation.state,
        "permalink": work.permalink,
        "text-sha256": work.text_sha256,
        "offset-unit": OFFSETS,
    }
    return {name: value for name, value in item.items() if value} | {"custom": custom}


def _csl_name(name: Name) -> dict[str, str]:
    if not name.family:
        return {"literal": name.literal}
    known = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in known.items() if value}


def _csl_date(day: datetime.date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
