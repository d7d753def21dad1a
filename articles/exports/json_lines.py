"""JSON on one line, whatever a reader takes for a line's end."""

from __future__ import annotations

import json
from typing import Any

_BREAKS = {char: f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029\ufeff"}
"""What JSON leaves as it is, and `str.splitlines` and some editors break lines at, or drop."""
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def one_line(value: Any) -> str:
    """Without a line's end of its own.

    >>> one_line({"a": "é\\n\\u2028"})
    '{"a":"é\\\\n\\\\u2028"}'
    """
    words = _encoded(value)
    if not words.isascii():
        for char, escaped in _BREAKS.items():
            words = words.replace(char, escaped)
    return words
