"""The records of an export, one after the other."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils import timezone

from ..exports import records as form
from ..models import Outlet, Speaker
from ..querysets import exporting
from . import rows
from .acts import Acts
from .numbers import places_of
from .selection import Selected, Selection
from .snapshot import snapshot

NUMBERS = 200
"""Articles whose numbers are asked for at once."""
MOST_TEXT = 1_000_000
"""Code points of articles in memory at once, or one article."""
SPEAKERS = 1_000


def records(selection: Selection, *, address: str = "") -> form.Records:
    """All of `selection`, as it is at one moment; `address` is where this Newsroom is, as the head has it.

    Memory does not grow with the number of articles, but by eight bytes for each quotation.
    """
    with snapshot():
        yield from Gathering(selection, selection.found()).records(address=address)


class Gathering:
    """What was given out by now, so that each speaker comes once, and each act that touches any of it."""

    def __init__(self, selection: Selection, found: Selected) -> None:
        self.selection, self._found = selection, found
        self._search, self.is_whole = selection.search, selection.is_whole
        self.users = exporting.usernames()
        self.outlets: dict[int, form.Outlet] = {
            one.pk: {"number": one.pk, "name": one.name, "homepage": one.homepage, "version": one.version}
            for one in Outlet.objects.all()
        }
        self.articles, self.quotations = array("q"), array("q")
        self.speakers: set[int] = set()
        self.outlets_given: set[int] = set()
        self.touching = array("q")
        """The acts that changed any of it; some come more than once."""
        self._has_acts = exporting.has_acts()

    def records(self, *, address: str) -> form.Records:
        yield {
            "record": "head",
            "version": form.VERSION,
            "made_at": timezone.now().isoformat(),
            "offsets": form.OFFSETS,
            "address": address.rstrip("/"),
            "search": self._search,
            "articles": self._found.number_of_articles,
            "quotations": self._found.number_of_quotations,
        }
        for group in self._groups():
            yield from self._of_group(group)
        if not self._search:
            yield from self._other_speakers()
        acts = 0
        for one in Acts(self).records() if self._has_acts else ():
            acts += one["record"] == "act"
            yield one
        yield {
            "record": "end",
            "articles": len(self.articles),
            "quotations": len(self.quotations),
            "speakers": len(self.speakers),
            "acts": acts,
        }

    def _groups(self) -> Iterator[list[tuple[Any, ...]]]:
        """Rows of articles, with little enough text to be held at once."""
        text = rows.ARTICLE.index("text")
        for numbers in self._found.parts(NUMBERS):
            group: list[tuple[Any, ...]] = []
            size = 0
            for row in exporting.texts(numbers, rows.ARTICLE):
                if group and size + len(row[text]) > MOST_TEXT:
                    yield group
                    group, size = [], 0
                group.append(row)
                size += len(row[text])
            if group:
                yield group

    def _of_group(self, group: list[tuple[Any, ...]]) -> form.Records:
        numbers = [row[0] for row in group]
        articles = {row[0]: rows.article(row, outlets=self.outlets, users=self.users) for row in group}
        formers = list(exporting.former_texts(numbers))
        places = places_of((row[0], row[-1]) for row in formers)
        uids: dict[int, str] = {}
        speakers: set[int] = set()
        wanted = self._found.quotations
        for row in self._found.quotations_of(numbers).values_list(*rows.QUOTATION):
            if wanted is None or row[1] in wanted:
                one = rows.quotation(row, users=self.users, places=places)
                articles[row[0]]["quotations"].append(one)
                uids[row[1]] = one["uid"]
                speakers.update([one["speaker"]] if one["speaker"] else [])
        for row in formers:
            articles[row[0]]["former_texts"].append(rows.former_text(row, uids=uids))
        for number, text_sha256, version, cues in exporting.analyses(numbers):
            articles[number]["analysis"] = {"text_sha256": text_sha256, "version": version, "cues": cues}
        yield from self.speakers_called(speakers)
        yield from articles.values()
        self._note(numbers, uids, (row[1] for row in group))

    def _note(self, articles: list[int], uids: Mapping[int, str], outlets: Iterable[int | None]) -> None:
        """What was given out, and the acts on it."""
        self.articles.extend(articles)
        self.quotations.extend(uids)
        self.outlets_given.update(one for one in outlets if one)
        if self._has_acts and not self.is_whole:
            found = exporting.acts_in(articles)
            self.touching.extend(act for act, quotation in found if quotation is None or quotation in uids)

    def speakers_called(self, numbers: Iterable[int]) -> Iterator[form.Speaker]:
        """Those of `numbers` who were not given out yet, each behind whom they were merged into."""
        missing = set(numbers) - self.speakers
        found: list[tuple[Any, ...]] = []
        while missing:
            self.speakers |= missing
            new = list(exporting.speakers(missing))
            found = [*new, *found]
            missing = {row[7] for row in new if row[7]} - self.speakers
        names: dict[int, list[str]] = {row[0]: [] for row in found}
        for number, name in exporting.aliases(names) if names else ():
            names[number].append(name)
        yield from (rows.speaker(row, names[row[0]]) for row in found)

    def _other_speakers(self) -> Iterator[form.Speaker]:
        everyone = Speaker.objects.all() if self.selection.with_hidden else Speaker.objects.visible()
        for part in exporting.parts(everyone, SPEAKERS):
            yield from self.speakers_called(part)
