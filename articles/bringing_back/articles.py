"""Articles with all that hangs on them -> rows, many in one transaction; what is there already stays as it is.

Locks are taken in the order of `storing`: stories, outlets, speakers; the articles are new.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from .. import bulk, stories
from ..importing.near_copies import Compared
from ..models import Analysis, Article, FormerText, ImportRun, Outlet, Quotation, Speaker, Story, name_key
from ..patience import patiently
from ..querysets import bringing
from .accounts import Accounts
from .checking import CheckedArticle, CheckedQuotation
from .speakers import Speakers, called, tidied
from .values import Record

OF_QUOTATION = (
    *("kind", "spans", "start", "end", "content", "cue_start", "cue_end", "cue"),
    *(
        "mention_start",
        "mention_end",
        "mention",
        "state",
        "origin",
        "settled_at",
        "confidence",
        "is_hidden",
        "version",
    ),
)
NAMED = ("article", "former_text", "uid", "speaker", "settled_by", "note")


Formers = dict[int, list[tuple[int, str]]]
"""{article: the number and the SHA-256 of each of its former texts, in their order}."""


class Places:
    """{number in the file: number here} of articles, of which there may be millions: sixteen bytes each."""

    def __init__(self) -> None:
        self._there, self._here = array("q"), array("q")

    def add(self, number: int, here: int) -> None:
        """Numbers mostly come ascending, and are cheap then."""
        place = bisect_left(self._there, number)
        self._there.insert(place, number)
        self._here.insert(place, here)

    def get(self, number: int) -> int | None:
        place = bisect_left(self._there, number)
        is_there = place < len(self._there) and self._there[place] == number
        return self._here[place] if is_there else None

    def leads_to(self, here: int) -> bool:
        """It looks at all of them, and is for what is seldom asked."""
        return here in self._here


@dataclass
class Brought:
    """What became of one article; `failure` is one line."""

    checked: CheckedArticle
    number: int | None = None
    is_new: bool = False
    is_same: bool = True
    """False where another article was here with the same text, of which this is no earlier copy."""
    story: int | None = None
    failure: str = ""
    elsewhere: list[UUID] = field(default_factory=list)
    """Of its quotations, those that are here already in another article."""


class Articles:
    """Which article here is which of the file, and which former texts wait for the act that replaced them."""

    def __init__(self, run: ImportRun, *, speakers: Speakers, accounts: Accounts) -> None:
        self._run, self._speakers, self._accounts = run, speakers, accounts
        self._numbers = Places()
        self._others: set[int] = set()
        self._stories: dict[int, int] = {}
        self.waiting: dict[UUID, int] = {}
        """{uid of an act: the former text that it made}."""

    def number(self, number: int | None) -> int | None:
        """Of the article here; None for none, and for what the file does not hold."""
        return None if number is None else self._numbers.get(number)

    def is_other(self, number: int) -> bool:
        """Whether changes of that article of the file belong to none here."""
        return number in self._others or self._numbers.get(number) is None

    def bring(self, batch: Sequence[CheckedArticle]) -> list[Brought]:
        """One transaction, or one for each article where the database refuses one; had again while it fails."""
        self._accounts.find(one.reviewed_by for one in batch)
        self._accounts.find(quotation.settled_by for one in batch for quotation in one.quotations)
        try:
            found, formers = patiently(self._bring, batch)
        except (DataError, IntegrityError) as problem:
            if len(batch) == 1:
                line = " ".join(str(problem).split())
                return [Brought(batch[0], failure=f"refused by the database ({line})")]
            return [brought for one in batch for brought in self.bring([one])]
        self._note(found, formers)
        return found

    def _note(self, found: Sequence[Brought], formers: Formers) -> None:
        """What is committed."""
        for one in found:
            if one.number is None:
                continue
            if one.checked.number is not None:
                self._numbers.add(one.checked.number, one.number)
                if not one.is_same:
                    self._others.add(one.checked.number)
            if one.checked.story is not None and one.story is not None:
                self._stories.setdefault(one.checked.story, one.story)
            for former, (number, digest) in zip(one.checked.formers, formers.get(one.number, ()), strict=False):
                if former.act and former.text.text_sha256 == digest:
                    self.waiting[former.act] = number

    @transaction.atomic
    def _bring(self, batch: Sequence[CheckedArticle]) -> tuple[list[Brought], Formers]:
        """What becomes of each, and the former texts of those that are here as the file has them."""
        stories.hold()
        found = [Brought(one) for one in batch]
        self._find(found)
        if new := [one for one in found if one.is_new]:
            self._store(new)
        return found, bringing.former_texts(
            [one.number for one in found if one.is_same and one.number and one.checked.formers]
        )

    def _store(self, new: Sequence[Brought]) -> None:
        outlets = outlets_of([one.checked.outlet for one in new if one.checked.outlet])
        given = self._speakers.standing(self._quoted(new))
        named = called({tidied(name) for one in new for name in _names(one.checked)})
        self._insert(new, outlets)
        formers = self._insert_former_texts(new)
        self._insert_quotations(new, formers, given, named)
        _anchor(new, formers)
        analyses = [(one.number, one.checked.analysis) for one in new if one.checked.analysis]
        rows = ((number, had["text_sha256"], had["version"], had["cues"]) for number, had in analyses)
        bulk.insert(Analysis, ["article", "text_sha256", "version", "cues"], rows)
        signed = [(one.checked.article, Compared(one.checked.article.text).signature) for one in new]
        stories.sign_all(signed)

    def _find(self, found: Sequence[Brought]) -> None:
        """Tell those of `found` that are here already, and those that are new."""
        digests = [one.checked.article.text_sha256 for one in found]
        known, holders = bringing.articles(digests), bringing.holders_of_former(digests)
        coming: set[str] = set()
        for one, digest in zip(found, digests, strict=True):
            # What had the text once counts only where it is none of the file itself, which may have both.
            earlier = [number for number in holders.get(digest, ()) if not self._numbers.leads_to(number)]
            if digest in known:
                here = known[digest]
                one.number, one.story = here.number, here.story
                one.is_same = one.checked.has_time and here.imported_at == one.checked.article.imported_at
            elif earlier:
                one.number, one.is_same = earlier[0], False
            elif digest in coming:
                one.failure = "the file has its text twice"
            else:
                one.is_new = True
                coming.add(digest)

    def _quoted(self, new: Sequence[Brought]) -> set[int]:
        numbers = {self._speakers.number(quotation.speaker) for one in new for quotation in one.checked.quotations}
        return {number for number in numbers if number}

    def _insert(self, new: Sequence[Brought], outlets: dict[str, Outlet]) -> None:
        """The articles themselves, each told its number, and its story."""
        self._tell_stories(new)
        for one in new:
            article = one.checked.article
            article.outlet = outlets[name_key(one.checked.outlet["name"])] if one.checked.outlet else None
            article.story_id, article.import_run = one.story, self._run
            article.reviewed_by_id = self._accounts.number(one.checked.reviewed_by)
        bulk.insert_objects([one.checked.article for one in new])
        numbers = Article.objects.numbers_of(one.checked.article.text_sha256 for one in new)
        for one in new:
            one.number = one.checked.article.pk = numbers[one.checked.article.text_sha256]

    def _tell_stories(self, new: Sequence[Brought]) -> None:
        wanted = {one.checked.story for one in new if one.checked.story is not None}
        missing = sorted(wanted - self._stories.keys())
        made = zip(missing, Story.objects.bulk_create(Story() for _ in missing), strict=True)
        numbers = self._stories | {story: one.pk for story, one in made}
        for one in new:
            one.story = None if one.checked.story is None else numbers[one.checked.story]

    def _insert_former_texts(self, new: Sequence[Brought]) -> dict[int, list[int]]:
        """{article: the numbers of its former texts, in their order}."""
        texts = []
        for one in new:
            for former in one.checked.formers:
                former.text.article_id = one.checked.article.pk
                texts.append(former.text)
        bulk.insert_objects(texts)
        stored = bringing.former_texts({text.article_id for text in texts}) if texts else {}
        return {article: [number for number, _ in formers] for article, formers in stored.items()}

    def _insert_quotations(
        self,
        new: Sequence[Brought],
        formers: dict[int, list[int]],
        given: dict[int, int],
        named: dict[str, Speaker],
    ) -> None:
        known = bringing.quotations([quotation.uid for one in new for quotation in one.checked.quotations])
        rows = []
        for one in new:
            for quotation in one.checked.quotations:
                if quotation.uid in known:
                    one.elsewhere.append(quotation.uid)
                    continue
                known[quotation.uid] = 0  # and once in the file
                former = quotation.former_text
                speaker, note = self._who(quotation, given, named)
                rows.append(
                    (
                        one.number,
                        None if former is None else formers[one.checked.article.pk][former],
                        quotation.uid,
                        speaker,
                        self._accounts.number(quotation.settled_by),
                        note,
                        *(quotation.fields[name] for name in OF_QUOTATION),
                    )
                )
        bulk.insert(Quotation, [*NAMED, *OF_QUOTATION], rows)

    def _who(
        self, quotation: CheckedQuotation, given: dict[int, int], named: dict[str, Speaker]
    ) -> tuple[int | None, str]:
        """The speaker's number, and the note: a name that means nobody certainly would be lost without one."""
        note: str = quotation.fields["note"]
        if number := self._speakers.number(quotation.speaker):
            return given[number], note
        name = quotation.speaker_name
        speaker = named.get(tidied(name)) if quotation.speaker is None else None
        if name and speaker is None and not note:
            note = Quotation.note_of_name(name)
        return speaker.pk if speaker else None, note


