"""What is found out about a text before it is stored: apart, so that another process can do it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .near_copies import Compared, Signature
from .reading import read
from .records import ArticleRecord, UnreadableInput
from .sources import Source


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article as read, the SHA-256 of its text in UTF-8, and the signature that near-copies are found by."""

    record: ArticleRecord
    text_sha256: str
    signature: Signature


def prepare(source: Source, *, mapping: Mapping[str, str] | None = None) -> Iterator[Prepared | UnreadableInput]:
    """As `read`, each article with what storing it needs."""
    for found in read(source, mapping=mapping):
        yield found if isinstance(found, UnreadableInput) else prepared(found)


def prepared(record: ArticleRecord) -> Prepared:
    digest = hashlib.sha256(record.text.encode()).hexdigest()
    return Prepared(record, digest, Compared(record.text).signature)
