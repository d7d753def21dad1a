"""Input files -> article records: pure readers that know neither Django nor the database.

find_files() turns what a person typed into Sources, one at a time; read() turns a Source into the ArticleRecords in
it, whatever their format, and an UnreadableInput, whose message is the line for the report, for each part that gives
none.

    for found in find_files(["news/", "samples/**/*.txt", "-"]):
        if isinstance(found, UnreadableInput):
            report(found)
            continue
        for record in read(found, mapping={"text": "body"}):
            ...
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .field_names import FIELD_NAMES, UnknownField, checked
    from .files import SUFFIXES, TEXT_SUFFIXES, find_files
    from .plaintext import read_text, read_text_file
    from .reading import read
    from .recognition import recognise
    from .records import ArticleRecord, RecordedQuotation, TooMuch, UnreadableInput
    from .sources import MAX_BYTES, Source, printable
    from .watching import SETTLED_FOR, Stamp, watch

# Each name comes with its module when it is first asked for: those that read need a dozen libraries of formats.
_MODULES = {
    "field_names": ["FIELD_NAMES", "UnknownField", "checked"],
    "files": ["SUFFIXES", "TEXT_SUFFIXES", "find_files"],
    "plaintext": ["read_text", "read_text_file"],
    "reading": ["read"],
    "recognition": ["recognise"],
    "records": ["ArticleRecord", "RecordedQuotation", "TooMuch", "UnreadableInput"],
    "sources": ["MAX_BYTES", "Source", "printable"],
    "watching": ["SETTLED_FOR", "Stamp", "watch"],
}

__all__ = [
    "FIELD_NAMES",
    "MAX_BYTES",
    "SETTLED_FOR",
    "SUFFIXES",
    "TEXT_SUFFIXES",
    "ArticleRecord",
    "RecordedQuotation",
    "Source",
    "Stamp",
    "TooMuch",
    "UnknownField",
    "UnreadableInput",
    "checked",
    "find_files",
    "printable",
    "read",
    "read_text",
    "read_text_file",
    "recognise",
    "watch",
]


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f".{module}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
