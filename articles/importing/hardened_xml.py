"""XML from anybody: no external entity is fetched, none is expanded, and no tree grows past libxml2's limits."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

from .documents import Document
from .records import UnreadableInput

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_DECLARES = re.compile(rb"<!ENTITY", re.IGNORECASE)


def parse_xml(data: bytes, *, source: str) -> etree._Element:
    """The root element. HTML's names for characters (&nbsp;) are understood, as many feeds use them undeclared.

    Raises UnreadableInput where it is not well formed, and where it declares entities of its own: no agency needs
    them, and they are how XML is made to read files and to fill the memory.
    """
    if _DECLARES.search(data):
        raise UnreadableInput(source, "XML that declares entities of its own; refused")
    try:
        root = _parse(data)
    except etree.XMLSyntaxError:
        try:
            root = _parse(_NAMED.sub(_numbered, data))
        except etree.XMLSyntaxError as error:
            place = f"line {error.lineno:,}: " if error.lineno else ""
            words = " ".join((error.msg or "").split()) or "nothing but white space"
            raise UnreadableInput(source, f"{place}not well-formed XML ({words[:150]})") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):  # type: ignore[attr-defined]  # written in UTF-16, say
        raise UnreadableInput(source, "XML that declares entities of its own; refused")
    return root


def read_other_xml(document: Document) -> Iterator[UnreadableInput]:
    root = parse_xml(document.read_whole(), source=document.name)
    name = etree.QName(root).localname
    raise UnreadableInput(document.name, f"XML of a kind that is not read (its root is <{name[:60]}>)")


def first(element: etree._Element, path: str) -> etree._Element | None:
    """By local names, whatever the namespace: "body.head/hedline/hl1" beneath, at any depth for its first step."""
    return next(every(element, path), None)


def every(element: etree._Element, path: str) -> Iterator[etree._Element]:
    step, _, rest = path.partition("/")
    for found in element.iter(f"{{*}}{step}"):
        if found is not element:
            yield from _beneath(found, rest)


def _beneath(element: etree._Element, path: str) -> Iterator[etree._Element]:
    if not path:
        yield element
        return
    step, _, rest = path.partition("/")
    for found in element.iterchildren(f"{{*}}{step}"):
        yield from _beneath(found, rest)


def words_of(element: etree._Element | None) -> str:
    """All text in it, on one line."""
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    return etree.fromstring(data, parser)


def _numbered(found: re.Match[bytes]) -> bytes:
    if found[1] in _OF_XML:
        return found[0]
    char = html.unescape(found[0].decode("ascii"))
    return found[0] if char.startswith("&") else "".join(f"&#{ord(each)};" for each in char).encode()