def _names(checked: CheckedArticle) -> Iterable[str]:
    """Of speakers of whom the file has no record."""
    return (one.speaker_name for one in checked.quotations if one.speaker is None and one.speaker_name)


def _anchor(new: Sequence[Brought], formers: dict[int, list[int]]) -> None:
    """Say in the former texts where each quotation stood."""
    uids = {anchor["quotation"] for one in new for former in one.checked.formers for anchor in former.anchors} - {
        None
    }
    numbers = bringing.quotations(uids)
    rows = []
    for one in new:
        for former, pk in zip(one.checked.formers, formers.get(one.checked.article.pk, ()), strict=True):
            known = [anchor for anchor in former.anchors if anchor["quotation"] in numbers]
            rows.append(([anchor | {"quotation": numbers[anchor["quotation"]]} for anchor in known], pk))
    bulk.update(FormerText, ["anchors"], rows)


def outlets_of(records: Sequence[Record]) -> dict[str, Outlet]:
    """{key of the name: the outlet}: those there are, and new ones, in the caller's transaction."""
    by_key = {name_key(record["name"]): record for record in records}
    found = Outlet.objects.by_key(by_key)
    new = [
        Outlet(name=record["name"], key=key, homepage=record["homepage"], version=record["version"])
        for key, record in sorted(by_key.items())
        if key not in found
    ]
    if new:
        Outlet.objects.bulk_create(new, ignore_conflicts=True)
        found |= Outlet.objects.by_key(outlet.key for outlet in new)
    return found
