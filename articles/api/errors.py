"""What is wrong in a request, where it is wrong: pydantic's findings as RFC 9457 has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

IN_PARAMETERS = ("query", "path", "header")


def errors_of(found: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    """Each with `detail` and a JSON pointer into the body, or the name of the parameter."""
    for one in found:
        source, *path = one["loc"]
        detail = str(one["msg"]).removeprefix("Value error, ")
        if source in IN_PARAMETERS:
            yield {"detail": detail, "parameter": str(path[-1] if path else source)}
        else:
            yield {"detail": detail, "pointer": "#" + "".join(f"/{_escaped(part)}" for part in path)}


def _escaped(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")
