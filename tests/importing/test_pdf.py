import textwrap

from articles.importing.pdf import paragraphs_of

from .reading_helpers import MORE, WORDS, pdf_of, problem_in, record_in


def test_lines_become_paragraphs() -> None:
    words = WORDS.replace("“", '"').replace("”", '"')
    lines = ["Bridge shut", *textwrap.wrap(words, 60), *textwrap.wrap(MORE, 60), "1"]
    record = record_in(pdf_of(lines))
    assert (record.title, record.text) == ("Bridge shut", f"Bridge shut\n\n{words}\n\n{MORE}")
    assert record.reader == "pdf"


def test_hyphens_and_running_lines() -> None:
    pages = [
        f"The Gazette\nThe har-\nbour stays shut, he said on page {n} of\nthis. Ex-\nMayor Roe left.\n{n}"
        for n in range(3)
    ]
    text = "\n".join(paragraphs_of(pages))
    assert text.count("The harbour stays shut") == 3
    assert "Ex- Mayor" in text
    assert "Gazette" not in text


def test_what_is_no_article() -> None:
    assert "without text" in problem_in(pdf_of([]))
    assert "fewer than 30" in problem_in(pdf_of(["Menu of the day"]))
    assert "61 pages" in problem_in(pdf_of(*[["Words"]] * 61))
    assert "cannot be read as a PDF document" in problem_in(b"%PDF-1.7\nnothing")
