"""The database -> records of an export: what was asked for, as it is at one moment, a few articles at a time.

`exports.records` says what the records are. Whoever takes them holds a transaction of this thread's connection that
only reads, until the last one is taken or the iterator is closed: what is to be written meanwhile, as how far an
export is, another thread has to write.
"""

from .selection import NotASearch, Selection
from .stream import records

__all__ = ["NotASearch", "Selection", "records"]
