"""NewsML-G2 and NITF of an invented agency, and XML that means harm."""

from datetime import date

import pytest

from .reading_helpers import MORE, WORDS, everything_in, problem_in, record_in

NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://agency.example/nitf-3-4.dtd">
<nitf xml:lang="en"><head><title>x</title><docdata><date.issue norm="20250304T101500Z"/></docdata>
<pubdata name="Elm Agency"/></head><body><body.head><hedline><hl1>Bridge &amp; ferry</hl1></hedline>
<byline>By <person>Ida Moss</person></byline><dateline><location>Port Elm</location></dateline></body.head>
<body.content><p>{WORDS}</p><media><media-caption>a caption</media-caption></media><p>{MORE}</p></body.content>
</body></nitf>"""

ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:elm:1" xml:lang="en">
<rightsInfo><copyrightNotice>© Elm Agency</copyrightNotice></rightsInfo>
<itemMeta><itemClass qcode="ninat:{kind}"/><provider><name>Elm Agency</name></provider>
<versionCreated>2025-03-04T10:00:00+01:00</versionCreated></itemMeta>
<contentMeta><by>By Ida Moss</by><headline>Bridge shut</headline><language tag="en"/></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
HTML = f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{WORDS}</p><p>{MORE}</p></body></html></inlineXML>'
INNER_NITF = f"<inlineXML>{NITF[NITF.index('<nitf') :]}</inlineXML>"
PLAIN = f"<inlineData contenttype='text/plain'>{WORDS}\n\n{MORE}</inlineData>"


def test_nitf() -> None:
    record = record_in(NITF.encode())
    assert record.text == f"{WORDS}\n\n{MORE}"
    assert (record.title, record.byline, record.outlet) == ("Bridge & ferry", "Ida Moss", "Elm Agency")
    assert (record.place, record.published_on, record.reader) == ("Port Elm", date(2025, 3, 4), "nitf")


@pytest.mark.parametrize("content", [HTML, INNER_NITF, PLAIN])
def test_newsml(content: str) -> None:
    record = record_in(ITEM.format(kind="text", content=content).encode())
    assert record.text == f"{WORDS}\n\n{MORE}"
    assert (record.title, record.byline, record.outlet) == ("Bridge shut", "Ida Moss", "Elm Agency")
    assert (record.licence, record.published_on, record.reader) == ("© Elm Agency", date(2025, 3, 4), "newsml-g2")


def test_a_message_of_many_items() -> None:
    items = ITEM.format(kind="text", content=HTML) + ITEM.format(kind="picture", content="")
    message = f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{items}</itemSet></newsMessage>'
    records, problems = everything_in(message.encode())
    assert [record.source_name for record in records] == ["in#1"]
    assert problems == ["in: item 2: no text in it (ninat:picture)"]


LAUGHS = "".join(f'<!ENTITY l{n} "' + f"&l{n - 1};" * 10 + '">' for n in range(1, 20))
DECLARATIONS = [
    f'<!ENTITY l0 "ha">{LAUGHS}',
    '<!ENTITY l19 SYSTEM "file:///etc/passwd">',
    '<!ENTITY % x SYSTEM "http://a">',
]


@pytest.mark.parametrize("declared", DECLARATIONS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("where", ["<p>&l19;</p>", '<p a="&l19;">words</p>'])
def test_entities_are_refused(declared: str, encoding: str, where: str) -> None:
    start = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE nitf [{declared}]>'
    data = f"{start}<nitf><body><body.content>{where}</body.content></body></nitf>".encode(encoding)
    problem = problem_in(data)
    assert "entities of its own; refused" in problem or "not well-formed" in problem
    assert "root:" not in problem


def test_names_of_characters_that_html_knows() -> None:
    without_type = NITF.replace('<!DOCTYPE nitf SYSTEM "http://agency.example/nitf-3-4.dtd">', "")
    for data in (NITF, without_type):
        assert "A – B" in record_in(data.replace("<body.content>", "<body.content><p>A &ndash; B</p>").encode()).text


def test_xml_that_is_broken_or_of_another_kind() -> None:
    assert problem_in(NITF[:-40].encode()).startswith("in: line 6: not well-formed XML (")
    assert problem_in(b"<?xml version='1.0'?><svg/>") == "in: XML of a kind that is not read (its root is <svg>)"
    assert "more" not in problem_in(b"<nitf>" + b"<p>" * 100_000)
