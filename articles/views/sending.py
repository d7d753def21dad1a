"""Files for people to take away: whole, or from where a download broke off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from .negotiating import early

AT_ONCE = 64 * 1024


def sent(request: HttpRequest, path: Path, *, name: str, content_type: str, etag: str) -> HttpResponseBase:
    """The file as an attachment called `name`, or the one range of it that is asked for. Raises FileNotFoundError."""
    size = path.stat().st_size
    if answered := early(request, etag=etag):
        return answered
    asked = _range_of(request, size, etag)
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=content_type)
        response["Content-Length"] = str(size)
    elif asked is None:
        response = FileResponse(path.open("rb"), content_type=content_type)
    elif not asked:
        response = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        response["Content-Range"] = f"bytes */{size}"
        return response
    else:
        part = _Part(path.open("rb"), asked)
        response = StreamingHttpResponse(part, status=HTTPStatus.PARTIAL_CONTENT, content_type=content_type)
        response["Content-Range"] = f"bytes {asked.start}-{asked.stop - 1}/{size}"
        response["Content-Length"] = str(len(asked))
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-transform"
    response["Content-Disposition"] = _disposition(name)
    return response


def _disposition(name: str) -> str:
    """With a name in ASCII, too, for what does not read any other."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub("-{2,}", "-", plain)
    header = content_disposition_header(as_attachment=True, filename=plain) or "attachment"
    return header if plain == name else f"{header}; filename*=UTF-8''{quote(name, safe='')}"


def _range_of(request: HttpRequest, size: int, etag: str) -> range | None:
    """The bytes that are asked for; none of them where the file has not so many, None where all are wanted.

    Several ranges, or what is no range, are answered with the whole file, and so is a range of another file.
    """
    found = re.fullmatch(r"bytes=([0-9]{0,18})-([0-9]{0,18})", request.headers.get("Range", ""))
    if not found or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = found.groups()
    if first:
        stop = min(int(last) + 1, size) if last else size
        return range(int(first), stop) if not last or int(first) <= int(last) else None
    return range(max(size - int(last), 0), size) if last else None


@dataclass(frozen=True)
class _Part:
    """Some bytes of a file that is open: what is removed meanwhile is sent to its end. Django closes it."""

    file: BinaryIO
    asked: range

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.asked.start)
        left = len(self.asked)
        while left and (data := self.file.read(min(AT_ONCE, left))):
            left -= len(data)
            yield data

    def close(self) -> None:
        self.file.close()
