"""brat, doccano, Web Annotation and our own JSON: quotations that come with the text, on invented sentences."""

import io
import json
import tarfile
from pathlib import Path

import pytest

from articles.importing import ArticleRecord, find_files, read

from .reading_helpers import everything_in, marked, problem_in, record_in, zipped

TEXT = "😀 News\n\n“The bridge,” Ada Brook said, “stays shut.” Others left.\n"
PARTS = [("“The bridge,”", "content"), ("“stays shut.”", "content"), ("said", "cue"), ("Ada Brook", "source")]
EXPECTED = [("“The bridge,” … “stays shut.”", "said", "Ada Brook")]


def at(words: str, text: str = TEXT, encoding: str = "") -> tuple[int, int]:
    start = text.index(words)
    if encoding:
        width = 2 if encoding == "utf-16-le" else 1
        return len(text[:start].encode(encoding)) // width, len(text[: start + len(words)].encode(encoding)) // width
    return start, start + len(words)


def brat(text: str = TEXT, encoding: str = "") -> str:
    first, second = at("“The bridge,”", text, encoding), at("“stays shut.”", text, encoding)
    content = f"{first[0]} {first[1]};{second[0]} {second[1]}"
    cue, source = at("said", text, encoding), at("Ada Brook", text, encoding)
    return (
        f"T1\tContent {content}\t“The bridge,” “stays shut.”\n"
        f"T2\tCue {cue[0]} {cue[1]}\tsaid\n"
        f"T3\tSource {source[0]} {source[1]}\tAda Brook\n"
        f"T4\tAttribution {cue[0]} {cue[1]}\tsaid\n"
        "E1\tAttribution:T4 Content:T1 Cue:T2 Source:T3\n"
        "A1\tKind E1 direct\nN1\tReference T3 Wikidata:Q1\tAda Brook of Port Elm\n"
    )


@pytest.mark.parametrize("encoding", ["", "utf-16-le", "utf-8"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_brat_whatever_its_offsets_count(encoding: str, newline: str) -> None:
    text = TEXT.replace("\n", newline)
    record = record_in(zipped({"may/a.txt": text.encode(), "may/a.ann": brat(text, encoding).encode()}))
    assert (record.text, record.reader, record.source_name) == (TEXT, "brat", "in!may/a.txt")
    assert marked(record) == EXPECTED
    assert (record.quotations[0].kind, record.quotations[0].speaker_name) == ("direct", "Ada Brook of Port Elm")


def test_brat_in_a_folder_with_a_header_and_a_combining_accent(tmp_path: Path) -> None:
    text = f"Title: Bridge\nOutlet: The Gazette\n\nCafe\u0301 {TEXT}"
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "a.ann").write_text(brat(text))
    (record,) = read(tmp_path / "a.txt")
    assert isinstance(record, ArticleRecord)
    assert (record.title, record.outlet, record.text) == ("Bridge", "The Gazette", f"Café {TEXT}")
    assert marked(record) == EXPECTED


def in_polnears_order() -> dict[str, bytes]:
    """A text with the annotations of two people, and what brat keeps about a corpus."""
    return {
        "dev/annotation.conf": b"[entities]\nContent\nCue\nSource\n",
        "dev/text/may_4.txt": TEXT.encode(),
        "dev/attributions/may_4_zoe.ann": b"T1\tContent 2 6\tNews\n",
        "dev/attributions/may_4_ada.ann": brat().encode(),
    }


def test_brat_in_polnears_order_is_taken_by_the_first_annotator(tmp_path: Path) -> None:
    members = in_polnears_order()
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
    (in_folder,) = [record for source in find_files([tmp_path]) for record in read(source)]  # type: ignore[arg-type]
    assert isinstance(in_folder, ArticleRecord)
    for record in (record_in(zipped(members)), record_in(archive.getvalue()), in_folder):
        assert (record.text, record.reader, marked(record)) == (TEXT, "brat", EXPECTED)


def test_brat_with_several_contents_and_relations() -> None:
    first, second, cue = at("“The bridge,”"), at("“stays shut.”"), at("said")
    lines = (
        f"T1\tContent {first[0]} {first[1]}\t“The bridge,”\nT2\tContent {second[0]} {second[1]}\t“stays shut.”\n"
        f"T3\tCue {cue[0]} {cue[1]}\tsaid\n"
    )
    event = record_in(
        zipped({"a.txt": TEXT.encode(), "a.ann": f"{lines}E1\tAttribution:T3 Content:T1 Content2:T2\n".encode()})
    )
    assert marked(event) == [("“The bridge,” … “stays shut.”", "said", "")]
    joined = "R1\tSaid Arg1:T3 Arg2:T1\n"
    related = record_in(zipped({"a.txt": TEXT.encode(), "a.ann": (lines + joined).encode()}))
    assert marked(related) == [("“The bridge,”", "said", ""), ("“stays shut.”", "", "")]


def test_a_brat_annotation_whose_words_stand_elsewhere_costs_itself() -> None:
    wrong = brat() + "T9\tCue 0 4\tshouted\nT10\tCue x\n"
    records, problems = everything_in(zipped({"a.txt": TEXT.encode(), "a.ann": wrong.encode()}))
    assert marked(records[0]) == EXPECTED
    assert problems == [
        'in!a.ann: line 8: "T9": its words do not stand at its offsets; left out',
        "in!a.ann: line 9: no annotation of brat's; left out",
    ]


def test_brat_annotations_alone() -> None:
    assert (
        problem_in(brat().encode())
        == "in: brat annotations, which are read with their text; give the .txt file beside them"
    )


def test_doccano_with_relations_and_without() -> None:
    labels = [[*at(words), role] for words, role in PARTS]
    record = record_in(json.dumps({"text": TEXT, "label": labels}).encode())
    assert record.reader == "doccano"
    assert marked(record) == [("“The bridge,”", "said", "Ada Brook"), ("“stays shut.”", "said", "Ada Brook")]
    entities = [
        {"id": 10 + index, "label": role, "start_offset": at(words)[0], "end_offset": at(words)[1]}
        for index, (words, role) in enumerate(PARTS)
    ]
    relations = [{"id": 1, "from_id": 10 + index, "to_id": 13, "type": "part"} for index in range(3)]
    record = record_in(json.dumps({"text": TEXT, "entities": entities, "relations": relations}).encode())
    assert marked(record) == EXPECTED


def test_doccano_outside_the_text() -> None:
    records, problems = everything_in(json.dumps({"text": TEXT, "label": [[900, 901, "Cue"]]}).encode())
    assert records[0].quotations == ()
    assert problems == ['in: line 1: "Cue" from 900 to 901 lies outside the text; left out']


@pytest.mark.parametrize("name", ["quotes", "quotations"])
def test_what_newsroom_itself_writes(name: str) -> None:
    spans = [list(at(words)) for words, _ in PARTS[:2]]
    quotation = {
        "kind": "direct",
        "spans": spans,
        "cue": at("said"),
        "speaker": at("Ada Brook"),
        "speaker_name": "Ada",
    }
    records, problems = everything_in(json.dumps({"text": TEXT, name: [quotation, {"spans": [[5, 2]]}]}).encode())
    assert marked(records[0]) == EXPECTED
    assert (records[0].quotations[0].kind, records[0].quotations[0].speaker_name) == ("direct", "Ada")
    assert problems == [f"in: line 1: {name}, no. 2: its words do not stand at its offsets; left out"]


def web_annotation(encoding: str = "", *, source: object = None) -> bytes:
    source = source or {"id": "https://a.example/1", "value": TEXT, "title": "Bridge"}
    targets = []
    for words, role in PARTS:
        start, end = at(words, TEXT, encoding)
        position = {"type": "TextPositionSelector", "start": start, "end": end}
        targets.append(
            {"source": source, "role": role, "selector": [position, {"type": "TextQuoteSelector", "exact": words}]}
        )
    annotation = {"id": "a1", "type": "Annotation", "body": {"value": "direct", "name": "Ada"}, "target": targets}
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [annotation]}
    return json.dumps(page).encode()


