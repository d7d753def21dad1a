"""The one write path: every change by a person, from the pages or the admin, goes through here.

Each act is one transaction. It names the version of the record that the person saw, writes the record and the
record of the change together, and can be undone later, in another session too.
"""

from .acts import (
    accept,
    change_speaker,
    create,
    decision,
    edit,
    flag,
    reject,
    reopen,
    reopen_article,
    review,
    settle_all,
)
from .joining import join, part
from .marking import Wanted, add, duplicate, kind_by_marks, merge, revise, split, wanted_of
from .refusals import AmbiguousSpeaker, Gone, Moved, NameTaken, NotJoinable, NotUndoable, StaleEdit, TextTaken
from .restoring import restore, values_after
from .text import correct_text
from .undoing import may_take_back, redo, undo, undoing_of
from .writing import FIELD_OF, Edit, Values, plain, values_of

__all__ = [
    "FIELD_OF",
    "AmbiguousSpeaker",
    "Edit",
    "Gone",
    "Moved",
    "NameTaken",
    "NotJoinable",
    "NotUndoable",
    "StaleEdit",
    "TextTaken",
    "Values",
    "Wanted",
    "accept",
    "add",
    "change_speaker",
    "correct_text",
    "create",
    "decision",
    "duplicate",
    "edit",
    "flag",
    "join",
    "kind_by_marks",
    "may_take_back",
    "merge",
    "part",
    "plain",
    "redo",
    "reject",
    "reopen",
    "reopen_article",
    "restore",
    "review",
    "revise",
    "settle_all",
    "split",
    "undo",
    "undoing_of",
    "values_after",
    "values_of",
    "wanted_of",
]
