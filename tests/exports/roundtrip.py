"""Whether all that is stored comes back: a database as plain values by natural keys, to be compared with another."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.models import User

from articles.bringing_back import Report, bring_back
from articles.exports.formats import FORMATS
from articles.gathering import Selection, records
from articles.models import (
    Act,
    Alias,
    Analysis,
    Article,
    Change,
    FormerText,
    ImportProblem,
    ImportRun,
    KeyOfCopy,
    Outlet,
    PossibleDuplicate,
    Presence,
    Quotation,
    SignatureOfText,
    Speaker,
    Story,
)

EVERYTHING = Selection(with_rejected=True, with_hidden=True)
ALL = (
    *(Change, Analysis, SignatureOfText, KeyOfCopy, PossibleDuplicate, Presence, ImportProblem, Alias),
    *(Quotation, FormerText, Act, Article, ImportRun, Story, Speaker, Outlet),
)
"""All tables, each before those that it names."""


def exported(name: str, selection: Selection = EVERYTHING) -> bytes:
    """What the format of that name writes of this database."""
    out = io.BytesIO()
    FORMATS[name].module.write(records(selection), out)
    return out.getvalue()


def brought_back(name: str, data: bytes) -> Report:
    return bring_back(FORMATS[name].module.read(io.BytesIO(data)), source=f"export{FORMATS[name].suffix}")


def emptied() -> None:
    """Delete all that was exported, and the accounts with it."""
    FormerText.objects.update(act=None)
    Act.objects.update(undoes=None)
    Speaker.objects.update(merged_into=None)
    Story.objects.update(merged_into=None)
    for model in ALL:
        model.objects.all().delete()
    User.objects.all().delete()


def stored() -> dict[str, Any]:
    """All that can be exported, without the numbers that differ from one database to the next."""
    return {
        "articles": [_article(one) for one in Article.objects.order_by("text_sha256")],
        "stories": _stories(),
        "speakers": [_speaker(one) for one in Speaker.objects.order_by("key", "qualifier")],
        "outlets": sorted(Outlet.objects.values_list("name", "key", "homepage", "version")),
        "acts": [_act(one) for one in Act.objects.order_by("id")],
        # Of a text that was corrected, what it was when it came in: nobody compares it anew.
        "signatures": sorted(
            (digest, bytes(minima), shingles)
            for digest, minima, shingles in SignatureOfText.objects.filter(article__former_texts=None).values_list(
                "article__text_sha256", "minima", "shingles"
            )
        ),
        "keys": sorted(
            KeyOfCopy.objects.filter(article__former_texts=None).values_list("article__text_sha256", "value")
        ),
    }


def differences(was: Any, came: Any, *, at: str = "") -> Iterator[str]:
    """A line for each value that is another: where, what it was, and what came back."""
    if isinstance(was, dict) and isinstance(came, dict):
        for name in {**was, **came}:
            yield from differences(was.get(name), came.get(name), at=f"{at}.{name}")
    elif isinstance(was, list) and isinstance(came, list) and len(was) == len(came):
        for place, (one, other) in enumerate(zip(was, came, strict=True)):
            yield from differences(one, other, at=f"{at}[{place}]")
    elif was != came:
        yield f"{at}: was {was!r}, came back {came!r}"


def _fields(row: Any, *but: str) -> dict[str, Any]:
    names = {field.attname for field in row._meta.concrete_fields} - {"id", *but}
    return {name: getattr(row, name) for name in sorted(names)}


def _article(one: Article) -> dict[str, Any]:
    analysis = Analysis.objects.filter(article=one).first()
    return {
        **_fields(one, "outlet_id", "story_id", "import_run_id", "reviewed_by_id", "dated"),
        "outlet": one.outlet and one.outlet.key,
        "reviewed_by": one.reviewed_by and one.reviewed_by.username,
        "quotations": [_quotation(row) for row in one.quotations.order_by("uid")],
        "order": [row.uid for row in one.quotations.order_by("former_text__replaced_at", "start", "id")],
        "former_texts": [_former(row) for row in one.former_texts.order_by("id")],
        "analysis": analysis and _fields(analysis, "article_id"),
    }


def _quotation(one: Quotation) -> dict[str, Any]:
    return {
        **_fields(one, "article_id", "speaker_id", "settled_by_id", "former_text_id", "outlet_id"),
        "outlet": one.outlet and one.outlet.key,
        "speaker": _name(one.speaker),
        "settled_by": one.settled_by and one.settled_by.username,
        "former_text": _place(one.former_text),
    }


def _former(one: FormerText) -> dict[str, Any]:
    uids = dict(Quotation.objects.filter(article=one.article).values_list("pk", "uid"))
    # Anchors of suggestions that were replaced since name nothing.
    anchors = [
        anchor | {"quotation": uids[anchor["quotation"]]} for anchor in one.anchors if anchor["quotation"] in uids
    ]
    return {
        **_fields(one, "article_id", "import_run_id", "act_id", "anchors"),
        "act": one.act and one.act.uid,
        "anchors": anchors,
    }


def _speaker(one: Speaker) -> dict[str, Any]:
    aliases = sorted(one.aliases.values_list("name", "key", "sound"))
    return {**_fields(one, "merged_into_id"), "merged_into": _name(one.merged_into), "aliases": aliases}


def _stories() -> list[list[str]]:
    """The texts of each story."""
    groups: dict[int, list[str]] = {}
    for story, digest in Article.objects.filter(story__isnull=False).values_list("story", "text_sha256"):
        groups.setdefault(story, []).append(digest)
    return sorted(sorted(group) for group in groups.values())


def _act(one: Act) -> dict[str, Any]:
    return {
        "uid": one.uid,
        "verb": one.verb,
        "by": one.by.username,
        "at": one.at,
        "note": one.note,
        "article": one.article and one.article.text_sha256,
        "undoes": one.undoes and one.undoes.uid,
        "changes": [_change(row) for row in one.changes.order_by("id")],
    }


def _change(one: Change) -> dict[str, Any]:
    of = {
        "quotation": one.quotation and one.quotation.uid,
        "article": one.article and one.article.text_sha256,
        "speaker": _name(one.speaker),
        "outlet": one.outlet and one.outlet.key,
    }
    return {**of, "before": _held(one.before), "after": _held(one.after)}


NAMED: dict[str, Callable[[int], Any]] = {
    "speaker_id": lambda pk: _name(Speaker.objects.filter(pk=pk).first()),
    "merged_into_id": lambda pk: _name(Speaker.objects.filter(pk=pk).first()),
    "outlet_id": lambda pk: Outlet.objects.get(pk=pk).key,
    "settled_by_id": lambda pk: User.objects.get(pk=pk).username,
    "reviewed_by_id": lambda pk: User.objects.get(pk=pk).username,
    "former_text_id": lambda pk: _place(FormerText.objects.get(pk=pk)),
}


def _held(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {
        name: NAMED[name](value) if name in NAMED and value is not None else value for name, value in values.items()
    }


def _name(speaker: Speaker | None) -> tuple[str, str] | None:
    return (speaker.key, speaker.qualifier) if speaker else None


def _place(former: FormerText | None) -> tuple[str, int] | None:
    """Which of its article's former texts it is."""
    if former is None:
        return None
    before = FormerText.objects.filter(article=former.article_id, pk__lt=former.pk).count()
    return former.article.text_sha256, before
