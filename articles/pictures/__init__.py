"""Pictures of what was said: over time, by outlet, by speaker; each a table whose numbers lead to the quotations."""

from .company import company
from .grid import Picture
from .lengths import lengths
from .over_time import over_time
from .question import Question
from .settled import settled
from .voices import voices

__all__ = ["Picture", "Question", "company", "lengths", "over_time", "settled", "voices"]
