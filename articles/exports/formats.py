"""Which formats there are, what each is for and can carry. The modules themselves are loaded when they are used."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, Protocol, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .records import Records

_HEAD = 8_192
"""Bytes by which a format is told."""


class Module(Protocol):
    """What the module of a format offers.

    Besides, where files of it can be told by how they begin, `looks_like(head: bytes) -> bool`: of a file's first few
    thousand bytes, whether it may be one. It opens nothing and raises nothing.
    """

    @staticmethod
    def write(records: Records, out: BinaryIO) -> None:
        """Write all of `records`, taking one after the other: no more than a few are held at a time.

        What they raise goes through, and what is written by then can be told from a whole file.
        """

    @staticmethod
    def read(file: BinaryIO) -> Records:
        """The records in a seekable file, of each what the format carries. Raises BrokenOff and NotAnExport."""


@dataclass(frozen=True)
class Format:
    name: str
    """As in commands and addresses."""
    label: str | Promise
    """As people choose it."""
    suffix: str
    content_type: str
    is_whole: bool = False
    """Whether it carries all: articles, quotations, speakers, states and history can be brought back from it."""

    @property
    def module(self) -> Module:
        return cast("Module", import_module(f"{__package__}.{self.name.replace('-', '_')}"))


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("jsonl", _("JSON Lines, everything"), ".jsonl", "application/x-ndjson", is_whole=True),
        Format("web-annotation", _("Web Annotation (JSON-LD)"), ".jsonld", "application/ld+json", is_whole=True),
        Format("docbin", _("spaCy DocBin"), ".docbin.zip", "application/zip", is_whole=True),
        Format("bundle", _("Articles and annotations (zip)"), ".zip", "application/zip", is_whole=True),
        Format("tei", _("TEI P5 (XML)"), ".xml", "application/tei+xml"),
        Format("brat", _("brat stand-off (zip)"), ".brat.zip", "application/zip"),
        Format("conllu", _("CoNLL-U"), ".conllu", "text/plain; charset=utf-8"),
        Format("bench", _("JSON Lines, offsets only"), ".bench.jsonl", "application/x-ndjson"),
        Format("csv", _("CSV, for spreadsheets"), ".csv", "text/csv; charset=utf-8"),
        Format("xlsx", _("Excel"), ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )
}


class NoFormat(ValueError):
    """None of the formats; the message says which there are."""


def named(name: str) -> Format:
    """Raises NoFormat."""
    if name not in FORMATS:
        raise NoFormat(f"there is no format {name}; there are {', '.join(FORMATS)}")
    return FORMATS[name]


def told_by_ending(name: str) -> Format:
    """The format of a file that is to be called so. Raises NoFormat."""
    for one in sorted(FORMATS.values(), key=lambda one: -len(one.suffix)):
        if name.endswith(one.suffix):
            return one
    raise NoFormat(f"its ending says no format; name one with --format: {', '.join(FORMATS)}")


def told_by(file: BinaryIO) -> Format:
    """The format of a seekable file, by how it begins; it is read from its beginning then. Raises NoFormat."""
    head = beginning(file)
    for one in FORMATS.values():
        with suppress(ImportError):  # a library that only this format needs
            looks_like = getattr(one.module, "looks_like", None)
            if looks_like and looks_like(head):
                return one
    raise NoFormat(f"it begins as no format does; name one with --format: {', '.join(FORMATS)}")


def beginning(file: BinaryIO) -> bytes:
    """What formats are told by; the file is read from its beginning then."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    return head
