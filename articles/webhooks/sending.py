"""One request to a receiver: no redirects, no proxies, not long, and of the answer only the beginning.

Knows no database.
"""

from __future__ import annotations

import datetime
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import urllib3
from django.utils import timezone
from django.utils.http import parse_http_date
from django.utils.translation import gettext_noop
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util.ssl_match_hostname import CertificateError

from ..models import Delivery, Why
from .addresses import UNKNOWN, Forbidden, NoSuchName, Place, addresses_of, place_of

CONNECT, READ, TOTAL = 5.0, 10.0, 15.0
"""Seconds: to connect to one address, between two pieces of the answer, for everything from the name on."""
MOST_ADDRESSES = 3
"""That are tried, of those that a name has."""
MOST_READ = 16_384
"""Bytes of an answer."""
LONGEST_LINE = 200
"""Characters of an answer that are kept."""
GONE = 410
BUSY = (429, 503)
"""Answers whose Retry-After counts."""
NOTHING = Why()
NOT_VALID = gettext_noop("certificate not valid: %(what)s")
FOR_EVER = 366 * 24 * 60 * 60
"""Seconds; whoever says more of them says no more by it."""

Outcome = Delivery.Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: `said` is the first line of the answer; without one, `why` is what went wrong."""

    outcome: Delivery.Outcome
    said: str = ""
    why: Why = NOTHING
    status: int | None = None
    milliseconds: int = 0
    not_before: datetime.datetime | None = None
    """Before which the receiver wants nothing sent again, by Retry-After."""

    @property
    def is_delivered(self) -> bool:
        return self.outcome == Outcome.DELIVERED


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send `body` to `url`, and wait for the answer, no longer than TOTAL; it raises nothing."""
    begun = time.monotonic()
    request = _Request(url, body, headers)
    # In a thread: neither the look-up of a name nor an answer that comes in drops knows a limit of its own.
    thread = threading.Thread(target=request.run, name="webhook request", daemon=True)
    thread.start()
    thread.join(TOTAL)
    answer = request.answer  # before it is ended, which may look like the end of an answer
    request.close()
    said = gettext_noop("no whole answer within %(seconds)s seconds")
    answer = answer or Answer(Outcome.UNREACHED, why=Why(said, {"seconds": f"{TOTAL:g}"}))
    return replace(answer, milliseconds=int((time.monotonic() - begun) * 1000))


class _Request:
    def __init__(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        self._url, self._body, self._headers = url, body, headers
        self._connection: HTTPConnection | None = None
        self._is_over = False
        self.answer: Answer | None = None

    def run(self) -> None:
        try:
            self._send()
        except NoSuchName as error:
            self.answer = Answer(Outcome.UNREACHED, why=error.why)
        except Forbidden as error:
            self.answer = Answer(Outcome.FORBIDDEN, why=error.why)
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            self.answer = Answer(Outcome.UNREACHED, why=_what_went_wrong(error))

    def close(self) -> None:
        """End it, wherever it is; nothing is sent any more."""
        self._is_over = True
        if self._connection is not None and (sock := self._connection.sock) is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _send(self) -> None:
        place = place_of(self._url)
        connection = self._connected(place)
        try:
            if self._is_over:
                return
            connection.timeout = READ
            headers = {"Host": place.as_header, "User-Agent": "Newsroom", "Content-Type": "application/json"}
            connection.request(
                *("POST", place.path, self._body, {**headers, **self._headers}),
                preload_content=False,
                decode_content=False,
            )
            response = connection.getresponse()
            outcome = Outcome.DELIVERED if 200 <= response.status < 300 else Outcome.REFUSED
            not_before = _told(response.headers.get("Retry-After", "")) if response.status in BUSY else None
            # Whatever becomes of the rest.
            self.answer = Answer(outcome, status=response.status, not_before=not_before)
            with suppress(HTTPError, http.client.HTTPException, OSError):
                said = response.read(MOST_READ).decode("utf-8", "replace")
                self.answer = replace(self.answer, said=_in_a_line(said))
        finally:
            connection.close()

    def _connected(self, place: Place) -> HTTPConnection:
        """A connection to one of the addresses that were looked at; raises what the last one raised."""
        addresses = addresses_of(place)[:MOST_ADDRESSES]
        for address in addresses:
            self._connection = connection = _connection(place, address)
            try:
                connection.connect()
            except (HTTPError, OSError):
                connection.close()
                if address == addresses[-1]:
                    raise
            else:
                return connection
        raise NoSuchName(UNKNOWN, host=place.host)


def _connection(place: Place, address: str) -> HTTPConnection:
    """To that address, not to what the name stands for by now; a certificate has to be the name's."""
    if place.scheme == "http":
        return HTTPConnection(address, place.port, timeout=CONNECT)
    verified: dict[str, Any] = {"server_hostname": place.host, "assert_hostname": place.host}
    return HTTPSConnection(address, place.port, timeout=CONNECT, cert_reqs="CERT_REQUIRED", **verified)


def _told(retry_after: str) -> datetime.datetime | None:
    """When that is, seconds from now or a date as HTTP has them; None where it is neither."""
    written = retry_after.strip()
    try:
        if written.isascii() and written.isdecimal():
            return timezone.now() + datetime.timedelta(seconds=min(int(written), FOR_EVER))
        return datetime.datetime.fromtimestamp(parse_http_date(written), datetime.UTC)
    except ValueError:  # also of more digits than Python reads
        return None


def _what_went_wrong(error: BaseException) -> Why:
    """What went wrong, as people say it: without names of Python's."""
    while error.__cause__ is not None and isinstance(error, HTTPError):  # urllib3 wraps what the system said
        error = error.__cause__
    match error:
        case ssl.SSLCertVerificationError():
            return Why(NOT_VALID, {"what": error.verify_message})
        case CertificateError():
            return Why(NOT_VALID, {"what": error})
        case ssl.SSLError():
            said = (error.reason or "unknown").replace("_", " ").lower()
            return Why(gettext_noop("no encrypted connection: %(what)s"), {"what": said})
        case TimeoutError() | urllib3.exceptions.TimeoutError():
            return Why(gettext_noop("timed out"))
        case ConnectionRefusedError():
            return Why(gettext_noop("connection refused"))
        case ConnectionError():  # of http.client too, where it ended before the first line
            return Why(gettext_noop("the connection was closed before an answer"))
        case OSError(strerror=str(said)):
            return Why(said[:1].lower() + said[1:])
        case _:
            return Why(gettext_noop("the answer is not HTTP"))


def _in_a_line(said: str) -> str:
    """The first line with anything in it, without what cannot be printed."""
    lines = ("".join(char for char in line if char.isprintable()).strip() for line in said.splitlines())
    return next(filter(None, lines), "")[:LONGEST_LINE]
