"""Records of an export -> the database, as they were: articles, quotations, speakers, stories and history.

What is there already is left as it is, so that a file may be brought back into a database that others work with, and
once more where it was stopped. Each record is checked before it is written; a bad one costs itself.
"""

from .report import Report
from .stream import bring_back

__all__ = ["Report", "bring_back"]
