"""Where anything may be sent: never into one's own network, whatever a name or a number stands for.

A name is resolved once, each address that it has is looked at, and the request goes to an address that was: what the
name stands for a moment later does not count.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_noop
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from ..models import Why

LONGEST = 2000
PORTS = {"http": 80, "https": 443}
FIRST_FREE_PORT = 1024
"""Below it are the system's own services."""
NOT_PUBLIC = [
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "3fff::/20",
        "fec0::/10",
    )
]
"""What some versions of Python count as global: of protocols, examples, sites, and IPv4 ones wrapped by gateways."""

_NAMED = re.compile("[^/?#]*//[^/?#]*@")
"""An address with a user's name in it, be it empty, which the parser leaves out."""

NO_ADDRESS = gettext_noop("That is no address of a web server: it begins with https:// and has no spaces.")
FORBIDDEN = gettext_noop("Nothing is sent to %(host)s: whoever runs this Newsroom forbids it.")
BAD_PORT = gettext_noop("Nothing is sent to port %(port)s: only to 80, 443, and from 1024 on.")
OWN_NETWORK = gettext_noop(
    "Nothing is sent to %(host)s: it is an address of this machine, of its network, or of no use."
)
UNKNOWN = gettext_noop("Nothing is known of a server called %(host)s.")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Forbidden(ValueError):
    """Nothing may be sent there; the message is a sentence for whoever typed the address, in their language."""

    def __init__(self, said: str, **values: object) -> None:
        super().__init__(said)
        self.why = Why(said, values)

    def __str__(self) -> str:
        return str(self.why)


class OwnNetwork(Forbidden):
    """It is in the network of this Newsroom, or of no use; NEWSROOM_WEBHOOK_ALLOW may allow it."""


class NoSuchName(Forbidden):
    """The name has no address, at the moment: it may have one later."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address as it is written, taken apart."""

    scheme: str
    host: str
    """As the server is called in requests and certificates: a name in ASCII, or a number without brackets."""
    port: int
    path: str
    """With the query."""

    @property
    def as_header(self) -> str:
        """The value of the header Host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def place_of(url: str) -> Place:
    """`url` taken apart. Raises Forbidden for what is no address of a web server, or one that operators forbid."""
    if len(url) > LONGEST or any(char.isspace() or not char.isprintable() for char in url):
        raise Forbidden(NO_ADDRESS)
    try:
        found = parse_url(url)
    except LocationParseError as error:
        raise Forbidden(NO_ADDRESS) from error
    if found.scheme not in PORTS or not found.host:
        raise Forbidden(NO_ADDRESS)
    if found.auth is not None or _NAMED.match(url):
        raise Forbidden(gettext_noop("An address with a name or a password in it is not taken."))
    port = PORTS[found.scheme] if found.port is None else found.port
    place = Place(found.scheme, found.host.strip("[]").lower(), port, found.request_uri)
    if _is_listed(place, settings.NEWSROOM_WEBHOOK_FORBID):
        raise Forbidden(FORBIDDEN, host=place.host)
    if port < FIRST_FREE_PORT and port not in PORTS.values() and not is_allowed(place):
        raise Forbidden(BAD_PORT, port=port)
    return place


def addresses_of(place: Place) -> list[str]:
    """The addresses that `place` has now, all of them looked at. Raises Forbidden, and NoSuchName."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoSuchName(UNKNOWN, host=place.host) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not is_allowed(place) and not all(map(is_public, addresses)):
        raise OwnNetwork(OWN_NETWORK, host=place.host)
    forbidden = [one for one in settings.NEWSROOM_WEBHOOK_FORBID if "/" in one]
    if any(_number(address) in ipaddress.ip_network(one) for address in addresses for one in forbidden):
        raise Forbidden(FORBIDDEN, host=place.host)
    return addresses


def check(url: str) -> None:
    """Raises Forbidden, saying why, where nothing may be sent to `url` as it is now."""
    addresses_of(place_of(url))


def is_public(written: str) -> bool:
    """Whether this address is one of the open internet. None that wraps an IPv4 address in an IPv6 one is."""
    number = _number(written)
    of_no_host = number.is_multicast or number.is_reserved or number.is_unspecified
    if not number.is_global or of_no_host or _is_isatap(number):
        return False
    return not any(number in network for network in NOT_PUBLIC)


def _is_isatap(number: Address) -> bool:
    """Whether its second half is 0000:5efe or 0200:5efe and an IPv4 address, in whatever network (RFC 5214, 6.1)."""
    # All bits but "universal" and "group".
    return number.version == 6 and (int(number) >> 32) & 0xFCFF_FFFF == 0x0000_5EFE


def is_allowed(place: Place) -> bool:
    """Whether operators allow this one, wherever it is: NEWSROOM_WEBHOOK_ALLOW; there a port alone says nothing."""
    return _is_listed(place, [one for one in settings.NEWSROOM_WEBHOOK_ALLOW if not re.fullmatch(r":\d+", one)])


def _is_listed(place: Place, listed: list[str]) -> bool:
    """Whether one of `listed` is its host, ".domain" that it is in, or either with its port; ":25" is any host's."""
    host = place.host.rstrip(".")
    for one in listed:
        name, _colon, port = one.lower().rpartition(":") if _has_port(one) else (one.lower(), "", "")
        if "/" in one or (port and int(port) != place.port):
            continue
        name = name.strip("[]")
        if name in ("", host) or (name.startswith(".") and f".{host}".endswith(name)):
            return True
    return False


def _has_port(one: str) -> bool:
    _name, colon, port = one.rpartition(":")
    return bool(colon) and port.isdecimal() and (one.count(":") == 1 or "]:" in one)


def _number(written: str) -> Address:
    return ipaddress.ip_address(written.partition("%")[0])
