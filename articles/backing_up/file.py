"""The file of a backup: a zip of the database as its engine copies it, and behind it a manifest of what is in there.

A zip has its directory at its end, so a file that was cut off is no zip; any other damage the manifest's SHA-256
tells.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from .. import whole_files
from .failure import MEGABYTE, BackupError, Tell

FORM = 1
"""Of the file; one of a later form is refused."""
MANIFEST = "manifest.json"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
TOLD = {"articles": "articles_article", "quotations": "articles_quotation", "accounts": "auth_user"}
"""The tables that a report names."""
PIECE = 1 << 20
"""Bytes that are read at once."""
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, LookupError, TypeError),
)
"""What reading a damaged zip may raise."""

Contents = dict[str, dict[str, Any]]
"""Of each table how many "rows" it has, and a "digest" of them all, to be compared within one engine."""


@dataclass(frozen=True)
class Manifest:
    engine: str
    """sqlite or postgresql."""
    made_at: str
    versions: dict[str, str]
    """Of Python, the engine, and its tools."""
    migrations: list[list[str]]
    """[app, name] of each that was applied."""
    tables: Contents
    bytes: int
    sha256: str
    """These two are of the database's own copy, uncompressed."""
    form: int = FORM

    def in_words(self) -> str:
        counts = [(name, self.tables.get(table, {}).get("rows", 0)) for name, table in TOLD.items()]
        return ", ".join(f"{name}: {rows:,}" for name, rows in counts)


@contextmanager
def new_file(path: Path, *, replace: bool) -> Iterator[BinaryIO]:
    """A file to write that only its owner may read, and that has the name `path` once it is whole and on the disk.

    Raises BackupError where `path` is there already and is not to be replaced, or cannot be written.
    """
    try:
        with whole_files.new_file(path, replace=replace, mode=0o600) as out:
            yield out
    except FileExistsError as error:
        raise BackupError(f"{path} is there already: name another file, or say --force to replace it.") from error
    except IsADirectoryError as error:
        raise BackupError(f"{path} is a folder: name a file in it.") from error
    except OSError as error:
        raise BackupError(f"{path}: {error.strerror or error}. No backup was made.") from error


def write(
    out: BinaryIO, *, engine: str, pieces: Iterable[bytes], describe: Callable[[int, str], Manifest], tell: Tell
) -> Manifest:
    """The zip: the database piece by piece, then what `describe` makes of its bytes and their SHA-256."""
    # pg_dump compresses by itself.
    compression = zipfile.ZIP_DEFLATED if engine == "sqlite" else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", compression, compresslevel=1) as archive:
        digest, size = hashlib.sha256(), 0
        with archive.open(DATABASE[engine], "w", force_zip64=True) as inside:
            for piece in pieces:
                inside.write(piece)
                digest.update(piece)
                size += len(piece)
                tell("MB written", len(piece) // MEGABYTE, None)
        manifest = describe(size, digest.hexdigest())
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


@dataclass(frozen=True)
class Backup:
    """A backup that is read; `opened` makes it."""

    path: Path
    manifest: Manifest
    archive: zipfile.ZipFile

    def pieces(self, tell: Tell, *, what: str) -> Iterator[bytes]:
        """The database, piece by piece. Raises BackupError where it is not the one that was written."""
        digest, size = hashlib.sha256(), 0
        try:
            with self.archive.open(DATABASE[self.manifest.engine]) as inside:
                while piece := inside.read(PIECE):
                    digest.update(piece)
                    size += len(piece)
                    tell(what, len(piece) // MEGABYTE, self.manifest.bytes // MEGABYTE)
                    yield piece
        except DAMAGE as error:
            raise damaged(self.path) from error
        if (size, digest.hexdigest()) != (self.manifest.bytes, self.manifest.sha256):
            raise damaged(self.path)

    def unpack(self, into: Path, tell: Tell) -> None:
        """Raises BackupError, where there is no room for it too."""
        try:
            with into.open("wb") as out:
                for piece in self.pieces(tell, what="MB unpacked"):
                    out.write(piece)
        except OSError as error:
            raise BackupError(f"{into}: {error.strerror or error}. Nothing was restored.") from error


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """Raises BackupError where `path` is no backup, is cut off, or was made by a later Newsroom than this."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(f"{path}: {error.strerror or error}") from error
    with file, _archive(file, path) as archive:
        yield Backup(path, _manifest(archive, path), archive)


def damaged(path: Path) -> BackupError:
    return BackupError(f"{path} is damaged: it is not what was written. Nothing was restored; take another backup.")


def _archive(file: IO[bytes], path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except DAMAGE as error:
        raise BackupError(f"{path} is cut off, or no backup at all. Nothing was restored.") from error


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        stored = json.loads(archive.read(MANIFEST))
        if stored["form"] > FORM:
            raise BackupError(f"{path} was made by a later version of Newsroom: restore it with that version.")
        manifest = Manifest(**stored)
        _refuse_other_kinds(manifest)
        archive.getinfo(DATABASE[manifest.engine])
    except DAMAGE as error:
        if MANIFEST not in archive.namelist():
            raise BackupError(f"{path} is no backup: manage.py backup makes one.") from error
        raise damaged(path) from error
    return manifest


def _refuse_other_kinds(manifest: Manifest) -> None:
    """Raises TypeError where a value is not of the kind that `write` writes."""
    are_pairs = isinstance(manifest.migrations, list) and all(
        isinstance(one, list) and len(one) == 2 and all(isinstance(name, str) for name in one)
        for one in manifest.migrations
    )
    are_tables = isinstance(manifest.tables, dict) and all(
        isinstance(one, dict) and type(one.get("rows")) is int for one in manifest.tables.values()
    )
    words = (manifest.engine, manifest.made_at, manifest.sha256)
    if not (are_pairs and are_tables and all(isinstance(one, str) for one in words) and type(manifest.bytes) is int):
        raise TypeError("no manifest of a backup")
