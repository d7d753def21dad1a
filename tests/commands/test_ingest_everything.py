"""One run over a folder with every format and every defect: what is stored, and a report that somebody can act on."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import textwrap
import zipfile
from pathlib import Path

import docx

from tests.importing.reading_helpers import pdf_of, zipped
from tests.racing import PATIENCE

from .conftest import OwnDatabase, article_text

# Headline and text go into these.
NITF = (
    "<nitf><body><body.head><hedline><hl1>Bridge</hl1></hedline></body.head>"
    "<body.content><p>{}</p></body.content></body></nitf>"
)
NEWSML = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:elm:1"><itemMeta><itemClass qcode="ninat:text"/>'
    "</itemMeta><contentMeta><headline>Bridge</headline></contentMeta><contentSet>"
    "<inlineData contenttype='text/plain'>{}</inlineData></contentSet></newsItem>"
)
RSS = (
    "<rss version='2.0'><channel><title>Elm</title>"
    "<item><title>Bridge</title><description>{}</description></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>Elm</title><entry><title>Bridge</title>"
    "<content type='html'>&lt;p&gt;{}&lt;/p&gt;</content></entry></feed>"
)
MAIL = (
    "From: Ida <ida@elm.example>\r\nSubject: Bridge\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n{}"
)
PAGE = "<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>{}</p></article></body></html>"
TEASER = "<article><h2><a href='/1'>Headline of a long day in the harbour</a></h2><p>Read on for more.</p></article>"
ENTITIES = (
    '<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    "<nitf><body><body.content><p>&b;</p></body.content></body></nitf>"
)
CAST = [
    ("Carmen counted", "waiting outside the harbour", 3),
    ("Bruno painted", "lying in the dry dock", 5),
    ("Esther inspected", "tied up at the long pier", 7),
    ("Farid mended", "drawn up on the sand", 11),
]
QUOTATION_ENDS = len("“The bridge stays shut for 10 days,”")


def words(number: int) -> str:
    """Over thirty words, a quotation first; with two digits, it always ends at the same place."""
    boats = " ".join(f"{who} {number * step} boats {where} on day {number + step}." for who, where, step in CAST)
    return f"“The bridge stays shut for {number} days,” Ada Brook, the harbour master, said. {boats}"


def json_line(text: str, **more: object) -> str:
    return json.dumps({"title": "Bridge", "text": text, **more})


def word_document(text: str) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_heading("Bridge", 0)
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", b"0" * 30_000_000)
    return packed.getvalue()


def web_annotation(text: str) -> bytes:
    position = {"type": "TextPositionSelector", "start": 0, "end": QUOTATION_ENDS}
    target = {"source": {"id": "https://elm.example/annotated", "value": text}, "selector": position}
    body = {"type": "TextualBody", "purpose": "tagging", "value": "content"}
    context = "http://www.w3.org/ns/anno.jsonld"
    return json.dumps({"@context": context, "type": "Annotation", "body": body, "target": target}).encode()


def good() -> dict[str, bytes]:
    """Every format, each with an article of its own; names say nothing of the format."""
    label = [[0, QUOTATION_ENDS, "Content"]]
    return {
        "plain": words(1).encode(),
        "headed": f"Title: Bridge\nOutlet: The Gazette\n\n{words(2)}".encode(),
        "markdown": f"---\ntitle: Bridge\n---\n\n# Bridge\n\n{words(3)}".encode(),
        "page": PAGE.format(words(4)).encode(),
        "lines": f"{json_line(words(5))}\n{json_line(words(6))}\n".encode(),
        "array": f"[{json_line(words(7))}]".encode(),
        "table": f'title,text\nBridge,"{words(8)}"\n'.encode(),
        "nitf": NITF.format(words(9)).encode(),
        "newsml": NEWSML.format(words(15)).encode(),
        "rss": RSS.format(words(16)).encode(),
        "atom": ATOM.format(words(17)).encode(),
        "mail": MAIL.format(words(18)).encode(),
        "word": word_document(words(19)),
        "pdf": pdf_of(textwrap.wrap(words(14), 80)),
        "zip": zipped({"a": words(20).encode(), "inner.zip": zipped({"b": words(21).encode()})}),
        "tar": tarred("a", words(22).encode()),
        "gz": gzip.compress(words(23).encode()),
        "xz": lzma.compress(words(24).encode()),
        "bz2": bz2.compress(words(25).encode()),
        "brat.txt": words(10).encode(),
        "brat.ann": f"T1\tContent 0 {QUOTATION_ENDS}\t{words(10)[:QUOTATION_ENDS]}\n".encode(),
        "doccano": json_line(words(11), label=label).encode(),
        "web-annotation": web_annotation(words(12)),
        "cp1252": words(26).encode("cp1252"),
        "utf-16": words(27).encode("utf-16"),
        "decomposed": f"\u200b{words(28)} Cafe\u0301.\u200b".encode(),
        "copy-of-plain": f"\ufeff{words(1)}".encode(),
        "version-1": json_line(f"{words(30)} It rained.", url="https://elm.example/30").encode(),
        "version-2": json_line(f"{words(30)} It snowed.", url="https://elm.example/30").encode(),
        "raises": article_text(7).encode(),
    }


BAD = {
    "bomb": (bomb(), "expands to more than"),
    "deep": (zipped({"1": zipped({"2": zipped({"3": b"x"})})}), "deep; not opened"),
    "cut-zip": (zipped({"a": words(40).encode()})[:-30], "damaged zip archive"),
    "cut-gz": (gzip.compress(words(41).encode())[:-20], "damaged"),
    "entities": (ENTITIES.encode(), "declares entities of its own; refused"),
    "broken-xml": (b"<nitf><body>", "not well-formed XML"),
    "list": (f"<html><body>{TEASER * 12}</body></html>".encode(), "not an article (a list of articles)"),
    "short": (PAGE.format("Read on.").encode(), "words of text, fewer than 30"),
    "error": (b"<html><head><title>404 Not Found</title></head><body>Not found</body></html>", "an error page"),
    "empty": (b"", "empty file"),
    "nul": (b"a" * 1024 + b"\0 and more", "found a NUL byte at 1,024"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is a PNG picture"),
    "date": (b"Title: Nets\nDate: someday\n\nThe nets were empty.\n", 'the date "someday" is not understood'),
    "bad-line": (f"{json_line(words(42))}\n{{bad\n".encode(), "line 2: no JSON"),
    "columns": (b"a,b\n1,2\n3,4\n", "no column for the text; the columns are: a, b"),
    "outside": (json_line(words(43), label=[[9000, 9001, "Cue"]]).encode(), "lies outside the text; left out"),
}


# Texts that hang or kill the pipeline take their time: test_ingest_processes.py has them.
SET_ASIDE = {"raises": "(ValueError: seven)"}
ELSEWHERE = {
    "brat.ann": "read with their text; give the .txt file",
    "nowhere": "a link that leads nowhere",
    "missing": "no such file or folder",
}


def test_every_format_and_every_defect_in_one_run(
    own_database: OwnDatabase, tmp_path: Path, tripping: dict[str, str]
) -> None:
    folder = tmp_path / "everything"
    folder.mkdir()
    for name, data in {**good(), **{name: data for name, (data, _) in BAD.items()}}.items():
        (folder / name).write_bytes(data)
    (folder / "nowhere").symlink_to(folder / "gone")
    paths = [str(folder / "*"), str(folder / "missing")]
    process = own_database.start("ingest", "--json", "--processes", "1", *paths, **tripping)
    output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1 and output, errors
    report = json.loads(output)

    expected = {name: reason for name, (_, reason) in BAD.items()} | SET_ASIDE | ELSEWHERE
    reasons = {failure["source"].removeprefix(f"{folder}/"): failure["reason"] for failure in report["failures"]}
    by_file = {source.partition("!")[0]: reason for source, reason in reasons.items()}
    assert {name for name, reason in expected.items() if reason not in by_file[name]} == set()
    assert set(by_file) == set(expected)

    good_lines = 2  # of the two bad files that hold a good article as well
    doubled = ("brat.ann", "copy-of-plain", "version-2")
    several = 1 + 1  # "lines" and "zip" hold two each
    assert report["added"] == len(good()) - len(doubled) + several + good_lines
    assert (report["unchanged"], report["updated"]) == (1, 1)
    annotated = ("brat.txt", "doccano", "web-annotation")
    imported = own_database.query("SELECT content FROM articles_quotation WHERE origin = 'imported' ORDER BY id")
    assert sorted(imported) == [(words(number)[:QUOTATION_ENDS],) for number in (10, 11, 12)]
    assert report["extracted"] == report["added"] - len(annotated) - len(SET_ASIDE)
    assert own_database.manage("audit").startswith("No drift")
    readers = {reader for (reader,) in own_database.query("SELECT DISTINCT reader FROM articles_article")}
    assert readers == {
        *("text", "markdown", "html", "json-lines", "json", "csv", "nitf", "newsml-g2", "rss", "atom", "email"),
        *("docx", "pdf", "brat", "doccano", "web-annotation"),
    }
