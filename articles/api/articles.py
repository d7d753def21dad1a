"""Articles: the list, which is a search; each with its text and quotations; what is corrected in one as a whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from .. import corrections, finding, stories
from ..models import Act, Article, Quotation
from ..querysets import ArticleQuerySet
from . import records
from .access import refuse_without
from .correcting import Kind, corrected
from .documenting import ONE, corrects, reads
from .fields import ActNote, Cue, Mention, Note, Number, Sent, Spans, SpeakerName, Text
from .filters import SEARCH, page_of, sought
from .paging import USUAL, Cursor, Limit, Results, Sort
from .problems import Problem
from .versions import seen, tag
from .writing import ArticleCorrected, Corrected, act_of, article_now, or_refused, person

router = Router(tags=["Articles"])


class Addition(Sent):
    """A quotation to be added, just as it is sent; it is accepted from birth."""

    text_sha256: str = Field(
        pattern="^[0-9a-f]{64}$",
        description="Of the text that the offsets count in: the article’s, as you read it.",
        examples=["9f86d081884c7d65" * 4],
    )
    spans: Spans
    cue: Cue = None
    mention: Mention = None
    kind: Kind = None
    speaker_name: SpeakerName = ""
    note: Note = ""


class Flag(Sent):
    note: ActNote = ""


class NewText(Sent):
    text: Text = Field(min_length=1, max_length=5_000_000, examples=["“The nets were empty,” she said.\n"])
    note: ActNote = ""


@router.get("", **reads("Search articles", Results[records.ArticleLine], "invalid", parameters=SEARCH))
def article_list(
    request: HttpRequest,
    response: HttpResponse,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    sort: Sort = "newest",
) -> Results[records.ArticleLine]:
    """Newest first. The parameters are those of the list in the browser; texts come with each article alone."""
    asked = sought(request)
    return page_of(
        request,
        response,
        finding.articles(asked),
        limit=limit,
        cursor=cursor,
        fetch=ArticleQuerySet.for_api,
        told=records.ArticleLine.all_of,
        complaints=asked.complaints,
    )


@router.get("/{int:number}", **reads("One article with its quotations", records.Article, *ONE, "invalid"))
def article(request: HttpRequest, response: HttpResponse, number: Number) -> records.Article:
    """Its text, what is known of it, and its quotations in their order; hidden articles are not there."""
    found = Article.objects.visible().with_progress().with_outlet().with_origin().numbered([number]).first()
    if found is None:
        raise Problem("not-found")
    tag(response, found)
    return records.Article.of(found, Quotation.objects.for_reading(found).for_api())


@router.post(
    "/{int:number}/quotations",
    **corrects("Add a quotation", Corrected, "ambiguous-speaker", "moved", status=201, versioned=False),
)
def add(request: HttpRequest, response: HttpResponse, number: Number, sent: Addition) -> Corrected:
    """What it is added to is the text, so text_sha256 says what you saw, in place of a version."""
    found = correctable(number)
    wanted = corrections.Wanted(
        tuple(sent.spans),
        cue=sent.cue,
        mention=sent.mention,
        kind=sent.kind or "",
        speaker=sent.speaker_name,
        note=sent.note,
    )
    with or_refused("add", sent=sent, pointer="/spans"):
        added, act = corrections.add(found, wanted, by=person(request), text_sha256=sent.text_sha256)
    response["Location"] = f"/api/v1/quotations/{added.uid}"
    return corrected(response, act, added)


@router.post("/{int:number}/review", **corrects("Mark as reviewed", ArticleCorrected))
def review(request: HttpRequest, response: HttpResponse, number: Number) -> ArticleCorrected:
    """Say that all its quotations were gone through, also where suggestions are left."""
    found = correctable(number)
    version = seen(request, found)
    with or_refused("review"):
        act = corrections.review(found, by=person(request), version=version)
    return _corrected(response, found, act)


@router.post("/{int:number}/flag", **corrects("Ask for a second look", ArticleCorrected))
def flag(request: HttpRequest, response: HttpResponse, number: Number, sent: Flag) -> ArticleCorrected:
    """It does not count as reviewed then; note says what to look at."""
    found = correctable(number)
    version = seen(request, found)
    with or_refused("flag", sent=sent):
        act = corrections.flag(found, note=sent.note, by=person(request), version=version)
    return _corrected(response, found, act)


@router.post("/{int:number}/reopen", **corrects("Neither reviewed nor flagged any more", ArticleCorrected))
def reopen(request: HttpRequest, response: HttpResponse, number: Number) -> ArticleCorrected:
    """Take back that it was reviewed, or that somebody should look at it again."""
    found = correctable(number)
    version = seen(request, found)
    with or_refused("reopen"):
        act = corrections.reopen_article(found, by=person(request), version=version)
    return _corrected(response, found, act)


@router.put(
    "/{int:number}/text", **corrects("Correct the text (editors)", ArticleCorrected, "text-taken", "not-allowed")
)
def correct_text(request: HttpRequest, response: HttpResponse, number: Number, sent: NewText) -> ArticleCorrected:
    """Quotations go along with their words; those whose words are gone wait in the former text to be decided on."""
    refuse_without(request, "articles.change_article")
    found = correctable(number)
    version = seen(request, found)
    with or_refused("text", pointer="/text"):
        act = corrections.correct_text(found, sent.text, by=person(request), version=version, note=sent.note)
    if act:
        stories.join_corrected(found)
    return _corrected(response, found, act)


def correctable(number: int) -> Article:
    """Raises Problem where there is no such article, or a hidden one."""
    found = Article.objects.visible().with_outlet().numbered([number]).first()
    if found is None:
        raise Problem("not-found")
    return found


def _corrected(response: HttpResponse, article: Article, act: Act | None) -> ArticleCorrected:
    now = article_now(article)
    response["ETag"] = f'"{now.version}"'
    return ArticleCorrected(act=act_of(act), article=now)
