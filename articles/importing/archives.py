"""zip, tar and compressed files -> the documents in them. Nothing is ever written to disk."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import cast

from .beside import SUFFIX, annotations_of, texts_beside
from .documents import MAX_DEPTH, MAX_EXPANDED, MAX_MEMBERS, MAX_WHOLE, Document
from .expanding import MAX_RATIO, RATIO_FROM, Expanding
from .records import TooMuch, UnreadableInput
from .sources import megabytes, printable

Part = Document | UnreadableInput

_DIRECTORY_ENTRY = b"PK\x01\x02"
_MAX_DIRECTORY = 64_000_000
_DIRECTORY_END = b"PK\x05\x06"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_ENCRYPTED = 0x1
_OFFICE = {
    b"application/vnd.oasis.opendocument": "an OpenDocument file; save it as DOCX or plain text",
    b"application/epub+zip": "an e-book",
}
_MAX_BESIDE = 50_000_000
"""Bytes of annotations that are held while a tar is read."""
_ABOUT_THE_CORPUS = frozenset({"annotation.conf", "tools.conf", "visual.conf", "kb_shortcuts.conf"})
"""What brat keeps beside the texts of a corpus."""


def parts_of_compressed(document: Document, *, kind: str) -> Iterator[Part]:
    """The one document inside, under the same name."""
    if document.layers >= MAX_DEPTH:
        raise UnreadableInput(document.name, f"compressed more than {MAX_DEPTH} times over; not read")
    expanding = Expanding(document.stream, kind, name=document.name, budget=document.budget)
    stream = cast("io.BufferedReader", io.BufferedReader(expanding, 65_536))
    yield replace(document, stream=stream, size=None, layers=document.layers + 1)


def parts_of_zip(document: Document) -> Iterator[Part]:
    """Raises TooMuch for a bomb before anything of it is expanded."""
    _check_depth(document)
    for mark, kind in _OFFICE.items():
        if document.head[30:].startswith(b"mimetype" + mark):
            raise UnreadableInput(document.name, f"not news text (it is {kind})")
    document = _with_seeking(document)
    _check_directory(document)
    try:
        archive = zipfile.ZipFile(document.stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise UnreadableInput(document.name, f"damaged zip archive ({_in_words(error)})") from error
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir() and not _is_litter(member.filename)]
        _check_sizes(members, document)
        by_name = {member.filename: member for member in members}
        notes = annotations_of(by_name)
        for member in members:
            document.budget.take_member(document.name)
            if not texts_beside(member.filename, by_name):
                beside = _zip_neighbour(
                    archive, by_name.get(notes.get(member.filename) or _note_beside(member.filename)), document
                )
                yield _opened(document, member.filename, _zip_reader(archive, member), member.file_size, beside)


def parts_of_tar(document: Document) -> Iterator[Part]:
    """Read twice: for the annotations beside texts, which may come before or after them, then for the rest."""
    _check_depth(document)
    contents = _notes_in(document)
    notes = annotations_of(contents)
    for archive, member in _members(document):
        document.budget.take_member(document.name)
        name = member.name
        if member.isdir() or _is_litter(name) or texts_beside(name, contents):
            continue
        if not member.isfile():
            kind = "a link" if member.issym() or member.islnk() else "no regular file"
            yield UnreadableInput(_inner_name(document, name), f"{kind}; not followed")
            continue
        beside = _neighbour(contents.get(notes.get(name) or _note_beside(name)))
        yield _opened(document, name, _tar_reader(archive, member), member.size, beside)


def _check_depth(document: Document) -> None:
    if document.depth >= MAX_DEPTH:
        raise UnreadableInput(document.name, f"an archive more than {MAX_DEPTH} deep; not opened")


def _with_seeking(document: Document) -> Document:
    """A zip's directory is at its end, so one inside another archive is held whole."""
    if isinstance(document.stream, io.BytesIO) or document.size is not None:
        document.rewind()
        return document
    return replace(document, stream=io.BytesIO(document.read_whole(most=MAX_WHOLE)))


def _check_directory(document: Document) -> None:
    """Before zipfile reads it, since it makes an object for each of any number of entries."""
    stream = document.stream
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    end = tail.rfind(_DIRECTORY_END)
    if end < 0 or len(tail) < end + 22:
        raise UnreadableInput(document.name, "damaged zip archive (its directory is missing; cut off?)")
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    if length == 0xFFFFFFFF or length > _MAX_DIRECTORY:
        raise TooMuch(document.name, f"its directory is over {megabytes(_MAX_DIRECTORY)}; not read")
    position = size - len(tail) + end
    stream.seek(max(0, position - length - 100))
    if stream.read(length + 100).count(_DIRECTORY_ENTRY) > MAX_MEMBERS:
        raise TooMuch(document.name, f"more than {MAX_MEMBERS:,} members; not read")
    stream.seek(0)


