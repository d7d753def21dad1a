from datetime import date

from .reading_helpers import MORE, WORDS, everything_in, problem_in

RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Elm &amp;amp; Co</title><language>en</language>
<item><title>Bridge</title><link>https://elm.example/1</link><pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate>
<dc:creator>Ida Moss</dc:creator><description>short</description>
<content:encoded><![CDATA[<p>{WORDS}</p><p>{MORE}</p>]]></content:encoded></item>
<item><title>Ferry</title><author>desk@elm.example (Jon Reed)</author><guid>https://elm.example/2</guid>
<description>{WORDS} &nbsp; End.</description></item>
<item><title>Teaser</title><description>Read more here.</description></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Elm</title>
<entry><title type="html">Bridge &lt;b&gt;shut&lt;/b&gt;</title><link rel="self" href="https://elm.example/x"/>
<link href="https://elm.example/1"/><published>2025-03-04T10:00:00Z</published><author><name>Ida Moss</name></author>
<content type="html">&lt;p&gt;{WORDS}&lt;/p&gt;&lt;p&gt;{MORE}&lt;/p&gt;</content></entry>
<entry><title>Ferry</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{WORDS}</p></div></content>
</entry></feed>"""


def test_rss() -> None:
    records, problems = everything_in(RSS.encode())
    first, second = records
    assert (first.text, first.title, first.outlet) == (f"{WORDS}\n\n{MORE}", "Bridge", "Elm & Co")
    assert (first.byline, first.url, first.published_on) == ("Ida Moss", "https://elm.example/1", date(2025, 3, 4))
    assert (first.reader, first.source_name, first.language) == ("rss", "in#1", "en")
    assert (second.byline, second.url) == ("Jon Reed", "https://elm.example/2")
    assert problems == ['in: item 3 "Teaser": not an article (3 words of text, fewer than 30)']
    assert first.sha256 != second.sha256


def test_atom() -> None:
    records, problems = everything_in(ATOM.encode())
    assert problems == []
    assert [record.text for record in records] == [f"{WORDS}\n\n{MORE}", WORDS]
    first = records[0]
    assert (first.title, first.byline, first.url) == ("Bridge shut", "Ida Moss", "https://elm.example/1")
    assert (first.outlet, first.published_on, first.reader) == ("Elm", date(2025, 3, 4), "atom")


def test_a_feed_without_items() -> None:
    assert problem_in(b"<rss><channel><title>Elm</title></channel></rss>") == "in: a feed without items"
