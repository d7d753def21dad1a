"""HTML pages -> the article in them, without menus, teasers and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from .composing import Details, compose, one_line
from .decoding import decode
from .documents import Document
from .markup_text import text_of
from .not_articles import count_words, refuse_no_article
from .records import ArticleRecord, UnreadableInput
from .sheltering import hush, sheltered

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_MANY_LINKS = 0.6
"""The share of an extract's words inside links, from which it is a list of links."""
_MANY_TEASERS = 4
_LONG_PARAGRAPH = 40
"""Words; a list page has teasers, no paragraph like this."""


def read_web_page(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    """Raises UnreadableInput for a list of articles, an error page and under 30 words of text."""
    data = document.read_whole()
    text, encoding = _decode(data, document.name)
    yield record_from_page(text, source_name=document.name, encoding=encoding)


def record_from_page(markup: str, *, source_name: str, encoding: str, known: Details | None = None) -> ArticleRecord:
    """`known` is what stands outside the page, as a mail's headers do; it has the last word."""
    import trafilatura  # takes most of a second to load

    hush("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer")
    with sheltered(source_name, "an HTML page"):
        tree = trafilatura.load_html(markup.replace("\0", ""))
        declared = _language(tree)
        title = one_line(_title(tree))
        is_list = _is_list(tree)
        found = trafilatura.bare_extraction(
            tree, with_metadata=True, include_comments=False, include_tables=False, favor_precision=False
        )
    values = found.as_dict() if found and not isinstance(found, dict) else {}
    text = "\n\n".join(filter(None, map(str.strip, (values.get("text") or "").split("\n"))))
    title = one_line(values.get("title") or title)
    refuse_no_article(text, title=title, source=source_name)
    if is_list and max(map(count_words, text.split("\n\n"))) < _LONG_PARAGRAPH:
        raise UnreadableInput(source_name, "not an article (a list of articles)")
    details = Details(
        title=title,
        outlet=values.get("sitename") or "",
        byline=(values.get("author") or "").replace(";", ","),
        date=values.get("date") or "",
        url=values.get("url") or "",
        licence=values.get("license") or "",
        language=declared,
    )
    for field in ("title", "byline", "date", "outlet") if known else ():
        setattr(details, field, getattr(known, field) or getattr(details, field))
    return compose(_without_title(text, title), details, source_name=source_name, encoding=encoding)


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """As the page says, where it is no UTF-8 and that holds; else as any text."""
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:4096])
    if declared:
        try:
            encoding = declared[1].decode("ascii")
            # What calls itself Latin-1 is Windows-1252 on the web.
            used = (
                "cp1252" if encoding.lower() in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"} else encoding
            )
            return data.decode(used), "windows-1252" if used == "cp1252" else encoding.lower()
        except (LookupError, ValueError):
            pass
    return decode(data, source=name)


def _without_title(text: str, title: str) -> str:
    """The page's headline is its title; whether it also opens the text depends on its markup alone."""
    first, _, rest = text.partition("\n\n")
    return rest if rest and title and one_line(first) == title else text


def _title(tree: lxml_html.HtmlElement | None) -> str:
    found = tree.find(".//title") if tree is not None else None
    return (found.text_content() if found is not None else "") or ""


def _language(tree: etree._Element | None) -> str:
    return (
        (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "") if tree is not None else ""
    )


def _is_list(tree: etree._Element | None) -> bool:
    """Many teasers, or most of the words in links."""
    if tree is None:
        return False
    teasers = [each for each in tree.iter("article") if each.find(".//a") is not None]
    if len(teasers) >= _MANY_TEASERS:
        return True
    body = tree.find(".//body")
    words = count_words(text_of(body)) if body is not None else 0
    linked = sum(count_words(text_of(link)) for link in tree.iter("a"))
    return words > 0 and linked > _MANY_LINKS * words
