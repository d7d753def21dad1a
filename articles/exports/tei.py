"""TEI P5: a teiCorpus, each article a TEI with its header.

Carries the texts exactly, titles, outlets, dates, addresses, licences; of each quotation that stands in its text
spans and words, cue, mention, kind, state, uid, and the speaker with name and Wikidata id. Content is
<said who="…">, or <quote> where no speaker is known; cue and mention are <seg>. Elements nest: where spans overlap,
are several, or reach over a paragraph, their pieces are linked by `prev` and `next`, and `n` says which span a piece
is of. Its kind and its state are categories of the corpus's header that `ana` points to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from xml.etree import ElementTree

from .checking import checked
from .endings import ends_with
from .records import Article, BrokenOff, Head, NotAnExport, Quotation, Record, Records
from .standing import check_text, content_of, note_wikidata_id, of_head, standing
from .tei_markup import ID, TEI, XML_ID, Element, Marked, add, fill_body, named, spans_in, words_of
from .whole import Ending

if TYPE_CHECKING:
    from lxml import etree

_BEGINNING = f'<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="{TEI}">\n'.encode()
_END = b"</teiCorpus>"
_CATEGORIES = {
    "kind": ("direct", "mixed", "indirect"),
    "state": ("suggested", "accepted", "rejected"),
}
_DIRECT = {"direct": "true", "indirect": "false", "mixed": "unknown"}


def looks_like(head: bytes) -> bool:
    return head.startswith(_BEGINNING)


def write(records: Records, out: BinaryIO) -> None:
    """The root is written by hand: a library would close it, and make whole what was not, where records stop."""
    out.write(_BEGINNING)
    out.write(_in_bytes(_corpus_header(cast("Head", next(records)))))
    bodies: set[int] = set()
    wikidata_ids: dict[int, str] = {}
    for record in records:
        match record["record"]:
            case "speaker":
                bodies.update([record["number"]] if record["kind"] == "body" else [])
                note_wikidata_id(record, wikidata_ids)
            case "article":
                out.write(_in_bytes(_article_element(record, bodies=bodies, wikidata_ids=wikidata_ids)))
            case "end":
                out.write(_END + b"\n")


def read(file: BinaryIO) -> Records:
    return checked(_records(file))


# Written


def _in_bytes(element: Element) -> bytes:
    written: bytes = ElementTree.tostring(element, encoding="utf-8")
    return written + b"\n"


def _corpus_header(head: Head) -> Element:
    header = Element("teiHeader")
    description = add(header, "fileDesc")
    add(add(description, "titleStmt"), "title", "Quotations in news articles")
    extent = add(description, "extent")
    add(extent, "measure", f"{head['articles']} articles", unit="article", quantity=str(head["articles"]))
    published = add(description, "publicationStmt")
    add(published, "publisher", "Newsroom")
    add(published, "date", head["made_at"], when=head["made_at"])
    notes = json.dumps(of_head(head))
    add(add(description, "notesStmt"), "note", notes, type="newsroom-head")
    add(add(description, "sourceDesc"), "p", "The articles below.")
    classes = add(add(header, "encodingDesc"), "classDecl")
    for name, values in _CATEGORIES.items():
        taxonomy = add(classes, "taxonomy", **{ID: name})
        for value in values:
            add(add(taxonomy, "category", **{ID: f"{name}-{value}"}), "catDesc", value)
    return header


def _article_element(article: Article, *, bodies: set[int], wikidata_ids: dict[int, str]) -> Element:
    root = Element("TEI", {"n": str(article["number"])})
    header = add(root, "teiHeader")
    description = add(header, "fileDesc")
    titles = add(description, "titleStmt")
    add(titles, "title", article["title"])
    if article["byline"]:
        add(titles, "author", article["byline"])
    _publication(add(description, "publicationStmt"), article)
    add(add(description, "sourceDesc"), "bibl", article["title"])
    profile = add(header, "profileDesc")
    if article["language"]:
        add(add(profile, "langUsage"), "language", ident=article["language"])
    quotations = standing(article)
    speakers = {each["speaker"]: each["speaker_name"] for each in quotations if each["speaker"] is not None}
    if speakers:
        people = add(profile, "particDesc")
        for tag, name_tag, of_it in (("person", "persName", False), ("org", "orgName", True)):
            listed = [number for number in speakers if (number in bodies) is of_it]
            parent = add(people, f"list{tag.capitalize()}") if listed else people
            for number in listed:
                element = add(parent, tag, **{ID: _speaker_id(article, number)})
                add(element, name_tag, speakers[number])
                if number in wikidata_ids:
                    add(element, "idno", wikidata_ids[number], type="Wikidata")
    marked = [each for quotation in quotations for each in _marked(quotation, article)]
    fill_body(add(add(root, "text"), "body"), article["text"], marked)
    return root


def _publication(parent: Element, article: Article) -> None:
    outlet = article["outlet"]
    if outlet:
        add(parent, "publisher", outlet["name"])
    else:
        add(parent, "authority", "not known")
    if article["published_on"]:
        add(parent, "date", article["published_on"], when=article["published_on"])
    if article["url"]:
        add(parent, "idno", article["url"], type="URL")
    add(parent, "idno", article["text_sha256"], type="text-SHA-256")
    if article["licence"]:
        add(add(parent, "availability"), "licence", article["licence"])


def _speaker_id(article: Article, number: int) -> str:
    return f"a{article['number']}-s{number}"


def _marked(quotation: Quotation, article: Article) -> Iterator[Marked]:
    uid, speaker = quotation["uid"], quotation["speaker"]
    about = {"ana": f"#kind-{quotation['kind']} #state-{quotation['state']}"}
    if speaker is not None:
        about |= {"who": f"#{_speaker_id(article, speaker)}", "direct": _DIRECT[quotation["kind"]]}
    tag = "quote" if speaker is None else "said"
    for number, (start, end) in enumerate(quotation["spans"], start=1):
        yield Marked(start, end, f"q-{uid}", number, tag, tuple(about.items()))
    for role, span in (("cue", quotation["cue"]), ("mention", quotation["mention"])):
        if span:
            attributes = (("type", role), ("corresp", f"#q-{uid}"))
            yield Marked(span[0], span[1], f"{role}-{uid}", 1, "seg", attributes)


# Read


def _records(file: BinaryIO) -> Iterator[Record]:
    file.seek(0)
    if not _BEGINNING.startswith(file.read(len(_BEGINNING))):
        raise NotAnExport("no TEI that an export made")
    if not ends_with(file, _END):
        raise BrokenOff("it ends before its end")
    file.seek(0)
    ending = Ending()
    articles = 0
    for element in _elements(file):
        parent = element.getparent()
        if element.tag == named("TEI"):
            yield ending.passing(_article(element))
        elif parent is not None and parent.tag == named("teiCorpus"):
            head = cast("Head", json.loads(words_of(_one(element, "note"))))
            articles = head["articles"]
            yield head
        else:
            continue
        element.clear()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
    if ending.articles != articles:
        raise BrokenOff(f"it should hold {articles:,} articles; it holds {ending.articles:,}")
    yield ending.end()


def _elements(file: BinaryIO) -> Iterator[etree._Element]:
    """Each article and header. Nothing is fetched or expanded, and nothing grows beyond libxml2's limits.

    Raises NotAnExport for what is no XML.
    """
    from lxml import etree

    safe: dict[str, Any] = {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "huge_tree": False,
        "collect_ids": False,
    }
    tags = (named("TEI"), named("teiHeader"))
    try:
        for _, element in etree.iterparse(file, events=("end",), tag=tags, **safe):
            yield cast("etree._Element", element)
    except etree.XMLSyntaxError as error:
        raise NotAnExport(f"no well-formed XML ({' '.join(str(error).split())[:100]})") from error


def _article(root: etree._Element) -> Article:
    outlet, date, url, licence, author = (
        words_of(found) if (found := _first(root, path)) is not None else None
        for path in ("publisher", "publicationStmt/t:date", "idno[@type='URL']", "licence", "author")
    )
    language = _first(root, "language")
    text, spans, first = spans_in(_one(root, "body"))
    article = {
        "record": "article",
        "number": int(str(root.get("n"))),
        "title": words_of(_one(root, "title")),
        "byline": author or "",
        "outlet": {"name": outlet} if outlet is not None else None,
        "published_on": date,
        "url": url or "",
        "licence": licence or "",
        "language": str(language.get("ident")) if language is not None else "",
        "text_sha256": words_of(_one(root, "idno[@type='text-SHA-256']")),
        "text": text,
    }
    check_text(text, words_of(_one(root, "idno[@type='text-SHA-256']")), what=f"article {article['number']}")
    speakers = {str(each.get(XML_ID)): each for each in root.iter(named("person"), named("org"))}
    names = [name for name in first if name.startswith("q-")]
    quotations = [_quotation(name, text, spans, first[name], speakers) for name in names]
    article["quotations"] = sorted(quotations, key=lambda each: (each["spans"], each["uid"]))
    return cast("Article", article)


def _quotation(
    name: str,
    text: str,
    spans: dict[str, list[list[int]]],
    element: etree._Element,
    speakers: dict[str, etree._Element],
) -> dict[str, Any]:
    uid = name.removeprefix("q-")
    kind, state = (each.partition("-")[2] for each in str(element.get("ana")).split(" "))
    who = element.get("who")
    speaker = speakers[str(who)[1:]] if who else None
    cue, mention = (spans[key][0] if (key := f"{role}-{uid}") in spans else None for role in ("cue", "mention"))
    return {
        "uid": uid,
        "kind": kind,
        "state": state,
        "spans": spans[name],
        "content": content_of(text, spans[name]),
        "cue": cue,
        "mention": mention,
        "speaker_name": words_of(speaker[0]) if speaker is not None else "",
        "wikidata_id": words_of(speaker[1]) if speaker is not None and len(speaker) > 1 else "",
    }


def _first(root: etree._Element, path: str) -> etree._Element | None:
    return root.find(f".//t:{path}", {"t": TEI})


def _one(root: etree._Element, path: str) -> etree._Element:
    found = _first(root, path)
    if found is None:
        raise NotAnExport(f"an element is missing: {path}")
    return found
