import time
from datetime import date

import pytest

from articles.importing import UnreadableInput
from articles.importing.headers import Header, is_name, split_header, tidy

FULL = """Title: The bridge
Outlet: The Courier
Author: Jane Roe
Date: 24 September 2019
URL: https://courier.example/bridge?a=b:c
Place: Port Ellery
Licence: CC BY 4.0
"""


def split(text: str) -> tuple[Header, str]:
    return split_header(text, source="a.txt")


def refusal(text: str) -> str:
    with pytest.raises(UnreadableInput) as caught:
        split(text)
    return str(caught.value)


def test_every_field() -> None:
    header, text = split(f"{FULL}\nThe words.\n\nMore.\n")
    assert header == Header(
        title="The bridge",
        outlet="The Courier",
        byline="Jane Roe",
        published_on=date(2019, 9, 24),
        url="https://courier.example/bridge?a=b:c",
        place="Port Ellery",
        licence="CC BY 4.0",
    )
    assert text == "The words.\n\nMore.\n"


def test_any_order_and_case_and_other_names() -> None:
    header, text = split("date:2019-09-24\nLICENSE : CC0\nbyline: Jane Roe\nHeadLine:\tThe bridge\n\nWords")
    assert header == Header(title="The bridge", byline="Jane Roe", published_on=date(2019, 9, 24), licence="CC0")
    assert text == "Words"


def test_continuation_lines() -> None:
    header, _ = split("Title: The bridge\n  that was\n\tmended\nAuthor:\n Jane Roe\n\nWords")
    assert header == Header(title="The bridge that was mended", byline="Jane Roe")


def test_an_empty_field_is_not_given() -> None:
    assert split("Title: The bridge\nDate:\nURL:\nAuthor:\n\nWords") == (Header(title="The bridge"), "Words")


def test_only_the_headers_own_empty_line_goes() -> None:
    assert split("Title: A\n \t\n\n  Words \n")[1] == "\n  Words \n"


def test_a_header_alone() -> None:
    assert split("Title: A") == (Header(title="A"), "")
    assert split("Title: A\n") == (Header(title="A"), "")


@pytest.mark.parametrize("line", ["Title: A", "Outlet: A", "Date: 2019-09-24", "URL: http://a.example", "Author: Jo"])
def test_one_field_is_enough(line: str) -> None:
    header, text = split(f"{line}\n\nWords")
    assert header != Header()
    assert text == "Words"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Words",
        "Note: this was corrected.\n\nWords",
        "Reporter: Why?\nMinister: Because.\n\nReporter: Oh.",
        "Author: I never meant to write it.\nReporter: Really?\n\nAuthor: Really.",
        "Author: I never meant to write it.\n\nWords",
        "Author: AI stole my book\n\nWords",
        "Place: the final frontier\n\nWords",
        "Place: Rome\nThe words go on.",
        "Title insurance: what to know\n\nWords",
        "https://courier.example/a\n\nWords",
        "10:30: the bridge opens\n\nWords",
        "\nTitle: A\nOutlet: B\n\nWords",
        " Title: A\n\nWords",
        "The minister said:\nTitle: A\n\nWords",
        "Section: News\nTitle: A\n\nWords",
    ],
)
def test_what_is_no_header_stays(text: str) -> None:
    assert split(text) == (Header(), text)


def test_a_bad_date() -> None:
    assert refusal("Title: A\nDate: 24 Brumaire\n\nWords") == (
        'a.txt: line 2: the date "24 Brumaire" is not understood; '
        "write it as 2019-09-24, 24 September 2019 or Sept 24, 2019"
    )


def test_an_address_is_written_in_one_way() -> None:
    header, _ = split("URL: HTTPS://Courier.Example/Bridge#top\n\nWords.")
    assert header.url == "https://courier.example/Bridge"


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "javascript:alert(1)", "www.a.example", "http://", "http://[a", "http://a b"]
)
def test_a_bad_address(url: str) -> None:
    assert refusal(f"URL: {url}\n\nWords") == (
        f'a.txt: line 1: "{url}" is not a web address; it must begin with http:// or https://'
    )


