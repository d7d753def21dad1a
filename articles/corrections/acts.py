"""What a person does: decide on a quotation, say who speaks, edit a record, add one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from .. import bulk
from ..models import Act, Article, Change, Outlet, Quotation, Speaker
from .naming import speaker_called
from .writing import Edit, Values, write, write_new

if TYPE_CHECKING:
    from django.contrib.auth.models import User


NOT_GONE_THROUGH: Values = {
    "reviewed_by_id": None,
    "reviewed_at": None,
    "needs_second_look": False,
    "second_look_note": "",
}
"""Of an article that is neither reviewed nor in need of a second look."""


def decision(state: str, *, by: User) -> Values:
    """The values that `by`'s decision on a quotation writes; a suggestion is nobody's decision."""
    if state == Quotation.State.SUGGESTED:
        return {"state": state, "settled_by_id": None, "settled_at": None}
    return {"state": state, "settled_by_id": by.pk, "settled_at": to_milliseconds(timezone.now())}


def vouching(quotation: Quotation, *, by: User) -> Values:
    """What a correction writes besides: whoever corrects a suggestion accepts it."""
    return {} if quotation.is_settled else decision(Quotation.State.ACCEPTED, by=by)


def to_milliseconds(moment: datetime) -> datetime:
    """The record of changes keeps nothing finer; nothing finer is stored, so that undoing brings back this moment."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def accept(quotation: Quotation, *, by: User, version: int) -> Act | None:
    """Settle as right. None where it was accepted already. Raises StaleEdit and Gone."""
    return _settle(quotation, state=Quotation.State.ACCEPTED, verb=Act.Verb.ACCEPT, by=by, version=version)


def reject(quotation: Quotation, *, by: User, version: int) -> Act | None:
    """Settle as no quotation. None where it was rejected already. Raises StaleEdit and Gone."""
    return _settle(quotation, state=Quotation.State.REJECTED, verb=Act.Verb.REJECT, by=by, version=version)


def reopen(quotation: Quotation, *, by: User, version: int) -> Act | None:
    """Take a decision back: suggested again. None where it was not settled. Raises StaleEdit and Gone."""
    values = decision(Quotation.State.SUGGESTED, by=by)
    return edit([Edit(quotation, version, values)], by=by, verb=Act.Verb.REOPEN)


def settle_all(seen: Sequence[tuple[Quotation, int]], *, state: str, by: User) -> Act | None:
    """Decide on many, each in the version that was seen, all or none, as one act. None where all are so.

    Raises StaleEdit and Gone.
    """
    verb = Act.Verb.ACCEPT if state == Quotation.State.ACCEPTED else Act.Verb.REJECT
    values = decision(state, by=by)
    return edit([Edit(one, version, values) for one, version in seen if one.state != state], by=by, verb=verb)


def review(article: Article, *, by: User, version: int) -> Act | None:
    """Say that all its quotations were gone through; nothing more needs a second look. Raises StaleEdit."""
    reviewed: Values = {"reviewed_by_id": by.pk, "reviewed_at": to_milliseconds(timezone.now())}
    return edit([Edit(article, version, NOT_GONE_THROUGH | reviewed)], by=by, verb=Act.Verb.REVIEW)


def flag(article: Article, *, note: str, by: User, version: int) -> Act | None:
    """Ask for a second look at the article, and say at what; it does not count as reviewed. Raises StaleEdit."""
    flagged: Values = {"needs_second_look": True, "second_look_note": note}
    return edit([Edit(article, version, NOT_GONE_THROUGH | flagged)], by=by, verb=Act.Verb.FLAG)


def reopen_article(article: Article, *, by: User, version: int) -> Act | None:
    """Take back that it was reviewed, or that it needs a second look. Raises StaleEdit."""
    return edit([Edit(article, version, NOT_GONE_THROUGH)], by=by, verb=Act.Verb.REOPEN)


def change_speaker(quotation: Quotation, *, name: str, by: User, version: int) -> Act | None:
    """Say who is speaking, by name or alias; a name that nobody bears becomes a new speaker.

    Whoever corrects a suggestion vouches for it, so it is accepted in the same act. Raises StaleEdit and Gone,
    AmbiguousSpeaker where the name alone does not say who is meant, and ValueError where it cannot be a name.
    """
    with transaction.atomic():
        speaker, changes = speaker_called(name)
        values = {"speaker_id": speaker.pk} | vouching(quotation, by=by)
        return edit([Edit(quotation, version, values)], by=by, verb=Act.Verb.SPEAKER, first=changes)


@transaction.atomic
def edit(
    edits: Sequence[Edit],
    *,
    by: User,
    verb: Act.Verb = Act.Verb.EDIT,
    note: str = "",
    undoes: Act | None = None,
    first: Sequence[Change] = (),
) -> Act | None:
    """Write `edits`, all or none, as one act; None, and nothing written, where no value differs.

    `first` are unsaved changes that belong to the same act, as of a speaker made for it. Raises StaleEdit, Gone
    where a record is not there any more, and NameTaken where another bears the new name.
    """
    changes = [*first, *write(edits)]
    if not changes:
        return None
    article = undoes.article_id if undoes else _article_id(edits)
    return record_act(verb, changes, by=by, article=article, note=note, undoes=undoes)


@transaction.atomic
def create(record: Speaker | Outlet, *, by: User, values: Mapping[str, Any] | None = None) -> Act:
    """Save a new speaker or outlet, with `values` for what needs it saved first (aliases). Raises NameTaken."""
    return record_act(Act.Verb.CREATE, [write_new(record, values or {})], by=by)


def _settle(quotation: Quotation, *, state: Quotation.State, verb: Act.Verb, by: User, version: int) -> Act | None:
    if quotation.state == state and quotation.version == version:
        return None
    return edit([Edit(quotation, version, decision(state, by=by))], by=by, verb=verb)


def record_act(
    verb: Act.Verb,
    changes: Sequence[Change],
    *,
    by: User,
    article: int | None = None,
    note: str = "",
    undoes: Act | None = None,
) -> Act:
    """Save `changes` as one act of `by`, in the transaction that wrote them; `article` is the id of where."""
    act = Act.objects.create(verb=verb, by=by, article_id=article, note=note, undoes=undoes)
    for change in changes:
        change.act = act
    bulk.insert_objects(changes)
    return act


def _article_id(edits: Sequence[Edit]) -> int | None:
    articles = {one.record.article_id for one in edits if isinstance(one.record, Quotation)}
    articles |= {one.record.pk for one in edits if isinstance(one.record, Article)}
    return articles.pop() if len(articles) == 1 else None
