from datetime import date

import pytest

from .reading_helpers import MORE, WORDS, problem_in, record_in

PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Bridge shut – The Harbour Gazette</title>
<meta property="og:site_name" content="The Harbour Gazette"><meta name="author" content="Ida Moss">
<meta property="article:published_time" content="2025-03-04T10:00:00Z">
<link rel="canonical" href="https://gazette.example/bridge"><script>var x = "never";</script></head>
<body><nav><a href="/">Home</a><a href="/news">News</a></nav>
<article><h1>Bridge shut</h1><p>{WORDS}</p><p>{MORE}</p></article>
<aside><a href="/1">Read this too</a></aside><footer>All the small print</footer></body></html>"""


def test_the_article_and_what_the_page_says_of_it() -> None:
    record = record_in(PAGE.encode())
    assert record.text == f"{WORDS}\n\n{MORE}"
    assert (record.title, record.outlet, record.byline) == ("Bridge shut", "The Harbour Gazette", "Ida Moss")
    assert (record.published_on, record.url) == (date(2025, 3, 4), "https://gazette.example/bridge")
    assert (record.language, record.reader, record.encoding) == ("en", "html", "utf-8")


@pytest.mark.parametrize("name", ["iso-8859-1", "windows-1252"])
def test_the_encoding_that_a_page_declares(name: str) -> None:
    record = record_in(PAGE.replace("utf-8", name).encode("cp1252"))
    assert (record.text.partition(",”")[0], record.encoding) == ("“The bridge stays shut", "windows-1252")


@pytest.mark.parametrize(
    "title", ["404 Not Found", "Page not found | The Gazette", "Access Denied", "Just a moment..."]
)
def test_error_pages(title: str) -> None:
    page = f"<html><head><title>{title}</title></head><body><p>{WORDS}</p></body></html>"
    assert "not an article (an error page" in problem_in(page.encode())


@pytest.mark.parametrize(
    "title", ["404 jobs lost in Port Elm", "Forbidden love of a ferryman", "Oops and other words"]
)
def test_headlines_that_begin_like_errors(title: str) -> None:
    page = f"<html><head><title>{title}</title></head><body><article><p>{WORDS}</p></article></body></html>"
    assert record_in(page.encode()).title == title


def test_an_article_about_errors() -> None:
    paragraphs = "".join(f"<p>{WORDS}</p>" for _ in range(6))
    page = f"<html><head><title>Not found: the lost boats of Port Elm</title></head><body>{paragraphs}</body></html>"
    assert record_in(page.encode()).text


def test_a_list_of_articles() -> None:
    teasers = "".join(
        f'<article><h2><a href="/{n}">Headline number {n} of a long day in the harbour</a></h2>'
        f"<p>A teaser of some words on the story number {n}, read on for more.</p></article>"
        for n in range(12)
    )
    assert problem_in(f"<html><body>{teasers}</body></html>".encode()) == "in: not an article (a list of articles)"


@pytest.mark.parametrize("page", [b"<html>", b"<html></html>", b"<p>", b"<html><body>" + b"<div>" * 5_000])
def test_pages_with_nothing_in_them(page: bytes) -> None:
    assert "not an article" in problem_in(page) or "cannot be read as" in problem_in(page)
