"""CoNLL-U: words and sentences in its ten columns, quotations in MISC.

Carries the text exactly, and of each quotation that stands in it: spans, cue, mention, uid, kind, state and the
speaker's name. Words come from spaCy's rules for the language, sentences from marks and paragraphs; lemmas, tags and
trees are not there ("_"). White space comes back from SpaceAfter, SpacesAfter and SpacesBefore, as UDPipe writes them
(\\s \\t \\r \\n \\p \\\\), and \\u{2028} for what it has no name for.

    Quot=B-3,I-2          the word begins the content of quotation 3, and is inside that of 2; so Cue and Mention
    QuotAt=3:115:290      where, in code points of the text, exactly: a span may begin inside a word
    QuotUid=3:2f1c…       at its first span

"# quotation" lines before an article's first sentence hold the rest. Each article says which of how many it is.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple, cast

from .bench import stem
from .checking import checked
from .json_lines import one_line
from .records import Article, BrokenOff, Head, NotAnExport, Quotation, Record, Records
from .standing import check_text, content_of, of_head, standing
from .tokens import forget_words, tokens_of
from .whole import Ending

_BEGINNING = b"# newsroom_export = "
_OF_ARTICLE = ("number", "title", "url", "published_on", "language", "text_sha256")
_IN_COMMENT = ("uid", "kind", "state", "speaker_name")
_PARTS = {"Quot": "spans", "Cue": "cue", "Mention": "mention"}
_NOTHING = "\t_" * 7
"""The columns between a word and its MISC."""
_REMEMBERED = 5_000
"""Articles until the words of all are forgotten: a little of each stays in spaCy's vocabulary."""
_OPENING = frozenset("\"'“„«‘‚([{¿¡")
_WORD = re.compile(r"\S+")
_ESCAPES = {" ": "\\s", "\t": "\\t", "\r": "\\r", "\n": "\\n", "|": "\\p", "\\": "\\\\"}
_WRITTEN = {written: char for char, written in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\.")


class Word(NamedTuple):
    start: int
    end: int
    begins_sentence: bool


def looks_like(head: bytes) -> bool:
    return head.startswith(_BEGINNING)


def write(records: Records, out: BinaryIO) -> None:
    head = cast("Head", next(records))
    out.write(_BEGINNING + one_line(of_head(head)).encode() + b"\n")
    if not head["articles"]:
        out.write(b"\n")
    articles = (record for record in records if record["record"] == "article")
    for number, article in enumerate(articles, start=1):
        place = f"# newsroom_article = {number} of {head['articles']}\n"
        words = _words_of(article)
        out.write("".join([*_opening(article, place, words), *_sentences(article, words)]).encode())
        if number % _REMEMBERED == 0:
            forget_words()


def read(file: BinaryIO) -> Records:
    return checked(_records(file))


# Written


def _opening(article: Article, place: str, words: Sequence[Word]) -> Iterator[str]:
    yield f"# newdoc id = {_name(article)}\n{place}"
    about = {field: article[field] for field in _OF_ARTICLE}  # type: ignore[literal-required]
    yield f"# article = {one_line(about | {'words': len(words)})}\n"
    for number, quotation in enumerate(standing(article), start=1):
        rest = {field: quotation[field] for field in _IN_COMMENT}  # type: ignore[literal-required]
        yield f"# quotation = {number} {one_line(rest)}\n"


def _name(article: Article) -> str:
    return "_".join(stem(article["source_name"]).split()) or f"article-{article['number']}"


def _words_of(article: Article) -> list[Word]:
    """Tokens without the white space that some hold."""
    from spacy.pipeline import Sentencizer

    words: list[Word] = []
    begins = False
    with tokens_of(article["text"], article["language"]) as doc:
        for token in Sentencizer()(doc):
            begins = begins or bool(token.is_sent_start)
            for found in _WORD.finditer(token.text):
                word = Word(token.idx + found.start(), token.idx + found.end(), begins)
                if begins and words and _opens(words[-1], word, article["text"]):
                    words[-1], word = words[-1]._replace(begins_sentence=True), word._replace(begins_sentence=False)
                words.append(word)
                begins = False
    return words


def _opens(mark: Word, word: Word, text: str) -> bool:
    """Whether it is a mark before `word` that belongs to its sentence; spaCy's rule leaves it to the one before."""
    is_mark = text[mark.start : mark.end] in _OPENING and mark.end == word.start
    return is_mark and mark.start > 0 and text[mark.start - 1].isspace()


def _sentences(article: Article, words: Sequence[Word]) -> Iterator[str]:
    text = article["text"]
    marks = _marks(standing(article), words)
    sentence: list[str] = []
    number = position = 0
    lines = ""
    for at, word in enumerate(words):
        before = text[words[at - 1].end if at else 0 : word.start]
        is_paragraph = not at or "\n" in before
        if word.begins_sentence or is_paragraph:
            if sentence:
                yield f"# text = {''.join(sentence).strip()}\n{lines}\n"
            number, position, sentence, lines = number + 1, 0, [], ""
            yield ("# newpar\n" if is_paragraph else "") + f"# sent_id = {article['number']}-{number}\n"
        position += 1
        after = text[word.end : words[at + 1].start if at + 1 < len(words) else len(text)]
        sentence += [text[word.start : word.end], " " if after else ""]
        misc = _spaces(after, before="" if at else before) + marks[at]
        lines += f"{position}\t{text[word.start : word.end]}{_NOTHING}\t{'|'.join(misc) or '_'}\n"
    if sentence:
        yield f"# text = {''.join(sentence).strip()}\n{lines}\n"


def _spaces(after: str, *, before: str) -> list[str]:
    found = [f"SpacesBefore={_escaped(before)}"] if before else []
    if after != " ":
        found.append(f"SpacesAfter={_escaped(after)}" if after else "SpaceAfter=No")
    return found


def _escaped(space: str) -> str:
    return "".join(_ESCAPES.get(char) or f"\\u{{{ord(char):x}}}" for char in space)


def _marks(quotations: Sequence[Quotation], words: Sequence[Word]) -> dict[int, list[str]]:
    """What stands in MISC of which word; at least at one word, even where a span is of white space alone."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    starts, ends = [word.start for word in words], [word.end for word in words]
    for number, quotation in enumerate(quotations, start=1):
        for part, field in _PARTS.items():
            value: Any = quotation[field]  # type: ignore[literal-required]
            for start, end in value if field == "spans" else [value] if value else []:
                first, last = bisect_right(ends, start), bisect_left(starts, end)
                for at in range(first, last):
                    found[at][part].append(f"{'I' if at > first else 'B'}-{number}")
                place = found[min(first, len(words) - 1)]
                place[f"{part}At"].append(f"{number}:{start}:{end}")
                if field == "spans" and [start, end] == value[0]:
                    place["QuotUid"].append(f"{number}:{quotation['uid']}")
    marks = {at: [f"{name}={','.join(values)}" for name, values in of_word.items()] for at, of_word in found.items()}
    return defaultdict(list, marks)


# Read


class _Reading:
    """An article as it is read, line by line."""

    def __init__(self) -> None:
        self.about: dict[str, Any] = {}
        self.words = 0
        self._quotations: dict[int, dict[str, Any]] = {}
        self._pieces: list[str] = []

    def take_quotation(self, comment: str) -> None:
        number, _, rest = comment.partition(" ")
        self._quotations[int(number)] = {**json.loads(rest), "spans": [], "cue": None, "mention": None}

    def take_word(self, columns: Sequence[str]) -> None:
        _, form, *_, misc = columns
        about = dict(each.split("=", 1) for each in misc.split("|")) if misc != "_" else {}
        after = "" if about.get("SpaceAfter") == "No" else _unescaped(about.get("SpacesAfter", "\\s"))
        self._pieces += [_unescaped(about.get("SpacesBefore", "")), form, after]
        self.words += 1
        for part, field in _PARTS.items():
            for place in filter(None, about.get(f"{part}At", "").split(",")):
                number, start, end = map(int, place.split(":"))
                if field == "spans":
                    self._quotations[number][field].append([start, end])
                else:
                    self._quotations[number][field] = [start, end]

    def article(self) -> Article:
        text = "".join(self._pieces)
        if self.words != self.about.pop("words"):
            raise NotAnExport(f"article {self.about['number']} has not as many words as it says")
        check_text(text, self.about["text_sha256"], what=f"article {self.about['number']}")
        for quotation in self._quotations.values():
            quotation["spans"].sort()
            quotation["content"] = content_of(text, quotation["spans"])
        quotations = list(self._quotations.values())
        return cast("Article", {"record": "article", **self.about, "text": text, "quotations": quotations})


def _unescaped(written: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else _WRITTEN[found[0]], written)


def _records(file: BinaryIO) -> Iterator[Record]:
    ending, reading = Ending(), _Reading()
    articles = None
    for line in _lines(file):
        name, _, value = line.removeprefix("# ").partition(" = ")
        if not line.startswith("# "):
            reading.take_word(line.split("\t"))
        elif name == "newsroom_export":
            head = cast("Head", json.loads(value))
            articles = head["articles"]
            yield head
        elif name == "newdoc id":
            if reading.about:
                yield ending.passing(reading.article())
            reading = _Reading()
        elif name == "article":
            reading.about = json.loads(value)
        elif name == "quotation":
            reading.take_quotation(value)
    if articles is None or ending.articles + bool(reading.about) < articles:
        raise BrokenOff(f"it ends behind article {ending.articles:,} of {articles or 'many'}")
    if articles:
        if reading.words < reading.about["words"]:
            raise BrokenOff("it ends within its last article")
        yield ending.passing(reading.article())
    yield ending.end()


def _lines(file: BinaryIO) -> Iterator[str]:
    """Those that are not empty. Raises BrokenOff where the last has no end, NotAnExport where it begins otherwise."""
    file.seek(0)
    if not _BEGINNING.startswith(file.read(len(_BEGINNING))):
        raise NotAnExport("no CoNLL-U that an export made")
    file.seek(0)
    for line in file:
        if not line.endswith(b"\n"):
            raise BrokenOff("it ends within a line")
        if line != b"\n":
            yield line[:-1].decode()
