"""Whether what was exported is still so: each quotation of a file against the database.

What a file does not carry is not compared. Its quotations are found by their uid or, where it has none, by the hash
of the text and the offsets, or the words, in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

from .exports.records import Records
from .models import Article, FormerText, Quotation
from .permalinks import stands_in

CLAIMS = 500
"""Quotations compared at once; of their texts a few are in memory at a time."""
SHA256 = re.compile(r"[0-9a-f]{64}")
COMPARED = ("kind", "state")
UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a record raises that is none."""
WORDS = ("uid", "content", "speaker_name", *COMPARED)
"""What is compared as text, where a file has it."""


class Verdict(StrEnum):
    HOLDS = "holds"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass
class Claim:
    """What a file says of one quotation; `sha256` is that of the text in which it says its words stand, if any."""

    says: Mapping[str, Any]
    spans: list[list[int]]
    sha256: str
    is_hidden: bool
    """Whether the file says that its article was hidden."""
    is_doctored: bool = False
    """Whether the file holds the text too, and that has another SHA-256."""
    verdict: Verdict = Verdict.GONE
    why: list[str] = field(default_factory=list)
    found: Quotation | None = None

    @cached_property
    def uid(self) -> UUID | None:
        try:
            return UUID(str(self.says.get("uid") or ""))
        except ValueError:
            return None

    @property
    def words(self) -> str:
        """As the file has them or, where it has none, as the quotation that was found."""
        return str(self.says.get("content") or (self.found.content if self.found else ""))

    def is_in_former(self, printed: Printed) -> bool:
        """Whether the file says so or, as tables of older versions do, gives its text by the hash alone."""
        if "former_text" in self.says:
            return self.says["former_text"] is not None
        return self.says.get("text_sha256") == printed.sha256

    def is_now(self, verdict: Verdict, *why: str) -> None:
        self.verdict, self.why = verdict, list(why)


@dataclass(frozen=True)
class Printed:
    """A text as it is stored, and its hash as it was computed."""

    text: str
    sha256: str
    is_hashed: bool
    former: FormerText | None = None


def verified(records: Records, *, unread: Callable[[str], None]) -> Iterator[Claim]:
    """Each quotation in `records`, in their order, with its verdict and why.

    Of an article whose quotations cannot all be read, `unread` is told in one line, and the others are verified.
    """
    claims = (claim for record in records if record["record"] == "article" for claim in _claims(record, unread))
    while several := list(islice(claims, CLAIMS)):
        yield from _judged(several)


def _claims(article: Mapping[str, Any], unread: Callable[[str], None]) -> list[Claim]:
    claims, faults = [], []
    try:
        texts = [_text(holder) for holder in (article, *(article.get("former_texts") or ()))]
        quotations = list(article.get("quotations") or ())
    except UNREADABLE as error:
        unread(f"{_name(article)} is no record as exports have them, and cannot be read ({_short(repr(error))})")
        return []
    for quotation in quotations:
        try:
            claims.append(_claim(quotation, article, texts))
        except UNREADABLE as error:
            faults.append(error)
    if faults:
        number = f"{len(faults):,} of its {len(quotations):,} quotations"
        why = _short(repr(faults[0]))
        unread(f"{_name(article)} is no record as exports have them: {number} cannot be read ({why})")
    return claims


def _name(article: Mapping[str, Any]) -> str:
    return f"article {number:,}" if type(number := article.get("number")) is int else "an article in it"


def _text(holder: Mapping[str, Any]) -> tuple[str, bool]:
    """The SHA-256 of a text of the article, as far as the file says, and whether the text in the file has another."""
    said, text = holder.get("text_sha256") or "", holder.get("text")
    if said and not SHA256.fullmatch(said):
        raise ValueError(f"no SHA-256: {said}")
    hashed = Article.digest(text) if text else ""
    return said or hashed, bool(said and hashed and said != hashed)


def _claim(quotation: Mapping[str, Any], article: Mapping[str, Any], texts: Sequence[tuple[str, bool]]) -> Claim:
    """`texts` are those of the article: its own, and the former ones."""
    place, has_formers = quotation.get("former_text"), len(texts) > 1
    if place is not None and (type(place) is not int or place < 0):
        raise ValueError(f"no former text: {place}")
    for name in WORDS:
        if not isinstance(quotation.get(name), str | None):
            raise TypeError(f"{name} is no text")
    sha256, is_doctored = texts[0] if place is None or not has_formers else texts[place + 1]
    if said := quotation.get("text_sha256"):
        sha256, is_doctored = _text({"text_sha256": said})
    spans = [[_offset(start), _offset(end)] for start, end in quotation.get("spans") or ()]
    return Claim(quotation, spans, sha256, is_hidden=bool(article.get("is_hidden")), is_doctored=is_doctored)


def _offset(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"no offset: {value}")
    return value


