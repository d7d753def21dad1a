"""Correcting the text of an article: its quotations go along with their words, and the former text stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from .. import versions
from ..importing.normal_form import normal_form
from ..models import Act, Article
from .acts import record_act
from .refusals import StaleEdit, TextTaken

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
    versions.reword(held, corrected, act=act)
    return act
