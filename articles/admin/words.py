"""Records of changes as the admin lists them: in the sentences of the pages, and for forms field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..corrections import Edit
from ..models import Change
from ..telling import Names, names_in, told, would_be_told

# A longer value is cut: the record itself shows it whole.
LONGEST = 200


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


def differences(model: type[Model], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs between two sets of values of one record; keys are attnames, or `aliases`."""
    names = names_in([(model, before), (model, after)])
    return [
        Difference(
            _label(model, name), _value(model, name, before.get(name), names), _value(model, name, value, names)
        )
        for name, value in after.items()
        if before.get(name) != value
    ]


def in_words(changes: Iterable[Change]) -> dict[int, SafeString]:
    """{id of the change: what it did, as list items}, with one query for each kind of record that is named."""
    return {one.change.pk: _as_list(one.sentences) for one in told(changes)}


def edits_in_words(edits: Iterable[Edit]) -> list[SafeString]:
    """For each edit what it would change, as list items."""
    return [_as_list(sentences) for sentences in would_be_told(edits)]


def _as_list(sentences: Iterable[str]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((capfirst(sentence),) for sentence in sentences))


def _label(model: type[Model], name: str) -> str:
    label = _("other names") if name == "aliases" else model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return capfirst(str(label))


def _value(model: type[Model], name: str, value: Any, names: Names) -> str:
    if value in (None, "", []):
        # Translators: a field of a record is empty.
        return pgettext("value", "nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    field = model._meta.get_field(name)
    if field.is_relation:
        return names.get((field.related_model, value), _("no. %(number)s") % {"number": value})  # type: ignore[arg-type]
    choices = dict(getattr(field, "flatchoices", []))
    return Truncator(str(choices.get(value, value))).chars(LONGEST)
