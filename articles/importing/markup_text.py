"""Elements of HTML, NITF and the like -> their text, an empty line between paragraphs."""

from __future__ import annotations

import html
import re

from lxml import etree
from lxml import html as lxml_html

_BLOCKS = frozenset(
    [
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "block",
            "body",
            "body.content",
            "caption",
            "center",
            "dd",
            "div",
        ),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hedline", "hl1", "hl2", "hr", "li", "main", "nav", "ol"),
        *("p", "pre", "section", "table", "td", "th", "tr", "ul"),
    ]
)
_SKIPPED = frozenset(
    [
        *("script", "style", "head", "template", "noscript", "iframe", "object", "svg"),
        *("math", "button", "select", "textarea", "nav", "media", "figure"),
    ]
)
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_PARAGRAPHS = re.compile(r"\s*\n\s*\n\s*")
_AROUND_BREAK = re.compile(r" *\n *")
_TAG = re.compile(r"</?(?:p|br|div|a|em|strong|b|i|blockquote|h[1-6]|ul|li|img|figure|span)\b[^>]*>", re.IGNORECASE)


def text_of(root: etree._Element) -> str:
    """Tags of any namespace count by their local name."""
    pieces: list[str] = []
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event in {"comment", "pi"} or not isinstance(element.tag, str):
            pieces.append(_unparsed(element) + _tail(element, root))
            continue
        name = _local_name(element.tag)
        if event == "end":
            pieces.append(("\n\n" if name in _BLOCKS else "") + _tail(element, root))
        elif name in _SKIPPED and element is not root:
            walker.skip_subtree()
        else:
            pieces.append("\n\n" if name in _BLOCKS else "\n" if name == "br" else "")
            pieces.append(_collapsed(element.text))
    return _in_paragraphs("".join(pieces))


def from_fragment(markup: str) -> str:
    """The text of a piece of HTML; what has no tags of HTML in it comes back as it is."""
    if not _TAG.search(markup):
        return markup
    try:
        root = lxml_html.fragment_fromstring(
            markup.replace("\0", ""), create_parent="div", parser=lxml_html.HTMLParser(no_network=True)
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return markup
    return text_of(root)


def unescaped(markup: str) -> str:
    """The text of what may be HTML or may be text with entities, as titles in feeds are."""
    return html.unescape(from_fragment(markup))


def _local_name(tag: str) -> str:
    """HTML may hold any name, also such as no XML allows."""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _unparsed(element: etree._Element) -> str:
    """What a reference to an entity stands for, where HTML knows it."""
    if isinstance(element, etree._Entity):
        known = html.unescape(element.text or "")
        return "" if known.startswith("&") and known.endswith(";") else known
    return ""


def _tail(element: etree._Element, root: etree._Element) -> str:
    return "" if element is root else _collapsed(element.tail)


def _collapsed(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")


def _in_paragraphs(text: str) -> str:
    paragraphs = (_AROUND_BREAK.sub("\n", each).strip() for each in _PARAGRAPHS.split(text))
    return "\n\n".join(re.sub(r"\n+", "\n", each) for each in paragraphs if each)
