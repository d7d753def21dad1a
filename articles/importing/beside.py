"""Which file holds brat's annotations of a text: NAME.ann beside NAME.txt; or, in PolNeAR's order of a corpus,
attributions/NAME_ANNOTATOR.ann beside text/NAME.txt, the first annotator's where there are several."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath

SUFFIX = ".ann"

_TEXTS, _ANNOTATIONS = "text", "attributions"
_TEXT_SUFFIX = ".txt"


def annotations_of(names: Collection[str]) -> dict[str, str]:
    """Name of a text -> name of its annotations, as far as both are among `names`."""
    found: dict[str, str] = {}
    for name in sorted(name for name in names if name.endswith(SUFFIX)):
        for text in _texts_of(name):
            if text in names:
                found.setdefault(text, name)
    return found


def texts_beside(name: str, names: Collection[str]) -> bool:
    """Whether the file is of annotations whose text is among `names`."""
    return name.endswith(SUFFIX) and any(text in names for text in _texts_of(name))


def annotations_beside(text: Path, suffix: str) -> Path | None:
    """In the folder beside the one that `text` is in, if that is a corpus in PolNeAR's order."""
    folder = text.parent.parent / _ANNOTATIONS
    if suffix != SUFFIX or text.parent.name != _TEXTS:
        return None
    try:
        changed = folder.stat().st_mtime_ns
    except OSError:
        return None
    name = _in_folder(folder, changed).get(text.stem)
    return folder / name if name else None


@lru_cache(maxsize=4)
def _in_folder(folder: Path, changed: int) -> dict[str, str]:
    """Name of a text without suffix -> name of its annotations; `changed` is when the folder was."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        found.setdefault(path.stem.rpartition("_")[0], path.name)
    return found


def _texts_of(annotations: str) -> Iterator[str]:
    path = PurePosixPath(annotations)
    yield annotations.removesuffix(SUFFIX) + _TEXT_SUFFIX
    if path.parent.name == _ANNOTATIONS and "_" in path.stem:
        yield str(path.parent.parent / _TEXTS / f"{path.stem.rpartition('_')[0]}{_TEXT_SUFFIX}")
