"""Citing a quotation: who said what, where it was printed, and where it stands here, in the styles in use."""

from .manuals import Reference
from .plain import citation
from .styles import STYLES, Style, cited

__all__ = ["STYLES", "Reference", "Style", "citation", "cited"]
