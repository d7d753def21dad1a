"""Input files -> article records: pure readers that know neither Django nor the database.

find_files() turns what a person typed into Sources, one at a time; a reader turns a Source into an
ArticleRecord or raises UnreadableInput, whose message is the line for the report.

    for found in find_files(["news/", "samples/**/*.txt", "-"]):
        if isinstance(found, UnreadableInput):
            report(found)
            continue
        try:
            record = read_text_file(found)
        except UnreadableInput as problem:
            report(problem)
"""

from .files import TEXT_SUFFIXES, find_files
from .plaintext import read_text, read_text_file
from .records import ArticleRecord, UnreadableInput
from .sources import MAX_BYTES, Source

__all__ = [
    "MAX_BYTES",
    "TEXT_SUFFIXES",
    "ArticleRecord",
    "Source",
    "UnreadableInput",
    "find_files",
    "read_text",
    "read_text_file",
]
