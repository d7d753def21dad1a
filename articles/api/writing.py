"""From what `corrections` refuses to what the API answers; whatever is raised, nothing was written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest
from pydantic import BaseModel

from .. import corrections, models
from ..corrections import FIELD_OF
from . import records
from .fields import Sent
from .problems import Problem, invalid, wrong


class Corrected(BaseModel):
    """What came of a correction."""

    act: records.Act | None
    """Null: it was so already."""
    quotations: list[records.Quotation]
    """Those that it changed, as they are now; the one in the address first."""


class SpeakerCorrected(BaseModel):
    act: records.Act | None
    speakers: list[records.Speaker]


class ArticleCorrected(BaseModel):
    act: records.Act | None
    article: records.ArticleLine


def person(request: HttpRequest) -> User:
    """Whose act it is: `access` has let nobody else in."""
    return cast(User, request.user)


@contextmanager
def or_refused(correction: str, *, sent: Sent | None = None, pointer: str = "", **named: Any) -> Iterator[None]:
    """Within it, refusals of `corrections` become problems.

    `correction` and what was `sent` are given back with a stale one; `pointer` is the member of the body that a value
    in it, which makes no sense, was in; `named` is what else the problem is to tell.
    """
    wanted = {"correction": correction} | (sent.model_dump(mode="json", exclude_unset=True) if sent else {})
    try:
        yield
    except corrections.Moved as moved:
        current = told(moved.current) if moved.current.pk else None
        raise Problem("moved", current=current, wanted=wanted, **named) from moved
    except corrections.StaleEdit as stale:
        raise _stale(stale, wanted, named) from stale
    except corrections.Gone as gone:
        raise Problem("gone") from gone
    except corrections.AmbiguousSpeaker as ambiguous:
        choices = [{"number": one.pk, "name": str(one)} for one in ambiguous.choices]
        raise Problem("ambiguous-speaker", ambiguous, choices=choices) from ambiguous
    except corrections.NameTaken as taken:
        raise Problem("name-taken", taken) from taken
    except corrections.TextTaken as taken:
        raise Problem("text-taken", taken, article=taken.article.pk) from taken
    except corrections.NotJoinable as refused:
        raise Problem("not-joinable", refused) from refused
    except corrections.NotUndoable as refused:
        raise Problem("not-undoable", refused) from refused
    except ValueError as error:
        raise wrong(pointer, error) from error


def _stale(stale: corrections.StaleEdit, wanted: dict[str, Any], named: dict[str, Any]) -> Problem:
    """Both versions, and whose act came between."""
    record = stale.current
    last = models.Act.objects.that_changed(FIELD_OF[type(record)], record.pk).with_authors().first()
    current = told(record)
    return Problem(
        "stale",
        stale,
        headers={"ETag": f'"{current["version"]}"'},
        wanted=wanted,
        current=current,
        last_act=records.Act.of(last).model_dump(mode="json") if last else None,
        **named,
    )


def told(record: models.Versioned) -> dict[str, Any]:
    """A record as the API tells of it, as it is stored now."""
    now: BaseModel
    match record:
        case models.Quotation():
            now = quotations_now([record])[0]
        case models.Article():
            now = article_now(record)
        case models.Speaker():
            now = records.Speaker.of(models.Speaker.objects.with_aliases().get(pk=record.pk))
        case _:
            now = records.Outlet.of(models.Outlet.objects.get(pk=record.pk))
    return now.model_dump(mode="json")


def quotations_now(quotations: list[models.Quotation]) -> list[records.Quotation]:
    """Those quotations as they are stored now, in the same order."""
    numbers = [one.pk for one in quotations]
    stored = {one.pk: one for one in models.Quotation.objects.for_api().numbered(numbers)}
    return [records.Quotation.of(stored[pk]) for pk in numbers if pk in stored]


def article_now(article: models.Article) -> records.ArticleLine:
    stored = models.Article.objects.for_api().get(pk=article.pk)
    return records.ArticleLine(**records.ArticleLine.values(stored))


def act_of(act: models.Act | None) -> records.Act | None:
    return records.Act.of(act) if act else None


def refuse_invalid(form: forms.BaseForm) -> None:
    """Raises Problem with a pointer for each field of `form` that makes no sense."""
    if not form.is_valid():
        raise invalid(
            *(
                {"detail": str(error), "pointer": f"#/{name}" if name in form.fields else "#"}
                for name, errors in form.errors.items()
                for error in errors
            )
        )
