"""Speakers: the authority file, and what editors correct in it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field, StrictInt

from .. import corrections
from ..corrections import Edit
from ..forms import without_controls
from ..models import NAME_LENGTH, QUALIFIER_LENGTH, Act, Quotation, Speaker
from ..record_forms import SpeakerRecordForm
from . import records
from .access import refuse_without
from .documenting import ONE, corrects, reads
from .fields import GREATEST, Number, SeenVersion, Sent, SpeakerName, Text
from .paging import USUAL, Cursor, Limit, Listed, behind, listed
from .problems import Problem, wrong
from .versions import seen, tag
from .writing import SpeakerCorrected, act_of, or_refused, person, refuse_invalid

router = Router(tags=["Speakers"])
EDITS = "articles.change_speaker"
MOST_AT_ONCE = 1000

Part = Annotated[
    str, Query(max_length=200, description="Part of any name; accents and case do not count.", examples=["moss"])
]
Name = Annotated[Text, Field(min_length=1, max_length=NAME_LENGTH, examples=["Ida Moss"])]


class SpeakerEdit(Sent):
    """What is left out stays as it is."""

    name: Name | None = None
    qualifier: Annotated[Text, Field(max_length=QUALIFIER_LENGTH, examples=["harbour master"])] | None = None
    kind: Literal["person", "body"] | None = None
    role: Annotated[Text, Field(max_length=200, examples=["Harbour master"])] | None = None
    wikidata_id: Annotated[Text, Field(max_length=100, examples=["Q42"])] | None = None
    aliases: Annotated[list[Name], Field(max_length=200, description="All of them.")] | None = None


class Merging(Sent):
    other: StrictInt = Field(ge=1, le=GREATEST, description="Number of who is merged into this one.", examples=[8])
    version: SeenVersion


class Seen(Sent):
    uid: UUID
    version: SeenVersion


class Splitting(Sent):
    to: SpeakerName = Field(min_length=1)
    quotations: list[Seen] = Field(default=[], max_length=MOST_AT_ONCE)
    aliases: list[Name] = Field(default=[], max_length=200, description="Other names that go along.")


@router.get("", **reads("List speakers", Listed[records.Speaker], "invalid"))
def speaker_list(
    request: HttpRequest,
    response: HttpResponse,
    q: Part = "",
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> Listed[records.Speaker]:
    """By name."""
    speakers = Speaker.objects.visible().named_like(without_controls(q)).by_name()
    rows = behind(request, speakers, cursor=cursor).with_counted(records.MOST_COUNTED).with_aliases()
    return listed(request, response, rows, limit=limit, told=records.Speaker.of)


@router.get("/{int:number}", **reads("One speaker", records.Speaker, *ONE, "invalid"))
def speaker(request: HttpRequest, response: HttpResponse, number: Number) -> records.Speaker:
    """One that was merged says into whom; what they said is /quotations?speaker=<number>."""
    found = Speaker.objects.with_counted(records.MOST_COUNTED).with_aliases().numbered([number]).first()
    if found is None or (found.is_hidden and not found.merged_into_id and not request.user.has_perm(EDITS)):
        raise Problem("not-found")
    tag(response, found)
    return records.Speaker.of(found)


@router.patch("/{int:number}", **corrects("Edit a speaker (editors)", SpeakerCorrected, "name-taken", "not-allowed"))
def edit(request: HttpRequest, response: HttpResponse, number: Number, sent: SpeakerEdit) -> SpeakerCorrected:
    """What the authority file says of them; what is left out of the body stays as it is."""
    found = _editable(request, number)
    version = seen(request, found)
    initial = dict(SpeakerRecordForm(instance=found).initial)
    values = {name: value for name, value in sent.model_dump(exclude_unset=True).items() if value is not None}
    form = SpeakerRecordForm(initial | values, instance=found)
    refuse_invalid(form)
    stored = _editable(request, number)  # the form has put its values into the other one
    changed = {name: value for name, value in form.values().items() if name in values}
    with or_refused("edit", sent=sent):
        act = corrections.edit([Edit(stored, version, changed)], by=person(request)) if changed else None
    return _corrected(response, act, stored)


@router.post(
    "/{int:number}/merge",
    **corrects("Merge a speaker into this one (editors)", SpeakerCorrected, "not-joinable", "not-allowed"),
)
def merge(request: HttpRequest, response: HttpResponse, number: Number, sent: Merging) -> SpeakerCorrected:
    """All quotations and names of the other one are this speaker’s then. Undone as one act."""
    survivor = _editable(request, number)
    version = seen(request, survivor)
    other = Speaker.objects.visible().numbered([sent.other]).first()
    if other is None or other == survivor:
        raise wrong("/other", "There is no such other speaker.")
    with or_refused("merge", sent=sent):
        act = corrections.join(survivor, other, by=person(request), versions=(version, sent.version))
    return _corrected(response, act, survivor, other)


@router.post(
    "/{int:number}/split",
    **corrects("Split a speaker in two (editors)", SpeakerCorrected, "not-joinable", "name-taken", "not-allowed"),
)
def split(request: HttpRequest, response: HttpResponse, number: Number, sent: Splitting) -> SpeakerCorrected:
    """Quotations and other names go to whoever bears the name, or to somebody new."""
    speaker = _editable(request, number)
    version = seen(request, speaker)
    versions = {str(one.uid): one.version for one in sent.quotations}
    chosen = [(one, versions[str(one.uid)]) for one in Quotation.objects.named(versions)]
    if len(chosen) < len(versions):
        raise wrong("/quotations", "Not all of these quotations are there.")
    with or_refused("split", sent=sent):
        other, act = corrections.part(
            speaker, to=sent.to, quotations=chosen, aliases=sent.aliases, by=person(request), version=version
        )
    return _corrected(response, act, speaker, other)


def _editable(request: HttpRequest, number: int) -> Speaker:
    """Raises Problem where whoever asks is no editor, or there is no such speaker that is shown."""
    refuse_without(request, EDITS)
    found = Speaker.objects.visible().numbered([number]).first()
    if found is None:
        raise Problem("not-found")
    return found


def _corrected(response: HttpResponse, act: Act | None, *speakers: Speaker) -> SpeakerCorrected:
    stored = {one.pk: one for one in Speaker.objects.with_aliases().numbered(one.pk for one in speakers)}
    now = [records.Speaker.of(stored[one.pk]) for one in speakers]
    response["ETag"] = f'"{now[0].version}"'
    return SpeakerCorrected(act=act_of(act), speakers=now)
