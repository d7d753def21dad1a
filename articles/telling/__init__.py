"""The record of changes in sentences, as a person would say them: “moved the end from “… empty” to “… on Monday””.

Each begins with its verb; who did it stands before it. Pages and admin tell with the same ones.
"""

from .phrases import NOUN
from .sentences import Names, Told, names_in, of_many, told, would_be_told

__all__ = ["NOUN", "Names", "Told", "names_in", "of_many", "told", "would_be_told"]
