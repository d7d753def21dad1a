"""Why an act was refused. Whatever is raised, nothing was written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..models import Article, Speaker
    from .writing import Editable


class StaleEdit(Exception):
    """Somebody changed the record after it was seen. `current` is the record as it is now."""

    def __init__(self, current: Editable) -> None:
        super().__init__(f"{current} was changed by somebody else in the meantime")
        self.current = current


class Moved(StaleEdit):
    """The words do not stand there any more: the article has another text by now."""


class Gone(Exception):
    """The record is not there any more, as when extraction did not find a suggestion again."""

    def __init__(self, record: Editable) -> None:
        super().__init__(f"{record} is no longer there")


class NameTaken(Exception):
    """Another speaker or outlet bears the name."""

    def __init__(self, record: Editable) -> None:
        super().__init__(f"another {record._meta.verbose_name} is called {record}")


class TextTaken(Exception):
    """Another article has the text. `article` is that one."""

    def __init__(self, article: Article) -> None:
        super().__init__(f"“{article}” has that text")
        self.article = article


class NotUndoable(Exception):
    """The act is undone already, is an undoing itself, or what it changed cannot be as it was."""


class AmbiguousSpeaker(Exception):
    """Several speakers bear the name; `choices` are they."""

    def __init__(self, name: str, choices: Sequence[Speaker]) -> None:
        super().__init__(f"{len(choices)} speakers are called {name}")
        self.choices = choices
