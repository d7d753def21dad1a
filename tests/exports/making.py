"""Records of exports for tests: drawn by hypothesis, with all that is odd in texts, or many alike; all invented."""

import hashlib
import uuid
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from articles.exports.records import OFFSETS, VERSION, Article, End, Head, Quotation, Record


def some(number: int) -> settings:
    """That many examples; one that fails is shown as it is, since to make such large ones smaller takes minutes."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(max_examples=number, deadline=None, suppress_health_check=list(HealthCheck), phases=phases)


ODD = (
    *("\n", "\n\n", " \n \n ", "\t", "  ", "\r", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x85"),
    *("\xa0", "\u2028", "\u2029", "\u200b", "\u200f", "\ufeff", "\ufffd", "\ufffe", "\uffff", "\U0001fffe"),
    *("😀", "👩‍👩‍👧", "🇩🇪", "e\u0301", "שלום עולם", "وقال الوزير", "記者会見", "한국어", "ﬁ", "İ"),
    *(
        "=1+1",
        "+",
        "-",
        "@SUM(A1)",
        "'=1",
        "＝1",
        "''",
        "|",
        "\\",
        "\\n",
        "\\s",
        "\\p",
        "_",
        "#",
        "# text = ",
        ";",
        ",",
    ),
    *("&amp;", "<b>", "]]>", "<!--", "&#1;", "_x0041_", "_x000D_", '"', "“", "”", "«", "»", "…", " … ", "{", "%s"),
)
"""Pieces of texts that some format could trip over."""
PLAIN = ("The", "nets", "were", "empty", ",", "said", "she", ".", "Mr. Low", "didn't", "3.5%", "harbour-master", " ")

pieces = (
    st.sampled_from(ODD) | st.sampled_from(PLAIN) | st.text(st.characters(codec="utf-8", exclude_characters="\0"))
)
words = st.lists(pieces, max_size=4).map("".join)
names = st.sampled_from(("Ann Low", "=Bob", "Müller & Söhne", "Ко", "”Q”", "O'Neil, Jr.", "a|b", "x\ty")) | words.map(
    lambda some: some or "x"
)
usernames = st.sampled_from(("", "anna", "ben@example", "editor+1"))
times = st.sampled_from(("2025-03-04T10:15:00+00:00", "2026-11-26T06:00:00.123456+01:00"))
days = st.none() | st.sampled_from(("2025-03-04", "1999-12-31"))
counts = st.integers(1, 2000)
uids = st.uuids(version=4).map(str)
values = st.dictionaries(
    st.sampled_from(("state", "spans", "note", "settled_by_id")),
    st.none() | words | st.integers(-9, 9) | st.lists(st.lists(st.integers(0, 9), max_size=2), max_size=2),
    max_size=3,
)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@st.composite
def texts(draw: st.DrawFn, *, number: int) -> str:
    """Another for each number, with at least something to see, and no NUL, as in the database."""
    before, after = (draw(st.lists(pieces, max_size=12).map("".join)) for _ in range(2))
    return f"{before}{draw(st.sampled_from(('Nr', 'مر', '😀')))}{number}{after}"


def span_in(text: str) -> st.SearchStrategy[list[int]]:
    ends = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True)
    return ends.map(sorted)


@st.composite
def spans_in(draw: st.DrawFn, text: str) -> list[list[int]]:
    """Sorted and disjoint; some touch."""
    most = min(3, len(text) // 2)
    some = draw(st.lists(span_in(text), min_size=1, max_size=most)) if most > 1 else [draw(span_in(text))]
    found: list[list[int]] = []
    for start, end in sorted(some):
        if not found or start >= found[-1][1]:
            found.append([start, end])
    return found


@st.composite
def quotations(
    draw: st.DrawFn, texts_of_it: list[str], speakers: list[dict[str, Any]], *, former: int | None
) -> Quotation:
    text = texts_of_it[-1 if former is None else former]
    spans = draw(spans_in(text))
    cue, mention = draw(st.none() | span_in(text)), draw(st.none() | span_in(text))
    speaker = draw(st.sampled_from([None, *speakers]))
    state = draw(st.sampled_from(("suggested", "accepted", "rejected")))
    is_settled = state != "suggested"
    return {
        "uid": draw(uids),
        "kind": draw(st.sampled_from(("direct", "mixed", "indirect"))),
        "spans": spans,
        "content": " … ".join(text[start:end] for start, end in spans),
        "cue": cue,
        "cue_words": text[slice(*cue)] if cue else "",
        "mention": mention,
        "mention_words": text[slice(*mention)] if mention else "",
        "speaker": speaker["number"] if speaker else None,
        "speaker_name": shown(speaker) if speaker else "",
        "state": state,
        "origin": draw(st.sampled_from(("machine", "person", "imported"))),
        "confidence": draw(st.none() | st.floats(0, 1)),
        "settled_by": draw(usernames) if is_settled else "",
        "settled_at": draw(times) if is_settled else None,
        "note": draw(words),
        "is_hidden": draw(st.booleans()),
        "former_text": former,
        "version": draw(counts),
    }


def shown(speaker: dict[str, Any]) -> str:
    return f"{speaker['name']} ({speaker['qualifier']})" if speaker["qualifier"] else speaker["name"]


@st.composite
def former_texts(draw: st.DrawFn, *, number: int) -> dict[str, Any]:
    text = draw(texts(number=number))
    fields = {name: draw(words) for name in ("title", "byline", "source_name", "encoding", "reader")}
    return {
        "text": text,
        "text_sha256": digest(text),
        "published_on": draw(days),
        "source_sha256": "",
        "imported_at": draw(times),
        "replaced_at": draw(times),
        "act": draw(st.none() | uids),
        "anchors": draw(st.lists(st.fixed_dictionaries({"quotation": uids, "spans": spans_in(text)}), max_size=2)),
        **fields,
    }


@st.composite
def articles(draw: st.DrawFn, speakers: list[dict[str, Any]], *, number: int) -> Article:
    text = draw(texts(number=number))
    former = draw(st.lists(former_texts(number=1000 + number), max_size=2))
    of_it = [*(each["text"] for each in former), text]
    wheres = draw(st.lists(st.sampled_from([None, None, None, *range(len(former))]), max_size=4))
    found = [draw(quotations(of_it, speakers, former=where)) for where in wheres]
    fields = {name: draw(words) for name in ("title", "byline", "place", "signoff", "licence", "second_look_note")}
    outlet = st.fixed_dictionaries(
        {"number": counts, "name": names, "homepage": st.just("https://gazette.example/"), "version": counts}
    )
    reviewed = draw(st.booleans())
    article = {
        "record": "article",
        "number": number,
        "text": text,
        "text_sha256": digest(text),
        "outlet": draw(st.none() | outlet),
        "published_on": draw(days),
        "url": draw(
            st.sampled_from(("", "https://gazette.example/nets?id=7&x=%C3%A9", f"http://a.example/{number}"))
        ),
        "language": draw(st.sampled_from(("", "en", "de", "fa", "ja", "zz"))),
        "story": draw(st.none() | counts),
        "is_hidden": draw(st.booleans()),
        "source_name": draw(st.sampled_from(("", "news/a b.txt", "news.zip!may/ü.txt", "x.jsonl:12", "😀"))),
        "encoding": "utf-8",
        "reader": "text",
        "source_sha256": digest("bytes"),
        "imported_at": draw(times),
        "extracted_with": draw(st.sampled_from(("", "2026.11"))),
        "extraction_tries": draw(st.integers(0, 2)),
        "extraction_failure": "",
        "reviewed_by": "anna" if reviewed else "",
        "reviewed_at": draw(times) if reviewed else None,
        "needs_second_look": draw(st.booleans()),
        "version": draw(counts),
        "analysis": draw(
            st.none() | st.just({"text_sha256": digest(text), "version": "1", "cues": [[0, 1, None, None, ""]]})
        ),
        "former_texts": former,
        "quotations": sorted(found, key=lambda each: each["spans"]),
        **fields,
    }
    return article  # type: ignore[return-value]


@st.composite
def exports(draw: st.DrawFn, *, most: int = 3) -> list[Record]:
    """A whole export: speakers before whom they are named by, acts, and an end with the numbers."""
    number = st.integers(1, 90)
    persons = [draw(_speakers(number)) for number in draw(st.lists(number, unique=True, max_size=3))]
    written = [
        draw(articles(persons, number=number)) for number in draw(st.lists(number, unique=True, max_size=most))
    ]
    acts = [draw(_acts(persons, written)) for _ in range(draw(st.integers(0, 2)))]
    return assembled(persons, written, acts, address=draw(st.sampled_from(("", "https://newsroom.example"))))


def assembled(
    persons: list[Any], written: list[Any], acts: list[Any], *, address: str = "https://newsroom.example"
) -> list[Record]:
    quoted = sum(len(article["quotations"]) for article in written)
    head: Head = {
        "record": "head",
        "version": VERSION,
        "made_at": "2026-11-26T06:00:00+00:00",
        "offsets": OFFSETS,
        "address": address,
        "search": "articles?q=“nets”",
        "articles": len(written),
        "quotations": quoted,
    }
    end: End = {
        "record": "end",
        "articles": len(written),
        "quotations": quoted,
        "speakers": len(persons),
        "acts": len(acts),
    }
    return [head, *persons, *written, *acts, end]


@st.composite
def _speakers(draw: st.DrawFn, number: int) -> dict[str, Any]:
    return {
        "record": "speaker",
        "number": number,
        "name": draw(names),
        "qualifier": draw(st.sampled_from(("", "footballer"))),
        "kind": draw(st.sampled_from(("person", "body"))),
        "role": draw(words),
        "wikidata_id": draw(st.sampled_from(("", "Q42"))),
        "is_hidden": draw(st.booleans()),
        "merged_into": None,
        "aliases": draw(st.lists(names, max_size=2)),
        "version": draw(counts),
    }


@st.composite
def _acts(draw: st.DrawFn, persons: list[dict[str, Any]], written: list[Article]) -> dict[str, Any]:
    found = [quotation["uid"] for article in written for quotation in article["quotations"]]
    of_what = st.one_of(
        *([st.fixed_dictionaries({"quotation": st.sampled_from(found)})] if found else []),
        *(
            [st.fixed_dictionaries({"speaker": st.sampled_from([each["number"] for each in persons])})]
            if persons
            else []
        ),
        st.fixed_dictionaries({"article": st.sampled_from([each["number"] for each in written] or [1])}),
    )
    change = st.builds(lambda of, before, after: {**of, "before": before, "after": after}, of_what, values, values)
    return {
        "record": "act",
        "uid": draw(uids),
        "verb": draw(st.sampled_from(("accept", "edit", "join", "undo"))),
        "by": "anna",
        "at": draw(times),
        "article": draw(st.sampled_from([None, *(article["number"] for article in written)])),
        "note": draw(words),
        "undoes": draw(st.none() | uids),
        "changes": draw(st.lists(change, max_size=2)),
        "left_out": draw(st.integers(0, 2)),
    }


class Live(dict[str, Any]):
    """A record of which one can tell when it is gone."""

    __slots__ = ("__weakref__",)


def many(number: int, *, quoted: int = 2) -> Iterator[Record]:
    """`number` small articles with as many quotations each, made one after the other."""
    yield head_of_many(number, quoted=quoted)
    for each in range(1, number + 1):
        yield Live(small_article(each, quoted=quoted))  # type: ignore[misc]
    yield {"record": "end", "articles": number, "quotations": quoted * number, "speakers": 0, "acts": 0}


def head_of_many(number: int, *, quoted: int = 2) -> Head:
    head = assembled([], [], [])[0]
    return {**head, "articles": number, "quotations": quoted * number}  # type: ignore[misc,return-value,typeddict-item]


def small_article(number: int, *, quoted: int = 2) -> dict[str, Any]:
    sentences = [f"“The nets of boat {number}-{each} were empty,” said Ann Low. " for each in range(quoted)]
    text = f"Invented article {number}.\n\n" + "".join(sentences)
    found = []
    at = len(text) - sum(map(len, sentences))
    for each, sentence in enumerate(sentences):
        end = at + sentence.index("”") + 1
        found.append(
            {
                "uid": str(uuid.UUID(int=number * 1000 + each)),
                "kind": "direct",
                "spans": [[at, end]],
                "content": text[at:end],
                "cue": [end + 1, end + 5],
                "cue_words": "said",
                "mention": [end + 6, end + 13],
                "mention_words": "Ann Low",
                "speaker": None,
                "speaker_name": "",
                "state": "suggested",
                "origin": "machine",
                "confidence": 0.8,
                "settled_by": "",
                "settled_at": None,
                "note": "",
                "is_hidden": False,
                "former_text": None,
                "version": 1,
            }
        )
        at += len(sentence)
    plain = dict.fromkeys(("byline", "place", "signoff", "licence", "second_look_note", "reviewed_by"), "")
    return {
        "record": "article",
        "number": number,
        "title": f"Invented article {number}",
        "text": text,
        "text_sha256": digest(text),
        "outlet": {"number": 1, "name": "The Harbour Gazette", "homepage": "", "version": 1},
        "published_on": "2025-03-04",
        "url": f"https://gazette.example/{number}",
        "language": "en",
        "story": None,
        "is_hidden": False,
        "source_name": f"invented/{number}.txt",
        "encoding": "utf-8",
        "reader": "text",
        "source_sha256": "",
        "imported_at": "2025-03-04T10:15:00+00:00",
        "extracted_with": "2026.11",
        "extraction_tries": 0,
        "extraction_failure": "",
        "reviewed_at": None,
        "needs_second_look": False,
        "version": 1,
        "analysis": None,
        "former_texts": [],
        "quotations": found,
        **plain,
    }
