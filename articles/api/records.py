"""Records as the API tells of them. Where the exports have a field too (`exports.records`), it has the same name.

Offsets are 0-based, end-exclusive, in Unicode code points of the article's text; times have a zone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from .. import models
from .fields import Version
from .serving import here

UNKNOWN = '"" where it is not known.'
UID = "0b2f6f0e-6c0a-4f6e-9d7a-3f1c2b4a5d6e"
WHEN = "2025-03-04T09:12:44.120Z"
MOST_COUNTED = 1000


class OutletName(BaseModel):
    number: int = Field(examples=[3])
    name: str = Field(examples=["The Harbour Gazette"])


class Outlet(OutletName):
    homepage: str = Field(description=UNKNOWN, examples=["https://gazette.example/"])
    version: Version

    @classmethod
    def of(cls, outlet: models.Outlet) -> Outlet:
        return cls(number=outlet.pk, name=outlet.name, homepage=outlet.homepage, version=outlet.version)


class Speaker(BaseModel):
    number: int = Field(examples=[7])
    name: str = Field(examples=["Ida Moss"])
    qualifier: str = Field(description='What tells two of one name apart, "" where nothing has to.', examples=[""])
    kind: str = Field(description="person or body.", examples=["person"])
    role: str = Field(description=UNKNOWN, examples=["Harbour master"])
    wikidata_id: str = Field(description=UNKNOWN, examples=["Q42"])
    aliases: list[str] = Field(description="Other names.", examples=[["I. Moss"]])
    merged_into: int | None = Field(
        description="The number of the speaker who has all its quotations and names now.", examples=[None]
    )
    is_hidden: bool = Field(description="Hidden by an editor, or merged: offered nowhere.", examples=[False])
    quotations: int | None = Field(
        description=f"How many lists show, counted up to {MOST_COUNTED}; null where it was not counted.",
        examples=[18],
    )
    version: Version

    @classmethod
    def of(cls, speaker: models.Speaker) -> Speaker:
        """Of one that was fetched with its aliases, and `counted` where that is to be told."""
        return cls(
            number=speaker.pk,
            aliases=sorted(alias.name for alias in speaker.aliases.all()),
            merged_into=speaker.merged_into_id,
            quotations=getattr(speaker, "counted", None),
            **_same(speaker, "name", "qualifier", "kind", "role", "wikidata_id", "is_hidden", "version"),
        )


class Quotation(BaseModel):
    uid: UUID = Field(description="Its permanent name: the page /quotations/<uid>/.", examples=[UID])
    article: int = Field(description="The article’s number.", examples=[12])
    article_title: str = Field(examples=["Empty nets"])
    outlet: OutletName | None
    published_on: datetime.date | None = Field(description="Of the article.", examples=["2025-03-04"])
    kind: str = Field(description="direct, mixed or indirect.", examples=["direct"])
    spans: list[tuple[int, int]] = Field(
        description="Where its words stand: [[start, end], …].", examples=[[[0, 22]]]
    )
    content: str = Field(description="The words at the spans, joined by “ … ”.", examples=["“The nets were empty,”"])
    cue: tuple[int, int] | None = Field(description="Where the words stand that attribute it.", examples=[[42, 46]])
    cue_words: str = Field(examples=["said"])
    mention: tuple[int, int] | None = Field(description="Where the speaker is named.", examples=[[23, 41]])
    mention_words: str = Field(examples=["the harbour master"])
    speaker: int | None = Field(description="The speaker’s number; null where nobody is known.", examples=[7])
    speaker_name: str = Field(description="With the qualifier in brackets, if there is one.", examples=["Ida Moss"])
    state: str = Field(description="suggested, accepted or rejected.", examples=["suggested"])
    origin: str = Field(description="machine, person or imported.", examples=["machine"])
    confidence: float | None = Field(description="The pipeline’s certainty, 0 to 1.", examples=[0.93])
    settled_by: str = Field(description='Who decided; "" where nobody did, or nobody known.', examples=[""])
    settled_at: datetime.datetime | None = Field(examples=[None])
    note: str = Field(examples=[""])
    is_hidden: bool = Field(
        description="True: an addition that was undone, or merged into another; lists leave it out.", examples=[False]
    )
    is_in_former_text: bool = Field(
        description="True: its words are gone from the article’s text, and its offsets count in a former one.",
        examples=[False],
    )
    text_sha256: str = Field(
        description="Of the text that its offsets count in: the article’s, or that former one.",
        examples=["9f86d081884c7d65" * 4],
    )
    permalink: str = Field(
        description="The page of it, which stays; also as JSON-LD, JSON or text, by Accept.",
        examples=[f"https://newsroom.example/quotations/{UID}/"],
    )
    version: Version

    @classmethod
    def of(cls, quotation: models.Quotation) -> Quotation:
        """Of one that was fetched `for_api`."""
        article = quotation.article
        return cls(
            article=article.pk,
            article_title=article.title,
            outlet=_outlet(quotation.outlet),
            published_on=article.published_on,
            spans=quotation.spans,
            cue=quotation.cue_span,
            cue_words=quotation.cue,
            mention=quotation.mention_span,
            mention_words=quotation.mention,
            speaker=quotation.speaker_id,
            speaker_name=str(quotation.speaker or ""),
            settled_by=quotation.settled_by.get_username() if quotation.settled_by else "",
            is_in_former_text=quotation.former_text_id is not None,
            text_sha256=(quotation.former_text or article).text_sha256,
            permalink=here.get() + quotation.permalink,
            **_same(quotation, "uid", "kind", "content", "state", "origin", "confidence", "settled_at", "note"),
            **_same(quotation, "is_hidden", "version"),
        )

    @classmethod
    def all_of(cls, quotations: Iterable[models.Quotation]) -> list[Quotation]:
        return [cls.of(one) for one in quotations]


class ArticleLine(BaseModel):
    """An article in a list, without its text."""

    number: int = Field(examples=[12])
    title: str = Field(examples=["Empty nets"])
    outlet: OutletName | None
    byline: str = Field(description=UNKNOWN, examples=["Jon Par"])
    published_on: datetime.date | None = Field(examples=["2025-03-04"])
    url: str = Field(description=UNKNOWN, examples=["https://gazette.example/nets"])
    place: str = Field(description=UNKNOWN, examples=["Ellery"])
    language: str = Field(description='ISO 639-1; "" where it could not be told.', examples=["en"])
    story: int | None = Field(description="The number of its story, if near-copies of it are known.", examples=[None])
    text_sha256: str = Field(description="Of the text in UTF-8.", examples=["9f86d081884c7d65" * 4])
    imported_at: datetime.datetime = Field(examples=[WHEN])
    extracted_with: str = Field(
        description='What found its quotations; "" where they are still to be sought.', examples=["3.2"]
    )
    reviewed_by: str = Field(description='Who went through its quotations; "" where nobody did.', examples=[""])
    reviewed_at: datetime.datetime | None = Field(examples=[None])
    needs_second_look: bool = Field(examples=[False])
    second_look_note: str = Field(examples=[""])
    quotation_count: int = Field(description="All but those taken out.", examples=[4])
    settled_count: int = Field(description="Those accepted or rejected.", examples=[1])
    version: Version

    @classmethod
    def values(cls, article: models.Article) -> dict[str, Any]:
        """Of one that was fetched `for_api`."""
        return {
            "number": article.pk,
            "outlet": _outlet(article.outlet),
            "story": article.story_id,
            "reviewed_by": article.reviewed_by.get_username() if article.reviewed_by else "",
            **_same(article, *(cls.model_fields.keys() & ARTICLE_FIELDS)),
        }

    @classmethod
    def all_of(cls, articles: Iterable[models.Article]) -> list[ArticleLine]:
        return [cls(**cls.values(article)) for article in articles]


class Article(ArticleLine):
    """An article with its text and all its quotations."""

    text: str = Field(
        description="What offsets count in. It changes only with text_sha256.",
        examples=["“The nets were empty,” the harbour master said on Monday.\n"],
    )
    signoff: str = Field(description=UNKNOWN, examples=[""])
    licence: str = Field(description=UNKNOWN, examples=[""])
    quotations: list[Quotation] = Field(description="In the order of the text; those of former texts last.")

    @classmethod
    def of(cls, article: models.Article, quotations: Iterable[models.Quotation]) -> Article:
        return cls(**cls.values(article), quotations=Quotation.all_of(quotations))


ARTICLE_FIELDS = {
    *("title", "byline", "published_on", "url", "place", "language", "text_sha256", "imported_at", "extracted_with"),
    *("reviewed_at", "needs_second_look", "second_look_note", "quotation_count", "settled_count", "version"),
    *("text", "signoff", "licence"),
}


class StoryLine(BaseModel):
    """A story: articles that are copies, cuts or light rewrites of one another."""

    number: int = Field(examples=[5])
    title: str = Field(description="Of its earliest article.", examples=["Empty nets"])
    first_day: datetime.date | None = Field(examples=["2025-03-04"])
    article_count: int = Field(examples=[3])
    outlet_count: int = Field(examples=[2])
    quotation_count: int = Field(description="Without rejected ones.", examples=[9])
    merged_into: int | None = Field(description="The number of the story that it leads on to.", examples=[None])

    @classmethod
    def values(cls, story: models.Story) -> dict[str, Any]:
        """Of one that was fetched `in_lines`."""
        counted = _same(story, "title", "first_day", "article_count", "outlet_count", "quotation_count")
        return {"number": story.pk, "merged_into": story.merged_into_id} | {
            name: 0 if value is None and name.endswith("_count") else value for name, value in counted.items()
        }


class Story(StoryLine):
    articles: list[ArticleLine] = Field(description="The earliest first; at most 200.")


class Act(BaseModel):
    """One thing a person did, undone as one, however many records it changed."""

    uid: UUID = Field(examples=["7c1e4b2a-1f7b-4a51-8f0e-5b8a2d9c3e10"])
    verb: str = Field(
        description="accept, reject, reopen, speaker, edit, create, split, merge, undo …", examples=["accept"]
    )
    by: str = Field(examples=["analyst"])
    at: datetime.datetime = Field(examples=[WHEN])
    article: int | None = Field(description="Where it happened, if in one article.", examples=[12])
    note: str = Field(examples=[""])
    undoes: UUID | None = Field(description="The act that it takes back or does again.", examples=[None])
    is_undone: bool = Field(examples=[False])

    @classmethod
    def of(cls, act: models.Act) -> Act:
        return cls(
            by=act.by.get_username(),
            article=act.article_id,
            undoes=act.undoes.uid if act.undoes else None,
            **_same(act, "uid", "verb", "at", "note", "is_undone"),
        )


def _same(record: object, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _outlet(outlet: models.Outlet | None) -> OutletName | None:
    return OutletName(number=outlet.pk, name=outlet.name) if outlet else None
