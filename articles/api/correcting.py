"""Corrections of one quotation, each through `articles.corrections`, as a click in the browser is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from .. import corrections
from ..models import Act, Quotation
from .documenting import corrects
from .fields import Cue, Mention, Note, Offset, SeenVersion, Sent, Spans, SpeakerName
from .problems import Problem, wrong
from .quotations import router
from .versions import seen
from .writing import Corrected, act_of, or_refused, person, quotations_now

Kind = Annotated[
    Literal["direct", "mixed", "indirect"] | None,
    Field(description="null: what the quotation marks say.", examples=["direct"]),
]


class SpeakerSent(Sent):
    name: SpeakerName = Field(min_length=1)


class Revision(Sent):
    """What is left out stays as it is."""

    spans: Spans | None = None
    cue: Cue = None
    mention: Mention = None
    kind: Kind = None
    speaker_name: SpeakerName | None = None
    note: Note | None = None


class Place(Sent):
    at: Offset = Field(description="Where the second one begins, in the article’s text.", examples=[12])


class Other(Sent):
    uid: UUID = Field(description="Of the quotation whose words are put into this one; it is taken out then.")
    version: SeenVersion


@router.post("/{uuid:uid}/accept", **corrects("Accept", Corrected, "gone"))
def accept(request: HttpRequest, response: HttpResponse, uid: UUID) -> Corrected:
    """Say that it is right as it stands: words, kind and speaker."""
    return _decide(request, response, uid, corrections.accept, "accept")


@router.post("/{uuid:uid}/reject", **corrects("Reject", Corrected, "gone"))
def reject(request: HttpRequest, response: HttpResponse, uid: UUID) -> Corrected:
    """Say that it is no quotation; lists leave it out then, and it can be reopened."""
    return _decide(request, response, uid, corrections.reject, "reject")


@router.post("/{uuid:uid}/reopen", **corrects("Take the decision back", Corrected, "gone"))
def reopen(request: HttpRequest, response: HttpResponse, uid: UUID) -> Corrected:
    """It is a suggestion again, neither accepted nor rejected."""
    return _decide(request, response, uid, corrections.reopen, "reopen")


@router.post("/{uuid:uid}/speaker", **corrects("Say who is speaking", Corrected, "ambiguous-speaker", "gone"))
def change_speaker(request: HttpRequest, response: HttpResponse, uid: UUID, sent: SpeakerSent) -> Corrected:
    """A suggestion is accepted by it: whoever corrects it vouches for it."""
    found = correctable(uid)
    version = seen(request, found)
    with or_refused("speaker", sent=sent, pointer="/name"):
        act = corrections.change_speaker(found, name=sent.name, by=person(request), version=version)
    return corrected(response, act, found)


@router.patch("/{uuid:uid}", **corrects("Revise", Corrected, "ambiguous-speaker", "moved", "gone"))
def revise(request: HttpRequest, response: HttpResponse, uid: UUID, sent: Revision) -> Corrected:
    """Its words, cue, mention, kind, speaker or note; one whose words left the text comes back with new spans."""
    found = correctable(uid)
    version = seen(request, found)
    if found.former_text_id is not None and not sent.spans:
        raise wrong("/spans", "Its words are not in the article’s text: say where they are.")
    with or_refused("revise", sent=sent):
        if found.version != version:  # what is left out is as it was read just now, so that has to be what was seen
            raise corrections.StaleEdit(found, seen=version)
        act = corrections.revise(found, _wanted(found, sent), by=person(request), version=version)
    return corrected(response, act, found)


def _wanted(quotation: Quotation, sent: Revision) -> corrections.Wanted:
    given = sent.model_fields_set
    is_moved = quotation.former_text_id is not None
    wanted = corrections.wanted_of(quotation) if not is_moved else corrections.Wanted((), note=quotation.note)
    if is_moved:
        wanted = replace(wanted, speaker=str(quotation.speaker or ""))
    if sent.spans:
        wanted = replace(wanted, content=tuple(sent.spans))
    if "cue" in given:
        wanted = replace(wanted, cue=sent.cue)
    if "mention" in given:
        wanted = replace(wanted, mention=sent.mention)
    if "kind" in given:
        wanted = replace(wanted, kind=sent.kind or "")
    if "speaker_name" in given:
        wanted = replace(wanted, speaker=sent.speaker_name or "")
    return replace(wanted, note=sent.note or "") if "note" in given else wanted


@router.post("/{uuid:uid}/split", **corrects("Split in two", Corrected, "moved", "gone", status=201))
def split(request: HttpRequest, response: HttpResponse, uid: UUID, sent: Place) -> Corrected:
    """Its words from at on become a quotation of their own; both come back."""
    found = correctable(uid)
    version = seen(request, found)
    with or_refused("split", sent=sent, pointer="/at"):
        second, act = corrections.split(found, sent.at, by=person(request), version=version)
    return corrected(response, act, found, second)


@router.post("/{uuid:uid}/merge", **corrects("Merge with another of the same article", Corrected, "moved", "gone"))
def merge(request: HttpRequest, response: HttpResponse, uid: UUID, sent: Other) -> Corrected:
    """The other one’s words are put into this one, and the other one is taken out."""
    found = correctable(uid)
    version = seen(request, found)
    second = Quotation.objects.correctable().at(sent.uid)
    if second is None:
        raise wrong("/uid", "There is no such quotation.")
    with or_refused("merge", sent=sent, pointer="/uid"):
        act = corrections.merge(found, second, by=person(request), versions=(version, sent.version))
    return corrected(response, act, found, second)


@router.post(
    "/{uuid:uid}/duplicate", **corrects("Add it again, for another speaker", Corrected, "moved", "gone", status=201)
)
def duplicate(request: HttpRequest, response: HttpResponse, uid: UUID) -> Corrected:
    """For what two people said together: the same words once more, which then get another speaker."""
    found = correctable(uid)
    version = seen(request, found)
    with or_refused("duplicate"):
        copy, act = corrections.duplicate(found, by=person(request), version=version)
    return corrected(response, act, copy, found)


def correctable(uid: UUID) -> Quotation:
    """The quotation of that name. Raises Problem where there is none that may be corrected."""
    found = Quotation.objects.correctable().at(uid)
    if found is None:
        raise Problem("not-found")
    return found


def corrected(response: HttpResponse, act: Act | None, *quotations: Quotation) -> Corrected:
    """What is answered; the first of `quotations` gives the version of the answer."""
    now = quotations_now([*quotations])
    response["ETag"] = f'"{now[0].version}"'
    return Corrected(act=act_of(act), quotations=now)


def _decide(
    request: HttpRequest, response: HttpResponse, uid: UUID, decide: Callable[..., Act | None], verb: str
) -> Corrected:
    found = correctable(uid)
    version = seen(request, found)
    with or_refused(verb):
        act = decide(found, by=person(request), version=version)
    return corrected(response, act, found)
