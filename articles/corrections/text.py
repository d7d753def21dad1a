"""Correcting the text of an article: its quotations go along with their words, and the former text stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .. import versions
from ..importing.normal_form import normal_form
from ..models import Act, Article, FormerText
from .acts import record_act
from .refusals import NotUndoable, StaleEdit, TextTaken

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def correct_text(article: Article, text: str, *, by: User, version: int, note: str = "") -> Act | None:
    """Give `article`, seen at `version`, the corrected `text`, in normal form. None where that changes nothing.

    Quotations whose words are gone from it stay in the former text, for somebody to decide on. Raises StaleEdit,
    TextTaken where another article has that text, and ValueError where it is empty.
    """
    corrected = normal_form(text)
    if not corrected.strip():
        raise ValueError(_("an article needs a text"))
    held = Article.objects.locked(article.pk)
    if held.version != version:
        raise StaleEdit(held, seen=version)
    if corrected == held.text:
        return None
    taken = Article.objects.with_text(Article.digest(corrected)).first()
    if taken:
        raise TextTaken(taken)
    act = record_act(Act.Verb.TEXT, [], by=by, article=held.pk, note=note)
    _reword(held, corrected, act=act)
    return act


def refuse_replaced(former: FormerText, article: Article) -> None:
    """Raises StaleEdit where `former` is not the text just before, NotUndoable where another article has it."""
    if article.former_texts.after(former).exists():
        raise StaleEdit(article)
    taken = Article.objects.with_text(former.text_sha256).first()
    if taken:
        raise NotUndoable(str(TextTaken(taken)))


def put_back(former: FormerText, *, by: User, verb: Act.Verb, undoes: Act) -> Act:
    """Give its article the `former` text again, which `undoes` took, in the caller's transaction.

    Raises StaleEdit where its text was replaced once more since, and NotUndoable where another article has it now.
    """
    held = Article.objects.locked(former.article_id)
    refuse_replaced(former, held)
    act = record_act(verb, [], by=by, article=held.pk, undoes=undoes)
    try:
        _reword(held, former.text, act=act)
    except TextTaken as taken:
        raise NotUndoable(str(taken)) from taken
    return act


def _reword(held: Article, text: str, *, act: Act) -> None:
    """Raises TextTaken where an import has brought that text since it was looked for."""
    try:
        with transaction.atomic():
            versions.reword(held, text, act=act)
    except IntegrityError as error:
        taken = Article.objects.with_text(Article.digest(text)).first()
        if taken is None:
            raise
        raise TextTaken(taken) from error
