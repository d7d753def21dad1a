"""The tables: outlets, articles, speakers with their aliases, quotations, stories, and the record of changes."""

from .article import Article, Outlet
from .change import Act, Change
from .quotation import CONTENT_GAP, Quotation
from .speaker import Alias, Speaker
from .story import KeyOfCopy, SignatureOfText, Story
from .versioned import NAME_LENGTH, Versioned, is_name, name_key

__all__ = [
    "CONTENT_GAP",
    "NAME_LENGTH",
    "Act",
    "Alias",
    "Article",
    "Change",
    "KeyOfCopy",
    "Outlet",
    "Quotation",
    "SignatureOfText",
    "Speaker",
    "Story",
    "Versioned",
    "is_name",
    "name_key",
]
