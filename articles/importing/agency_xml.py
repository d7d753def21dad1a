"""NewsML-G2 and NITF, as agencies send them -> their articles."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .composing import Details, compose
from .documents import MAX_WHOLE, Document, sha256
from .hardened_xml import every, first, parse_xml, words_of
from .markup_text import from_fragment, text_of
from .records import ArticleRecord, UnreadableInput

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_nitf(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    root = parse_xml(document.read_whole(), source=document.name)
    text = _nitf_text(root)
    if not text:
        raise UnreadableInput(document.name, "no text in it (its body.content is empty)")
    yield compose(text, _nitf_details(root), source_name=document.name, encoding=_encoding(root))


def read_newsml(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    """Each news item with text inside it; a picture, or a text that lies elsewhere, costs its item."""
    root = parse_xml(document.read_whole(most=MAX_WHOLE), source=document.name)
    items = [root] if etree.QName(root).localname == "newsItem" else list(every(root, "newsItem"))
    if not items:
        raise UnreadableInput(document.name, "no news item in it")
    for number, item in enumerate(items, start=1):
        is_alone = len(items) == 1
        mark, place = ("", "") if is_alone else (f"#{number}", f"item {number:,}: ")
        try:
            text, details = _item(item)
            if not text.strip():
                raise UnreadableInput(document.name, f"no text in it ({_class(item)})")
            yield compose(
                text,
                details,
                source_name=document.name + mark,
                encoding=_encoding(root),
                sha256=document.sha256 if is_alone else sha256(etree.tostring(item, with_tail=False)),
            )
        except UnreadableInput as problem:
            yield UnreadableInput(document.name, place + problem.reason)


def _nitf_text(root: etree._Element) -> str:
    content = first(root, "body.content")
    return text_of(content) if content is not None else ""


def _nitf_details(root: etree._Element) -> Details:
    published = first(root, "pubdata")
    issued = [
        ("date.issue", "norm"),
        ("story.date", "norm"),
        ("date.release", "norm"),
        ("pubdata", "date.publication"),
    ]
    dates = (found.get(attribute) for name, attribute in issued if (found := first(root, name)) is not None)
    place = first(root, "dateline/location")
    return Details(
        title=words_of(first(root, "hedline/hl1")) or words_of(first(root, "title")),
        outlet=(published.get("name") or "") if published is not None else "",
        byline=_byline(words_of(first(root, "byline"))),
        date=_day(next(filter(None, dates), "")),
        url=(published.get("ex-ref") or "") if published is not None else "",
        place=words_of(place),
        licence=words_of(first(root, "copyrite")),
        language=root.get(_XML_LANG) or root.get("lang") or "",
    )


def _item(item: etree._Element) -> tuple[str, Details]:
    """The text in it and what its metadata say, over what an NITF inside says."""
    text, details = "", Details()
    inline, plain = first(item, "inlineXML"), first(item, "inlineData")
    nitf = first(inline, "nitf") if inline is not None else None
    if nitf is not None:
        text, details = _nitf_text(nitf), _nitf_details(nitf)
    elif inline is not None:
        body = first(inline, "body")
        text = text_of(body if body is not None else inline)
    elif plain is not None and not (plain.get("encoding") or ""):
        text = from_fragment("".join(map(str, plain.itertext())))
    language = first(item, "contentMeta/language")
    said = Details(
        title=words_of(first(item, "contentMeta/headline")),
        outlet=_name(item, "infoSource") or _name(item, "provider"),
        byline=_byline(words_of(first(item, "contentMeta/by")) or _name(item, "creator")),
        date=_day(words_of(first(item, "contentCreated")) or words_of(first(item, "versionCreated"))),
        url=next((each.get("href") or "" for each in every(item, "link") if _is_page(each)), ""),
        place=words_of(first(item, "contentMeta/located/name")),
        licence=words_of(first(item, "copyrightNotice")),
        language=(language.get("tag") or "" if language is not None else "") or item.get(_XML_LANG) or "",
    )
    for field in Details.__slots__:
        setattr(details, field, getattr(said, field) or getattr(details, field))
    return text, details


def _name(item: etree._Element, path: str) -> str:
    found = first(item, path)
    return (words_of(first(found, "name")) or found.get("literal") or "") if found is not None else ""


def _is_page(link: etree._Element) -> bool:
    return (link.get("href") or "").startswith("http") and "html" in (link.get("contenttype") or "html")


def _class(item: etree._Element) -> str:
    found = first(item, "itemClass")
    return (found.get("qcode") or "of no class" if found is not None else "of no class")[:60]


def _byline(written: str) -> str:
    return written[3:].strip() if written.lower().startswith("by ") else written


def _day(written: str) -> str:
    """NITF writes 20250304T101500Z."""
    figures = written.strip()[:8]
    is_compact = len(figures) == 8 and figures.isdigit()
    return f"{figures[:4]}-{figures[4:6]}-{figures[6:]}" if is_compact else written.strip()


def _encoding(root: etree._Element) -> str:
    return (root.getroottree().docinfo.encoding or "utf-8").lower()
