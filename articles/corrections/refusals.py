"""Why an act was refused. Whatever is raised, nothing was written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ..models import Outlet

if TYPE_CHECKING:
    from ..models import Article, Speaker
    from .writing import Editable


class StaleEdit(Exception):
    """Somebody changed the record after it was seen, or it never had that version. `current` is it as it is now."""

    def __init__(self, current: Editable, *, seen: int | None = None) -> None:
        was_seen = seen is None or 0 < seen <= current.version
        said = _("%(record)s was changed by somebody else in the meantime")
        if not was_seen:
            said = _("%(record)s has never had version %(seen)s; the current one is %(version)s")
        super().__init__(said % {"record": current, "seen": seen, "version": current.version})
        self.current = current


class Moved(StaleEdit):
    """The words do not stand there any more: the article has another text by now."""


class Gone(Exception):
    """The record is not there any more, as when extraction did not find a suggestion again."""

    def __init__(self, record: Editable) -> None:
        super().__init__(_("%(record)s is no longer there") % {"record": record})


class NameTaken(Exception):
    """Another speaker or outlet bears the name."""

    def __init__(self, record: Editable) -> None:
        is_outlet = isinstance(record, Outlet)
        said = _("another outlet is called %(name)s") if is_outlet else _("another speaker is called %(name)s")
        super().__init__(said % {"name": record})


class TextTaken(Exception):
    """Another article has the text. `article` is that one."""

    def __init__(self, article: Article) -> None:
        super().__init__(_("“%(article)s” has that text") % {"article": article})
        self.article = article


class NotJoinable(Exception):
    """The two are no two speakers to merge, or nothing is to be split off; the message says which."""


class NotUndoable(Exception):
    """The act is undone already, is an undoing itself, or what it changed cannot be as it was."""


class AmbiguousSpeaker(Exception):
    """Several speakers bear the `name`; `choices` are they."""

    def __init__(self, name: str, choices: Sequence[Speaker]) -> None:
        super().__init__(f"{len(choices)} speakers are called {name}")
        self.name, self.choices = name, choices
