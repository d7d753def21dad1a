import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.ending import Ending, outlet_in, read_ending

MEHR = "All Content by Mehr News Agency is licensed under a Creative Commons Attribution 4.0 International License."


@pytest.mark.parametrize(
    ("text", "signoff", "licence"),
    [
        (f"He left. NA/PA {MEHR}", "NA/PA", MEHR),
        (f"He left.\n\nNA/PA\n\n{MEHR}\n", "NA/PA", MEHR),
        (f"He left. {MEHR}", "", MEHR),
        (f"He left. NAB/PAC {MEHR}", "NAB/PAC", MEHR),
        (f"He left.\n\n  NA/PA  \n\n   {MEHR}  \n", "NA/PA", MEHR),
        (f"He said “no”. (NA/PA)\n{MEHR}", "NA/PA", MEHR),
        ("He left. NA/PA", "NA/PA", ""),
        ("He left.\nNA/PA/TT\n", "NA/PA/TT", ""),
        ("He left.\nIT", "IT", ""),
        ("He left.\nbur-jsa/ach", "bur-jsa/ach", ""),
        ("He left.", "", ""),
    ],
)
def test_endings(text: str, signoff: str, licence: str) -> None:
    assert read_ending(text) == Ending(signoff, licence)


@pytest.mark.parametrize(
    "line",
    [
        MEHR,
        "This article is licensed under CC BY-SA 4.0.",
        "© 2019 The Courier. All rights reserved.",
        "Copyright 2019 The Courier",
        "Licence: CC BY 4.0",
        "Text under a Creative Commons licence",
        "CC BY-NC 4.0",
        "Republished under a Creative Commons licence from The Courier.",
        "Creative Commons Attribution 4.0",
    ],
)
def test_licence_lines_word_for_word(line: str) -> None:
    assert read_ending(f"He left.\n\n{line}\n\n").licence == line


@pytest.mark.parametrize(
    "text",
    [
        "He left in the US",
        "He lives in the UK/US",
        "The bridge is shut.\n\nENDS",
        "The bridge is shut.\nEND",
    ],
)
def test_what_is_no_signoff(text: str) -> None:
    assert read_ending(text).signoff == ""


@pytest.mark.parametrize(
    "text",
    [
        "Copyright law is broken, judges said.",
        "“All content is licensed under Creative Commons,” she said. “This text is licensed under CC BY.”",
        "The photograph was licensed under an agreement of 1968, the court heard.",
        "All content was lost in the fire.",
        "Content creators said they were never asked.",
        "All content was destroyed. The firm was licensed under the Act.",
        f"{MEHR}\n\nHe left.",
        f"This text {'goes on and ' * 50} is licensed under CC BY.",
    ],
)
def test_what_is_no_licence_line(text: str) -> None:
    assert read_ending(text).licence == ""


def test_only_the_last_sentence_is_the_licence() -> None:
    text = "All content was destroyed in the fire. This text is licensed under CC BY 4.0."
    assert read_ending(text).licence == "This text is licensed under CC BY 4.0."


@pytest.mark.parametrize(
    ("licence", "outlet"),
    [
        (MEHR, "Mehr News Agency"),
        ("This work by The  Courier is licensed under CC BY 4.0", "The Courier"),
        ("All texts by Roe & Co are licenced under CC BY.", "Roe & Co"),
        ("This work is licensed by law.", ""),
        ("CC BY 4.0", ""),
        ("", ""),
    ],
)
def test_the_outlet_that_grants_it(licence: str, outlet: str) -> None:
    assert outlet_in(licence) == outlet


@given(st.text(max_size=200), st.sampled_from(["", MEHR, "NA/PA", f"NA/PA {MEHR}", "©"]))
def test_what_is_found_is_in_the_text(text: str, end: str) -> None:
    ending = read_ending(f"{text} {end}")
    assert ending.signoff in f"{text} {end}"
    assert ending.licence in f"{text} {end}"
