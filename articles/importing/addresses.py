"""Web addresses of articles, written in one way."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit


def normal_address(written: str) -> str:
    """`written` with scheme and host in lower case and without fragment: what every server takes for the same.

    Paths, queries and a final slash are left alone, since to some server they differ. So is a fragment in which a
    script finds its page. What is no address comes back as it is.

    >>> normal_address("HTTPS://Gazette.Example/Talks?id=7#top"), normal_address("https://gazette.example/#!/talks")
    ('https://gazette.example/Talks?id=7', 'https://gazette.example/#!/talks')
    """
    try:
        parts = urlsplit(written)
    except ValueError:  # such as an unclosed bracket around an IPv6 address
        return written
    if not (parts.scheme and parts.netloc):
        return written
    user, at, host = parts.netloc.rpartition("@")
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit(parts._replace(netloc=f"{user}{at}{host.lower()}", fragment=fragment))


def is_of_an_article(address: str) -> bool:
    """Whether it can be one article's alone: a home page, which has neither path nor query, is everybody's."""
    try:
        parts = urlsplit(normal_address(address))
    except ValueError:
        return False
    return bool(parts.netloc and (parts.path.strip("/") or parts.query or parts.fragment))
