"""Two speakers that are one, and one that is two: names and quotations move together, as one act."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Act, Quotation, Speaker, name_key, tidy_name
from .acts import record_act
from .naming import named_just_so, refuse_no_name
from .refusals import NotJoinable, StaleEdit
from .writing import Edit, Values, values_of, write, write_new

if TYPE_CHECKING:
    from django.contrib.auth.models import User

QUALIFIED = re.compile(r"(?P<name>.+?)\s*\((?P<qualifier>[^()]{1,100})\)")


@transaction.atomic
def join(survivor: Speaker, other: Speaker, *, by: User, versions: tuple[int, int]) -> Act:
    """Merge `other` into `survivor`, each in the version that was seen.

    All quotations of `other`, also those taken out, and all its names are the survivor's then; it is hidden and leads
    on to the survivor, as do those that were merged into it before. Nobody vouches for a suggestion by it. Raises
    StaleEdit, and NotJoinable where they are one or one of them is hidden.
    """
    # All in one round, in their order: who holds some of them already and waits for others makes a deadlock.
    held = Speaker.objects.held_alone([survivor.pk, other.pk, *other.merged.values_list("pk", flat=True)])
    two = [held[one.pk] for one in (survivor, other) if one.pk in held]
    if len({one.pk for one in two}) < 2 or any(one.is_hidden for one in two):
        raise NotJoinable(_("only two speakers that are both shown can be merged"))
    leading = list(other.merged.all())
    if not held.keys() >= {one.pk for one in leading}:  # somebody was merged into `other` meanwhile
        raise StaleEdit(held[other.pk])
    names = _names(survivor, [*_all_names(other), *_aliases(survivor)])
    edits = [
        Edit(survivor, versions[0], {"aliases": names}, is_concerned=True),
        Edit(other, versions[1], {"is_hidden": True, "merged_into_id": survivor.pk}),
        *(Edit(one, one.version, {"merged_into_id": survivor.pk}) for one in leading),
        *_moving(Quotation.objects.held_of(other), survivor),
    ]
    return record_act(Act.Verb.JOIN, write(edits), by=by)


@transaction.atomic
def part(
    speaker: Speaker,
    *,
    to: str,
    quotations: Sequence[tuple[Quotation, int]],
    aliases: Collection[str] = (),
    by: User,
    version: int,
) -> tuple[Speaker, Act]:
    """Give `quotations`, each in the version that was seen, and `aliases` of `speaker` to the one called `to`.

    That is who bears just this name, with the qualifier in brackets, and else somebody new; one who was merged comes
    back. The act is in the history of both. Raises StaleEdit, NameTaken, and NotJoinable where nothing is given, or
    `to` is `speaker`, no name, or one who was merged into a third, who bears the name since.
    """
    other = _called(to, kind=speaker.kind)
    _refuse_same(speaker, other, to)
    if not aliases and not quotations:
        raise NotJoinable(_("choose quotations or other names to give to %(speaker)s") % {"speaker": to})
    Speaker.objects.held_alone(one.pk for one in (speaker, other) if one.pk)
    given = {name_key(name) for name in aliases}
    mine = _aliases(speaker)
    kept = [name for name in mine if name_key(name) not in given | {name_key(other.name)}]
    taken = [name for name in mine if name_key(name) in given]
    edits = [Edit(speaker, version, {"aliases": kept}, is_concerned=True)]
    changes = []
    if other.pk:
        own = _aliases(other)
        if other.merged_into:  # whose names `speaker` took over, and keeps where they are not given back
            own = [name for name in own if name_key(name) not in map(name_key, kept)]
        values = _shown(other) | {"aliases": _names(other, [*taken, *own])}
        edits.append(Edit(other, other.version, values, is_concerned=True))
    else:
        changes.append(write_new(other, {"aliases": _names(other, taken)}))
    edits += _moving(_seen(speaker, quotations), other)
    return other, record_act(Act.Verb.PART, [*changes, *write(edits)], by=by)


def _refuse_same(speaker: Speaker, other: Speaker, to: str) -> None:
    """Raises NotJoinable where `other`, called `to`, is `speaker`, or one with a third."""
    if other == speaker:
        said = _("%(speaker)s cannot be split off from itself: add a qualifier in brackets")
        raise NotJoinable(said % {"speaker": to})
    if other.merged_into and other.merged_into != speaker:
        said = _("%(other)s is one with %(speaker)s: split to %(speaker)s, or take that merging back first")
        raise NotJoinable(said % {"other": other, "speaker": other.merged_into})


def _called(name: str, *, kind: str) -> Speaker:
    """Who is called just so, with the qualifier in brackets, else somebody new, unsaved. Raises NotJoinable."""
    name = tidy_name(name)
    known = named_just_so(name, Speaker.objects.called(name))
    if known:
        return known[0]
    qualified = QUALIFIED.fullmatch(name)
    parts = qualified.groupdict() if qualified else {"name": name}
    try:
        refuse_no_name(parts["name"])
    except ValueError as refused:
        raise NotJoinable(str(refused)) from refused
    return Speaker(kind=kind, **parts)


def _shown(speaker: Speaker) -> Values:
    return {"is_hidden": False, "merged_into_id": None} if speaker.is_hidden else {}


def _aliases(speaker: Speaker) -> list[str]:
    names: list[str] = values_of(speaker, ["aliases"])["aliases"]
    return names


def _all_names(speaker: Speaker) -> list[str]:
    return [speaker.name, *_aliases(speaker)]


def _names(speaker: Speaker, names: Iterable[str]) -> list[str]:
    """`names` as aliases of `speaker`: each once by its key, the last one as it is written, but for its own."""
    by_key = {name_key(name): name for name in names}
    by_key.pop(name_key(speaker.name), None)
    return sorted(by_key.values())


def _moving(quotations: Iterable[Quotation], to: Speaker) -> Iterator[Edit]:
    return (Edit(one, one.version, {"speaker_id": to.pk}) for one in quotations)


def _seen(speaker: Speaker, quotations: Sequence[tuple[Quotation, int]]) -> Iterator[Quotation]:
    """The quotations of `speaker`. Raises StaleEdit where one was changed, or is somebody else's."""
    for quotation, version in quotations:
        if quotation.version != version or quotation.speaker_id != speaker.pk:
            raise StaleEdit(quotation, seen=version)
        yield quotation
