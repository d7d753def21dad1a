"""RSS and Atom -> the articles in them, where they bring their whole text."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from .composing import Details, compose
from .documents import MAX_WHOLE, Document, sha256
from .hardened_xml import first, parse_xml, words_of
from .markup_text import from_fragment, text_of, unescaped
from .not_articles import refuse_no_article
from .records import ArticleRecord, UnreadableInput

_TEXTS = ("encoded", "content", "fulltext", "body", "description", "summary")
_DATES = ("pubDate", "published", "date", "issued", "updated", "modified")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_feed(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    """Each item with 30 words or more; a teaser or an item that cannot be read costs itself."""
    root = parse_xml(document.read_whole(most=MAX_WHOLE), source=document.name)
    channel = first(root, "channel")
    channel = root if channel is None else channel
    items = list(root.iter("{*}item", "{*}entry"))
    if not items:
        raise UnreadableInput(document.name, "a feed without items")
    common = Details(
        outlet=unescaped(words_of(_child(channel, "title"))),
        language=words_of(_child(channel, "language")) or root.get(_XML_LANG) or "",
        licence=words_of(_child(channel, "rights")) or words_of(_child(channel, "copyright")),
    )
    encoding = (root.getroottree().docinfo.encoding or "utf-8").lower()
    for number, item in enumerate(items, start=1):
        details = _details(item, common)
        try:
            text = _text(item)
            refuse_no_article(text, title=details.title, source=document.name)
            yield compose(
                text,
                details,
                source_name=f"{document.name}#{number}",
                encoding=encoding,
                sha256=sha256(etree.tostring(item, with_tail=False)),
            )
        except UnreadableInput as problem:
            shown = f' "{details.title[:60]}"' if details.title else ""
            yield UnreadableInput(document.name, f"item {number:,}{shown}: {problem.reason}")


def _details(item: etree._Element, common: Details) -> Details:
    author = _child(item, "creator", "author")
    name = _child(author, "name") if author is not None else None
    source = _child(item, "source")
    outlet = words_of(_child(source, "title")) or words_of(source) if source is not None else ""
    return Details(
        title=unescaped(words_of(_child(item, "title"))),
        outlet=outlet or common.outlet,
        byline=_person(words_of(author if name is None else name)),
        date=next(filter(None, (words_of(_child(item, each)) for each in _DATES)), ""),
        url=_address(item),
        language=words_of(_child(item, "language")) or item.get(_XML_LANG) or common.language,
        licence=words_of(_child(item, "rights")) or common.licence,
    )


def _text(item: etree._Element) -> str:
    """The longest of what the item brings; teaser and whole text change places from feed to feed."""
    found = (child for name in _TEXTS for child in item.iterchildren(f"{{*}}{name}"))
    return max((_as_text(child) for child in found), key=len, default="")


def _as_text(element: etree._Element) -> str:
    if len(element) or element.get("type") == "xhtml":
        return text_of(element)
    return from_fragment(element.text or "").strip()


def _address(item: etree._Element) -> str:
    for link in item.iterchildren("{*}link"):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return link.get("href") or ""
        if words_of(link):
            return words_of(link)
    guid = words_of(_child(item, "guid", "id"))
    return guid if urlsplit(guid[:10]).scheme in {"http", "https"} else ""


def _person(written: str) -> str:
    """RSS writes "desk@gazette.example (Ida Moss)"."""
    before, bracket, name = written.partition("(")
    return name.rstrip(") ") if bracket and "@" in before else written


def _child(element: etree._Element, *names: str) -> etree._Element | None:
    return next((child for name in names for child in element.iterchildren(f"{{*}}{name}")), None)