@pytest.mark.parametrize(
    "text", ["Title: A\nOutlet: B\nSection: News\n\nWords", "Title: A\nOutlet: B\nSection: News"]
)
def test_an_unknown_field(text: str) -> None:
    assert refusal(text) == (
        'a.txt: line 3: "Section" is not a header field (Title, Outlet, Author, Date, URL, Place, Licence); '
        "if this is the article's own text, begin the file with an empty line"
    )


def test_an_unknown_field_before_two_known_ones() -> None:
    assert refusal("Section: News\nTitle: A\nOutlet: B\n\nWords").startswith('a.txt: line 1: "Section" is not')


def test_a_field_given_twice() -> None:
    message = 'a.txt: line 4: "Byline" was given before, as "author" in line 3'
    assert refusal("Title: A\n A\nauthor: B\nByline: C\n\nWords") == message


def test_a_header_without_its_empty_line() -> None:
    assert refusal("Title: A\nThe words go on.\n\nMore") == (
        "a.txt: line 2: neither a header field nor the empty line that ends one; "
        "if this is the article's own text, begin the file with an empty line"
    )


def test_a_value_that_is_too_long() -> None:
    assert split(f"Title: {'a' * 500}\n\nWords")[0].title == "a" * 500
    assert refusal(f"Title: {'a' * 501}\n\nWords") == 'a.txt: line 1: "Title" is longer than 500 characters'


@pytest.mark.parametrize(("name", "longest"), [("Outlet", 200), ("Author", 300), ("Place", 100), ("Licence", 500)])
def test_each_field_has_its_length(name: str, longest: int) -> None:
    assert split(f"Title: T\n{name}: {'a' * longest}\n\nWords")[1] == "Words"
    message = f'a.txt: line 2: "{name}" is longer than {longest} characters'
    assert refusal(f"Title: T\n{name}: {'a' * (longest + 1)}\n\nWords") == message


def test_an_address_has_its_length() -> None:
    url = "https://a.example/"
    assert split(f"URL: {url:b<1000}\n\nWords")[0].url == f"{url:b<1000}"
    assert refusal(f"URL: {url:b<1001}\n\nWords") == 'a.txt: line 1: "URL" is longer than 1,000 characters'


def test_the_line_is_counted_in_the_file() -> None:
    text = "\n".join(["Title: A", *["  and"] * 11, "Date: x", "", "Words"])
    assert refusal(text).startswith("a.txt: line 13: ")


def test_a_header_has_no_more_than_50_lines() -> None:
    assert split("Title: A" + "\n  b" * 49 + "\n\nWords")[1] == "Words"
    assert refusal("Title: A" + "\n  b" * 50 + "\n\nWords").startswith("a.txt: line 51: neither")
    transcript = "A: yes\n" * 100
    assert split(transcript) == (Header(), transcript)


def test_megabytes_of_header_lines_take_no_minutes() -> None:
    started = time.process_time()
    refusal("Title: A\n" + " b\n" * 1_000_000)
    split("a: b\n" * 1_000_000)
    assert time.process_time() - started < 10


def test_tidy() -> None:
    assert tidy("  a\tb \n c\x07d\x00 ") == "a b c d"


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("Jane Roe", True),
        ("Jane Roe and Ana de la Cruz", True),
        ("O’Neill", True),
        ("Jane Roe in Port Ellery", True),
        ("jane roe", False),
        ("Jane roe", False),
        ("Jane Roe.", False),
        ("", False),
        ("12", False),
        ("Jane Roe. ", False),
        ("A " * 12, True),
        ("A " * 13, False),
    ],
)
def test_names(value: str, answer: bool) -> None:
    assert is_name(value) is answer
