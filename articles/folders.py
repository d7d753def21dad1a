"""Folders on this machine's disk that belong to runs: each is named by the uid of one. Knows no tables."""

from __future__ import annotations

import logging
import shutil
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

logger = logging.getLogger(__name__)


def by_uid(place: Path) -> dict[UUID, Path]:
    """The folders in `place`; what has another name is passed over."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return {uid: path for path in place.iterdir() if (uid := _uid_of(path))}
    return {}


def remove(folder: Path) -> None:
    """Remove `folder` with all in it, if it is there; what cannot be removed now is tried again."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        logger.warning("%s cannot be removed (%s)", folder, error.strerror)


def age(folder: Path) -> timedelta:
    """How long ago something was put into `folder`; none where it is gone."""
    with suppress(FileNotFoundError):
        return timedelta(seconds=time.time() - folder.stat().st_mtime)
    return timedelta()


def _uid_of(path: Path) -> UUID | None:
    with suppress(ValueError):
        return UUID(path.name)
    return None