@pytest.mark.parametrize("encoding", ["", "utf-16-le", "utf-8"])
def test_web_annotations_whatever_their_positions_count(encoding: str) -> None:
    record = record_in(web_annotation(encoding))
    assert (record.text, record.title, record.reader) == (TEXT, "Bridge", "web-annotation")
    assert marked(record) == EXPECTED
    assert record.quotations[0].kind == "direct"


def test_a_collection_of_ours_one_annotation_a_line() -> None:
    """Without what was rejected. The article's annotation has the text that targets name."""
    name = "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
    page = json.loads(web_annotation(source=name))
    (annotation,) = page.pop("items")
    rejected = {**annotation, "id": "a2", "isListed": False}
    article = {
        "id": "a0",
        "type": "Annotation",
        "motivation": "describing",
        "target": {"id": name, "value": TEXT, "headline": "Bridge"},
    }
    lines = ",\n".join(map(json.dumps, (article, rejected, annotation)))
    opening = json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection"})[:-1]
    record = record_in(f'{opening}, "first": {{"items": [\n{lines}\n]}}}}'.encode())
    assert (record.text, record.title, record.reader) == (TEXT, "Bridge", "web-annotation")
    assert marked(record) == EXPECTED


def test_a_web_annotation_by_its_quote_alone_and_by_links() -> None:
    source = {"id": "urn:a", "value": TEXT}
    items: list[object] = [
        {
            "id": f"urn:{index}",
            "type": "Annotation",
            "body": role,
            "target": {"source": source, "selector": {"type": "TextQuoteSelector", "exact": words}},
        }
        for index, (words, role) in enumerate(PARTS)
    ]
    items.append({"type": "Annotation", "motivation": "linking", "target": [f"urn:{index}" for index in range(4)]})
    assert marked(record_in(json.dumps(items).encode())) == EXPECTED


def test_a_web_annotation_and_its_text_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.jsonld").write_bytes(web_annotation(source="https://elsewhere.example/a.txt"))
    (record,) = read(tmp_path / "a.jsonld")
    assert isinstance(record, ArticleRecord)
    assert marked(record) == EXPECTED
    assert "neither in it nor beside it" in problem_in(web_annotation(source="https://elsewhere.example/a.txt"))


def test_a_speaker_may_be_a_name_and_the_span_two_numbers() -> None:
    row = {
        "text": "“We are ready,” she said, and all who stood in the hall that morning heard her say so.",
        "quotes": [
            {"start": 0, "end": 15, "text": "“We are ready,”", "speaker": "Mia Lundberg", "cue": [20, 24]},
            {"speaker": "Mia Lundberg"},
        ],
    }
    records, problems = everything_in(json.dumps(row).encode())
    (quotation,) = records[0].quotations
    assert (quotation.spans, quotation.cue, quotation.mention, quotation.speaker_name) == (
        ((0, 15),),
        (20, 24),
        None,
        "Mia Lundberg",
    )
    assert problems == ['in: line 1: quotes, no. 2: no offsets ({"spans": [[start, end]]}); left out']