def _check_sizes(members: list[zipfile.ZipInfo], document: Document) -> None:
    for member in members:
        if member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(1, member.compress_size):
            name = _inner_name(document, member.filename)
            raise TooMuch(name, f"expands to more than {MAX_RATIO} times its size; nothing of the archive was read")
    total = sum(member.file_size for member in members)
    if total > document.budget.expanded:
        raise TooMuch(document.name, f"expands to more than {megabytes(MAX_EXPANDED)}; nothing of it was read")
    document.budget.take_bytes(total, document.name)


def _zip_reader(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        if member.flag_bits & _ENCRYPTED:
            raise ValueError("encrypted; unpack it with its password first")
        if member.compress_type not in _METHODS:
            raise ValueError("packed in a way that is not understood; pack it as an ordinary zip")
        with archive.open(member) as file:
            return file.read(most)

    return read


def _tar_reader(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        file = archive.extractfile(member)
        return file.read(most) if file else b""

    return read


def _opened(
    document: Document, name: str, read: Callable[[int], bytes], size: int, beside: Callable[[str], bytes | None]
) -> Part:
    shown = _inner_name(document, name)
    if ".." in PurePosixPath(name.replace("\\", "/")).parts or name.startswith(("/", "\\")):
        return UnreadableInput(shown, "its path leads out of the archive; left out")
    if size > MAX_WHOLE:
        return UnreadableInput(
            shown, f"too large ({megabytes(size)}, the limit in archives is {megabytes(MAX_WHOLE)})"
        )
    try:
        data = read(size + 1)
    except UnreadableInput:
        raise
    except (OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        return UnreadableInput(shown, f"cannot be unpacked ({_in_words(error)})")
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error) as error:
        return UnreadableInput(shown, f"damaged ({_in_words(error)})")
    part = document.inside(shown, data)
    part.depth, part.layers, part.beside = document.depth + 1, 0, beside
    return part


def _members(document: Document) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    document.rewind()
    try:
        with tarfile.open(fileobj=document.stream, mode="r|", errorlevel=1) as archive:
            while member := archive.next():
                archive.members = []  # type: ignore[attr-defined]  # it would keep them all
                yield archive, member
    except UnreadableInput:
        raise
    except (tarfile.TarError, OSError, ValueError, EOFError, OverflowError) as error:
        raise UnreadableInput(document.name, f"damaged tar archive ({_in_words(error)})") from error


def _notes_in(document: Document) -> dict[str, bytes]:
    notes: dict[str, bytes] = {}
    held = 0
    for seen, (archive, member) in enumerate(_members(document), start=1):
        if seen > MAX_MEMBERS:
            raise TooMuch(document.name, f"more than {MAX_MEMBERS:,} members; nothing of it was read")
        if member.isfile() and member.name.endswith(SUFFIX) and not _is_litter(member.name):
            held += member.size
            if held > _MAX_BESIDE:
                raise TooMuch(document.name, f"more than {megabytes(_MAX_BESIDE)} of annotations; not read")
            notes[member.name] = _tar_reader(archive, member)(member.size)
        elif member.isfile() and member.name.endswith(".txt"):
            notes.setdefault(member.name, b"")
    return notes


def _note_beside(name: str) -> str:
    return str(PurePosixPath(name).with_suffix(SUFFIX))


def _neighbour(annotations: bytes | None) -> Callable[[str], bytes | None]:
    def beside(suffix: str) -> bytes | None:
        return (annotations if suffix == SUFFIX else None) or None

    return beside


def _zip_neighbour(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo | None, document: Document
) -> Callable[[str], bytes | None]:
    def beside(suffix: str) -> bytes | None:
        if not member or suffix != SUFFIX:
            return None
        part = _opened(document, member.filename, _zip_reader(archive, member), member.file_size, lambda _: None)
        return None if isinstance(part, UnreadableInput) else part.read_whole()

    return beside


def _is_litter(name: str) -> bool:
    """What systems and brat leave in archives, and hidden files, as in folders."""
    parts = PurePosixPath(name).parts
    if parts and parts[-1] in _ABOUT_THE_CORPUS:
        return True
    return "__MACOSX" in parts or any(part.startswith(".") and part != ".." for part in parts) or not parts


def _inner_name(document: Document, name: str) -> str:
    return f"{document.name}!{printable(name)}"


def _in_words(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
