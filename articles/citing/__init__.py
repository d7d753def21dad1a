"""Citing a quotation: who said what, where it was printed, and where it stands here; in the styles that people use."""

from .plain import citation, surroundings
from .styles import STYLES, Style, cited

__all__ = ["STYLES", "Style", "citation", "cited", "surroundings"]
