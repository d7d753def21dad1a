"""Any version that a record had, brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models import Act, Change
from .acts import edit
from .writing import FIELD_OF, Edit, Editable, Values, python

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def values_after(record: Editable, act: Act | None) -> Values:
    """What differs from now in `record` as it was right after `act`; with None, before anybody changed it."""
    changes = Change.objects.of_record(FIELD_OF[type(record)], record.pk).after(act)
    values: Values = {}
    for change in changes.order_by("-id"):
        values |= change.before or {}
    if "merged_into_id" in values:  # taking a merging back moves the quotations too: that is undone, not restored
        del values["merged_into_id"]
        values.pop("is_hidden", None)
    return python(record, values)


def restore(record: Editable, act: Act | None, *, by: User, version: int) -> Act | None:
    """Make `record`, seen at `version`, as it was right after `act`, as a new act. None where it is so.

    Raises StaleEdit, Gone, NameTaken, and Moved where its words do not stand there any more.
    """
    return edit([Edit(record, version, values_after(record, act))], by=by, verb=Act.Verb.RESTORE)
