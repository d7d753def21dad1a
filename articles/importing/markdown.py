"""Markdown, with or without front matter -> the record of an article, its text without the marks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .composing import Details, compose
from .decoding import decode
from .documents import Document
from .field_names import field_of, in_words
from .markup_text import from_fragment
from .records import ArticleRecord, UnreadableInput

_FRONT_MATTER = re.compile(
    r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<fields>.*?)^(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M
)
_LONGEST = 20_000
"""Characters of front matter."""


_ALIASES = "with aliases; not read"


class _WithoutAliases(yaml.SafeLoader):
    """They can make little say much, or itself."""

    def fetch_anchor(self) -> None:
        raise yaml.YAMLError(_ALIASES)

    fetch_alias = fetch_anchor


def read_markdown(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    """Front matter in YAML or TOML; without a title in it, a first heading is the title. Raises UnreadableInput."""
    text, encoding = decode(document.read_whole(), source=document.name)
    fields, body = split_front_matter(text, source=document.name)
    fields_by_name = ((field_of(str(name)), value) for name, value in fields.items())
    details = Details(
        **{field: in_words(_as_text(value)) for field, value in fields_by_name if field not in {"", "text"}}
    )
    heading, paragraphs = plain_paragraphs(body)
    details.title = details.title or heading
    yield compose("\n\n".join(paragraphs), details, source_name=document.name, encoding=encoding)


def split_front_matter(text: str, *, source: str) -> tuple[Mapping[str, Any], str]:
    """Its fields, and the text after it; raises UnreadableInput where it is no YAML or TOML."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, text
    written = found["fields"]
    if len(written) > _LONGEST:
        raise UnreadableInput(source, "front matter too long; not read")
    try:
        fields = tomllib.loads(written) if found["fence"] == "+++" else yaml.load(written, _WithoutAliases)  # noqa: S506
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        place = "" if line is None else f"line {line + 2}: "
        why = _ALIASES if str(error) == _ALIASES else "that cannot be understood"
        raise UnreadableInput(source, f"{place}front matter {why}") from error
    return (fields if isinstance(fields, dict) else {}), text[found.end() :]


def plain_paragraphs(markdown: str) -> tuple[str, list[str]]:
    """The heading it opens with, and the rest without marks, links and pictures."""
    heading = ""
    paragraphs: list[str] = []
    tokens = MarkdownIt("commonmark").parse(markdown)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            words = _words(token.children or [])
            if before and before.type == "heading_open" and not heading and not paragraphs:
                heading = " ".join(words.split())
            elif words.strip():
                paragraphs.append(words.strip())
        elif token.type in {"fence", "code_block"}:
            paragraphs.append(token.content.rstrip())
        elif token.type == "html_block" and (words := from_fragment(token.content).strip()):
            paragraphs.append(words)
    return heading, paragraphs


def _words(tokens: list[Token]) -> str:
    pieces = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
    return "".join(pieces)


def _as_text(value: Any) -> Any:
    """YAML and TOML give dates as dates."""
    return value.isoformat() if hasattr(value, "isoformat") else value
