"""Articles annotated by hand: a folder with text/NAME.txt and attributions/NAME_ANNOTATOR.ann, as brat writes them.

    T3  Content 81 177;180 200  that there will be … …     one span or several, and the words they cover
    E1  Attribution:T4 Content:T3 Cue:T2 Source:T1         one quotation; Content2:T9 would be more of its content

The columns are divided by tabs. Offsets are 0-based, end-exclusive Unicode code points of the text file, read
without translating its line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..found import Span

ROLES = ("Content", "Cue", "Source")
OFFSETS = re.compile(r"\S+ (\d+ \d+(?:;\d+ \d+)*)")

Spans = tuple[Span, ...]


class CorpusError(ValueError):
    """A folder that is no corpus; the message names the file, and the line where there is one."""


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """One attribution as a person annotated it: sorted spans; cue and source may have none."""

    content: Spans
    cue: Spans = ()
    source: Spans = ()


@dataclass(frozen=True, slots=True)
class GoldArticle:
    name: str
    text: str
    quotations: tuple[GoldQuotation, ...]


def read_corpus(folder: Path) -> list[GoldArticle]:
    """The articles by name; of several annotators of one article the first by name is taken.

    A text that nobody annotated is passed over. Raises CorpusError.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder")
    for part in ("text", "attributions"):
        if not (folder / part).is_dir():
            raise CorpusError(f'{folder}: no folder "{part}" in it')
    first: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    if not first:
        raise CorpusError(f"{folder / 'attributions'}: no .ann file in it")
    return [_read_article(name, path, folder=folder) for name, path in sorted(first.items())]


def _read_article(name: str, annotations: Path, *, folder: Path) -> GoldArticle:
    path = folder / "text" / f"{name}.txt"
    if not path.is_file():
        raise CorpusError(f"{annotations}: annotates {path}, which is not there")
    text = _read(path)
    return GoldArticle(name, text, tuple(_quotations(annotations, text=text)))


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: not UTF-8 (byte 0x{error.object[error.start]:02X} at {error.start:,})") from error
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}") from error


def _quotations(path: Path, *, text: str) -> Iterator[GoldQuotation]:
    """Those that have content, in the order of the file."""
    marked: dict[str, Spans] = {}
    events: list[tuple[int, str]] = []
    for number, line in enumerate(_read(path).split("\n"), start=1):
        key, *columns = line.rstrip("\r").split("\t")
        try:
            if columns and key.startswith("T"):
                marked[key] = _spans(columns, text=text)
            elif columns and key.startswith("E"):
                events.append((number, columns[0]))
            elif not columns and line.strip() and not marked:
                # Later on, a line without columns is the rest of annotated words that hold a line break.
                raise ValueError("no annotation")
        except ValueError as error:
            raise CorpusError(f"{path}, line {number}: {error}") from error
    for number, event in events:
        try:
            quotation = _quotation(event, marked=marked)
        except ValueError as error:
            raise CorpusError(f"{path}, line {number}: {error}") from error
        if quotation.content:
            yield quotation


def _spans(columns: list[str], *, text: str) -> Spans:
    """Raises ValueError where the offsets are none, lie outside the text, or lead to other words there."""
    offsets, *words = columns
    written = OFFSETS.fullmatch(offsets)
    if written is None:
        raise ValueError(f"no label with offsets: {offsets!r}")
    pairs = (pair.split(" ") for pair in written.group(1).split(";"))
    spans = tuple((int(start), int(end)) for start, end in pairs)
    for start, end in spans:
        if not start < end <= len(text):
            raise ValueError(f"offsets {start} {end} in a text of {len(text):,} characters")
    found = _squeezed(text[start:end] for start, end in spans)
    if not found.startswith(_squeezed(words)):
        raise ValueError(f"{' '.join(words)[:40]!r} does not stand at {offsets.partition(' ')[2]}")
    return tuple(sorted(spans))


def _squeezed(parts: Iterator[str] | list[str]) -> str:
    """Without white space, which annotation tools write in their own way."""
    return "".join(word for part in parts for word in part.split())


def _quotation(event: str, *, marked: dict[str, Spans]) -> GoldQuotation:
    parts: dict[str, list[Span]] = {role: [] for role in ROLES}
    for argument in event.split():
        role, _, key = argument.partition(":")
        for known in ROLES:
            if role.startswith(known):
                if key not in marked:
                    raise ValueError(f"{argument!r} leads nowhere")
                parts[known] += marked[key]
    content, cue, source = (tuple(sorted(parts[role])) for role in ROLES)
    return GoldQuotation(content, cue, source)
