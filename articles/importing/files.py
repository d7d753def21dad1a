"""Paths as people give them -> the inputs they mean, one at a time."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from .records import UnreadableInput
from .sources import STANDARD_INPUT, Source, explain, printable

TEXT_SUFFIXES = frozenset({".txt", ".text"})
SUFFIXES = TEXT_SUFFIXES | {
    *(".md", ".markdown", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", ".jsonld", ".csv", ".tsv"),
    *(".xml", ".nitf", ".rss", ".atom", ".eml", ".docx", ".pdf"),
    *(".zip", ".tar", ".gz", ".tgz", ".xz", ".txz", ".bz2", ".tbz2"),
}
"""What a folder is searched for, in either case. A file named, or matched by a pattern, is always taken."""

_ABOUT_THE_FOLDER = re.compile(r"(?:readme|licen[sc]e|changelog|contributing)\.(?:md|markdown|html?)", re.IGNORECASE)

_MAGIC = re.compile(r"[*?\[]")
_ANY_DEPTH = "**"

_States = frozenset[int]


def find_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    suffixes: frozenset[str] = SUFFIXES,
    stdin: BinaryIO | None = None,
) -> Iterator[Source | UnreadableInput]:
    """Yield a Source for each input found, and an UnreadableInput (not raised) for each path that gives none.

    A path is a file, a folder (searched with its sub-folders), a pattern (`news/**/*.txt`, expanded here when
    the shell has not) or `-`, standard input. In each folder files come first, then sub-folders, both sorted
    by name; hidden ones, and files about the folder (README.md), are passed over. Linked folders are followed,
    once each; a link back to a folder that it is in is reported. A path that overlaps another gives its files
    again. Nothing is opened yet.
    """
    stdin_is_taken = False
    for path in [paths] if isinstance(paths, str | os.PathLike) else paths:
        name = os.fspath(path)
        if name != "-":
            yield from _find_in(name, suffixes)
        elif stdin_is_taken:
            yield UnreadableInput(STANDARD_INPUT, "given twice; it can be read only once")
        else:
            stdin_is_taken = True
            yield Source(STANDARD_INPUT, stream=stdin)


def _find_in(name: str, suffixes: frozenset[str]) -> Iterator[Source | UnreadableInput]:
    if not name:
        yield UnreadableInput('""', "an empty path")
        return
    path = Path(name)
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError | NotADirectoryError) and _MAGIC.search(name):
            yield from _expand(name, suffixes)
        else:
            yield UnreadableInput(printable(name), explain(error, path=path))
        return
    if is_folder:
        yield from _search(path, suffixes)
    else:
        yield Source.at(name)


def files_in(folder: Path, *, suffixes: frozenset[str] = SUFFIXES) -> Iterator[Path | UnreadableInput]:
    """The files that `find_files` finds in a folder, and what keeps it from looking into a sub-folder."""

    def is_wanted(path: Path) -> bool:
        return path.suffix.lower() in suffixes and not _ABOUT_THE_FOLDER.fullmatch(path.name)

    return _walk(folder, segments=(_ANY_DEPTH,), wanted=is_wanted)


def _search(folder: Path, suffixes: frozenset[str]) -> Iterator[Source | UnreadableInput]:
    found = False
    for item in files_in(folder, suffixes=suffixes):
        found = True
        yield item if isinstance(item, UnreadableInput) else Source.at(item)
    if not found:
        kinds = ", ".join(sorted(suffixes))
        yield UnreadableInput(printable(str(folder)), f"no file that can be read in this folder ({kinds})")


def _expand(pattern: str, suffixes: frozenset[str]) -> Iterator[Source | UnreadableInput]:
    """A folder that the pattern names is searched like one given by name; `**` names files only."""
    parts = Path(pattern).parts
    first = next(index for index, part in enumerate(parts) if _MAGIC.search(part))
    base, segments = Path(*parts[:first]), parts[first:]
    found = False
    for item in _walk(base, segments=segments, wanted=lambda path: True) if _is_folder(base) else ():
        found = True
        if isinstance(item, UnreadableInput):
            yield item
        elif _is_folder(item):
            yield from _search(item, suffixes)
        else:
            yield Source.at(item)
    if not found:
        yield UnreadableInput(printable(pattern), "nothing matches this pattern")


def _walk(
    top: Path, *, segments: tuple[str, ...], wanted: Callable[[Path], bool]
) -> Iterator[Path | UnreadableInput]:
    """Paths under `top` that match the pattern's segments; folders too, unless the pattern has a `**`."""
    takes_folders = _ANY_DEPTH not in segments
    seen: set[tuple[int, int, _States]] = set()
    stack = [(top, _at_once(frozenset({0}), segments), frozenset[tuple[int, int]]())]
    while stack:
        folder, states, around = stack.pop()
        try:
            status = folder.stat()
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield UnreadableInput(printable(str(folder)), explain(error, path=folder))
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in around:
            yield UnreadableInput(printable(str(folder)), "a link back to a folder it is in; not followed")
            continue
        if (*identity, states) in seen:
            continue
        seen.add((*identity, states))
        folders = []
        for entry in entries:
            after = _step(states, entry.name, segments)
            path = folder / entry.name
            if _is_folder(entry):
                if takes_folders and len(segments) in after:
                    yield path
                elif after:
                    folders.append((path, after, around | {identity}))
            elif len(segments) in after and wanted(path):
                yield path
        stack.extend(reversed(folders))


def _is_folder(entry: os.DirEntry[str] | Path) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # such as a link to itself: taken for a file, and reading it says so
        return False


def _step(states: _States, name: str, segments: tuple[str, ...]) -> _States:
    """The places in the pattern that can be next once `name` is matched; empty when it does not match."""
    after = set()
    for state in states - {len(segments)}:
        segment = segments[state]
        if name.startswith(".") and not segment.startswith("."):
            continue
        if segment == _ANY_DEPTH:
            after.add(state)
        elif fnmatch.fnmatch(name, segment):
            after.add(state + 1)
    return _at_once(frozenset(after), segments)


def _at_once(states: _States, segments: tuple[str, ...]) -> _States:
    """With the places reachable by letting a `**` stand for nothing at all."""
    reached = set(states)
    for state in sorted(states):
        while state < len(segments) and segments[state] == _ANY_DEPTH:
            state += 1
            reached.add(state)
    return frozenset(reached)
