"""Invented news, for measuring with as many articles as wanted; knows no Django.

    invented(count) -> one article after the other, as lines of JSON for the intake

The same count, seed and version of this package give the same articles on every machine. Nothing in them is real, and
each says so, in its by-line, its licence and its address under `.example`.
"""

from .articles import Invented, invented

__all__ = ["Invented", "invented"]
