"""The one write path: every change by a person, from the pages or the admin, goes through here.

Each act is one transaction. It names the version of the record that the person saw, writes the record and the
record of the change together, and can be undone later, in another session too.
"""

from .acts import accept, change_speaker, create, decision, edit, reject, reopen
from .refusals import AmbiguousSpeaker, Gone, NameTaken, NotUndoable, StaleEdit
from .undoing import undo, undoing_of
from .writing import FIELD_OF, Edit, Values, plain, values_of

__all__ = [
    "FIELD_OF",
    "AmbiguousSpeaker",
    "Edit",
    "Gone",
    "NameTaken",
    "NotUndoable",
    "StaleEdit",
    "Values",
    "accept",
    "change_speaker",
    "create",
    "decision",
    "edit",
    "plain",
    "reject",
    "reopen",
    "undo",
    "undoing_of",
    "values_of",
]
