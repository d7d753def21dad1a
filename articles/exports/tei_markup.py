"""Spans of a text -> elements in paragraphs, cut where they overlap or reach over one, and put together again.

All text stands in paragraphs, line ends too, so that what the elements hold is the text itself, to the last
character. What XML cannot hold, and CR, which it would take for LF, is <gap reason="no-xml" n="u0001"/>.

Elements are made with the standard library, in no namespace, since the root that they go into declares it: libxml2
would keep each xml:id until the process ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

if TYPE_CHECKING:
    from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
ID = "xml:id"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")


Element = ElementTree.Element


class Marked(NamedTuple):
    """A span that is to be an element; those of one name are pieces of one thing, each the `number`-th of it."""

    start: int
    end: int
    name: str
    number: int
    tag: str
    attributes: tuple[tuple[str, str], ...]


def named(tag: str) -> str:
    return f"{{{TEI}}}{tag}"


def add(parent: Element, tag: str, words: str = "", **attributes: str) -> Element:
    """A new last child with those words."""
    element = ElementTree.SubElement(parent, tag, attributes)
    append(element, words)
    return element


def append(element: Element, words: str) -> None:
    """More words behind all that the element holds."""
    at = 0
    for found in NO_XML.finditer(words):
        _append_plain(element, words[at : found.start()])
        ElementTree.SubElement(element, "gap", {"reason": "no-xml", "n": f"u{ord(found[0]):04x}"})
        at = found.end()
    _append_plain(element, words[at:])


def words_of(element: etree._Element) -> str:
    """The reverse of `append`."""
    return "".join(piece for piece, _, _ in _pieces(element))


def _append_plain(element: Element, words: str) -> None:
    if not words:
        return
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "") + words
    else:
        last.tail = (last.tail or "") + words


# Written


def fill_body(body: Element, text: str, marked: Sequence[Marked]) -> None:
    """The text in paragraphs, what is marked in elements; pieces of one are linked by `prev` and `next`."""
    steps = [list(_steps(found.span(), marked)) for found in _PARAGRAPH.finditer(text)]
    totals = Counter(step.name for paragraph in steps for step in paragraph if isinstance(step, Marked))
    come: Counter[str] = Counter()
    for paragraph in steps:
        around = [ElementTree.SubElement(body, "p")]
        for step in paragraph:
            if step is None:
                around.pop()
            elif isinstance(step, Marked):
                come[step.name] += 1
                around.append(ElementTree.SubElement(around[-1], step.tag, _attributes(step, come, totals)))
            else:
                append(around[-1], text[slice(*step)])


def _steps(paragraph: tuple[int, int], marked: Iterable[Marked]) -> Iterator[Marked | tuple[int, int] | None]:
    """What opens, which text stands there, and None where the innermost closes, all in order."""
    first, last = paragraph
    here = [each for each in marked if each.start < last and first < each.end]
    places = {first, last} | {min(max(at, first), last) for each in here for at in (each.start, each.end)}
    open_: list[Marked] = []
    at = first
    for place in sorted(places):
        if at < place:
            yield at, place
        at = place
        again: list[Marked] = []
        while any(min(each.end, last) == place for each in open_):
            closed = open_.pop()
            yield None
            if min(closed.end, last) > place:
                again.append(closed)
        opening = again + [each for each in here if max(each.start, first) == place < last]
        for each in sorted(opening, key=lambda each: -min(each.end, last)):
            open_.append(each)
            yield each


def _attributes(step: Marked, come: Counter[str], totals: Counter[str]) -> dict[str, str]:
    number = come[step.name]
    found = {ID: _id(step.name, number), **dict(step.attributes), "n": str(step.number)}
    if number > 1:
        found["prev"] = f"#{_id(step.name, number - 1)}"
    if number < totals[step.name]:
        found["next"] = f"#{_id(step.name, number + 1)}"
    return found


def _id(name: str, number: int) -> str:
    return name if number == 1 else f"{name}.{number}"


# Read


def spans_in(body: etree._Element) -> tuple[str, dict[str, list[list[int]]], dict[str, etree._Element]]:
    """The text; the spans of each name; and the first element of it."""
    pieces: list[str] = []
    at = 0
    spans: dict[str, dict[str, list[int]]] = {}
    first: dict[str, etree._Element] = {}
    for piece, element, is_begin in _pieces(body):
        if is_begin is not None and element is not None and XML_ID in element.attrib:
            name, number = str(element.get(XML_ID)).partition(".")[0], str(element.get("n"))
            first.setdefault(name, element)
            span = spans.setdefault(name, {}).setdefault(number, [at, at])
            span[1] = at
        pieces.append(piece)
        at += len(piece)
    return "".join(pieces), {name: list(found.values()) for name, found in spans.items()}, first


def _pieces(root: etree._Element) -> Iterator[tuple[str, etree._Element | None, bool | None]]:
    """The text in pieces; an element comes with no text where it begins (True) and ends (False)."""
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            yield "", element, True
            if element.tag == named("gap") and element.get("reason") == "no-xml":
                yield chr(int(str(element.get("n"))[1:], 16)), None, None
            yield element.text or "", None, None
        else:
            yield "", element, False
            if element is not root:
                yield element.tail or "", None, None
