"""What cards have alike. An article may have hundreds, so it is made once and stamped with each quotation."""

from types import SimpleNamespace
from uuid import UUID

from django import template
from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from ..cards import Card

register = template.Library()

# What stands in for a quotation and the one after it until the form is stamped; no text of ours holds these.
UID, FOLLOWING_UID = UUID(int=0), UUID(int=1)
VERSION, FOLLOWING_VERSION = "\ue000", "\ue001"


@register.simple_tag(takes_context=True)
def card_acts(context: Context, card: Card) -> SafeString:
    """The form with all that can be done to the card's quotation; `card_forms` in the context keeps those made."""
    forms, one = context["card_forms"], card.quotation
    kind = one.state, card.following is not None
    if kind not in forms:
        following = SimpleNamespace(uid=FOLLOWING_UID, version=FOLLOWING_VERSION) if card.following else None
        stand_in = SimpleNamespace(uid=UID, version=VERSION, state=one.state, is_settled=one.is_settled)
        with context.push(quotation=stand_in, following=following):
            forms[kind] = Engine.get_default().get_template("articles/_card_acts.html").render(context)
    form: str = forms[kind].replace(str(UID), str(one.uid)).replace(VERSION, str(one.version))
    if card.following:
        form = form.replace(str(FOLLOWING_UID), str(card.following.uid))
        form = form.replace(FOLLOWING_VERSION, str(card.following.version))
    return mark_safe(form)  # noqa: S308 - of a template, uids and numbers