def _judged(claims: Sequence[Claim]) -> Sequence[Claim]:
    _find_by_uid([claim for claim in claims if claim.uid])
    _find_by_text([claim for claim in claims if not claim.uid and claim.sha256])
    by_text: dict[tuple[int, int | None], list[Claim]] = {}
    for claim in claims:
        if claim.found is None:
            claim.is_now(Verdict.GONE, "there is no such quotation", *_why_missing(claim))
        else:
            by_text.setdefault((claim.found.article_id, claim.found.former_text_id), []).append(claim)
    for place, printed in _texts(by_text):
        for claim in by_text[place]:
            _judge(claim, printed)
    return claims


def _why_missing(claim: Claim) -> Iterator[str]:
    if claim.says.get("state") == Quotation.State.SUGGESTED:
        yield "it was a suggestion, which goes with a new version or another reading unless somebody has touched it"


def _find_by_uid(claims: Sequence[Claim]) -> None:
    found = {one.uid: one for one in Quotation.objects.named([str(claim.uid) for claim in claims]).for_verifying()}
    for claim in claims:
        claim.found = found.get(claim.uid) if claim.uid else None


def _find_by_text(claims: Sequence[Claim]) -> None:
    if not claims:
        return
    hashes = {claim.sha256 for claim in claims}
    articles = Article.objects.numbers_ever_of(hashes)
    numbers = {pk for pks in articles.values() for pk in pks}
    by_place: dict[tuple[int, str], Quotation] = {}
    for one in Quotation.objects.shown().of_articles(numbers).for_verifying():
        by_place.setdefault((one.article_id, str(one.spans)), one)
        by_place.setdefault((one.article_id, one.content), one)
    for claim in claims:
        places = (str(claim.spans), claim.says.get("content", ""))
        keys = [(pk, place) for place in places for pk in articles.get(claim.sha256, ())]
        claim.found = next((by_place[key] for key in keys if key in by_place), None)


def _texts(places: Iterable[tuple[int, int | None]]) -> Iterator[tuple[tuple[int, int | None], Printed]]:
    """Each (article, former text), with its text."""
    articles = [article for article, former in places if former is None]
    for pk, text, stored in Article.objects.texts(articles):
        sha256 = Article.digest(text)
        yield (pk, None), Printed(text, sha256, is_hashed=sha256 == stored)
    formers = [former for _, former in places if former is not None]
    for former in FormerText.objects.texts(formers):
        sha256 = Article.digest(former.text)
        yield (former.article_id, former.pk), Printed(former.text, sha256, sha256 == former.text_sha256, former)


def _judge(claim: Claim, printed: Printed) -> None:
    quotation = claim.found
    assert quotation is not None  # noqa: S101 - only those that were found are judged
    if quotation.is_hidden and not claim.says.get("is_hidden"):
        claim.is_now(Verdict.GONE, "it was taken out, or merged into another")
    elif quotation.article.is_hidden and not claim.is_hidden:
        claim.is_now(Verdict.GONE, "its article is hidden")
    elif printed.former and not claim.is_in_former(printed):
        where = printed.former.get_absolute_url()
        claim.is_now(Verdict.GONE, f"its words are not in the article any more; an earlier version had them: {where}")
    elif claim.is_doctored:
        claim.is_now(Verdict.CHANGED, "the text in the file is not the one it names")
    elif not (printed.is_hashed and stands_in(quotation, printed.text)):
        claim.is_now(Verdict.CHANGED, "the stored text does not bear its words out: run manage.py audit")
    elif changes := [*_changes(claim.says, quotation)]:
        claim.is_now(Verdict.CHANGED, *changes, *_moves(claim, quotation, printed))
    elif moves := [*_moves(claim, quotation, printed)]:
        claim.is_now(Verdict.MOVED, *moves)
    elif printed.former and "former_text" not in claim.says:
        claim.is_now(Verdict.HOLDS, f"in an earlier version of the text: {printed.former.get_absolute_url()}")
    else:
        claim.is_now(Verdict.HOLDS)


def _changes(says: Mapping[str, Any], quotation: Quotation) -> Iterator[str]:
    if says.get("content") and says["content"] != quotation.content:
        yield f"words: {_short(says['content'])} then, {_short(quotation.content)} now"
    if "speaker_name" in says and says["speaker_name"] != (now := str(quotation.speaker or "")):
        yield f"speaker: {says['speaker_name'] or 'nobody'} then, {now or 'nobody'} now"
    if says.get("is_hidden") and not quotation.is_hidden:
        yield "taken out then, shown now"
    for name in COMPARED:
        if says.get(name) and says[name] != (now := getattr(quotation, name)):
            yield f"{name}: {says[name]} then, {now} now"


def _moves(claim: Claim, quotation: Quotation, printed: Printed) -> Iterator[str]:
    if claim.spans and claim.spans != quotation.spans:
        yield f"characters {_ranges(claim.spans)} then, {_ranges(quotation.spans)} now"
    if claim.says.get("former_text") is not None and not printed.former:
        yield "in an earlier version of the text then, in the article's now"
    if claim.sha256 and claim.sha256 != printed.sha256:
        yield f"in another version of the text, with SHA-256 {printed.sha256}"


def _ranges(spans: Iterable[Sequence[int]]) -> str:
    return ", ".join(f"{start}-{end}" for start, end in spans)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return f"“{words}”" if len(words) <= 80 else f"“{words[:79]}…”"
