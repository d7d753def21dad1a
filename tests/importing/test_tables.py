import csv
from datetime import date

from .reading_helpers import WORDS, everything_in, problem_in, record_in

QUOTED = WORDS.replace('"', '""')


def test_a_table_with_newlines_in_cells() -> None:
    data = f'id,headline,body,date,link\n7,Bridge,"{QUOTED}\n\nEnd.",2025-03-04,https://a.example/1\n'.encode()
    record = record_in(data)
    assert (record.title, record.text, record.published_on) == ("Bridge", f"{WORDS}\n\nEnd.", date(2025, 3, 4))
    assert (record.url, record.source_name, record.reader) == ("https://a.example/1", "in:2", "csv")


def test_tabs_and_semicolons_and_other_encodings() -> None:
    for delimiter in "\t;":
        data = f"Title{delimiter}Text\nCafé{delimiter}Words — and more.\n"
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
            record = record_in(data.encode(encoding))
            assert (record.title, record.text) == ("Café", "Words — and more.")


def test_line_ends_of_all_kinds() -> None:
    for newline in ("\n", "\r\n", "\r"):
        records, problems = everything_in(
            "id\ttitle\n1\tOne.\n2\tTwo.\n".replace("\n", newline).encode(), mapping={"text": "title"}
        )
        assert ([record.text for record in records], problems) == (["One.", "Two."], [])


def test_columns_by_mapping() -> None:
    data = b"nr,wording,who\n1,He left.,Ida Moss\n2,She stayed.,Jon Reed\n"
    records, problems = everything_in(data, mapping={"text": "wording", "byline": "who"})
    assert problems == []
    assert [(record.text, record.byline) for record in records] == [
        ("He left.", "Ida Moss"),
        ("She stayed.", "Jon Reed"),
    ]


def test_without_a_text_the_columns_are_named() -> None:
    message = "in: no column for the text; the columns are: id, price, name; name it as in text=body"
    assert problem_in(b"id,price,name\n1,2,a\n2,3,b\n") == message
    assert problem_in(b"id,title,text\n1,2,a\n", mapping={"text": "body"}) == (
        'in: no column "body"; the columns are: id, title, text'
    )


def test_each_bad_row_costs_itself() -> None:
    records, problems = everything_in(b"title,text\nA,One.\nB,\nC,x,y\n\nD,Two.\n")
    assert [record.text for record in records] == ["One.", "Two."]
    assert problems == ['in: line 3: no text in the column "text"', "in: line 4: 3 cells under 2 columns"]


def test_a_quotation_mark_that_never_closes() -> None:
    csv.field_size_limit(50_000_000)  # as reading an export leaves it
    records, problems = everything_in(b'title,text\nA,One.\nB,"' + b"words \n" * 800_000)
    assert [record.text for record in records] == ["One."]
    assert len(problems) == 1
    assert problems[0].startswith("in: line 3: no row of a table (field larger than field limit")
