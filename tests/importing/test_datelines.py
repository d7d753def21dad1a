import pytest

from articles.importing.datelines import find_dateline


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("TEHRAN – ", "Tehran"),
        ("TEHRAN—", "Tehran"),
        ("TEHRAN -- ", "Tehran"),
        ("TEHRAN - ", "Tehran"),
        ("LONDON (Reuters) - ", "London"),
        ("London (AFP) – ", "London"),
        ("The Hague (AFP) – ", "The Hague"),
        ("NEW YORK, Sept 3 — ", "New York"),
        ("NEW YORK, 3 September — ", "New York"),
        ("NEW YORK, Tuesday — ", "New York"),
        ("TEHRAN, Sept. 24 (MNA) – ", "Tehran"),
        ("PORT ELLERY, 3 March 2025 – ", "Port Ellery"),
        ("KYIV, Ukraine (AP) — ", "Kyiv, Ukraine"),
        ("HEMPSTEAD, N.Y., Sept. 26 (UPI) ― ", "Hempstead, N.Y."),
        ("WASHINGTON, D.C. — ", "Washington, D.C."),
        ("DUBAI, United Arab Emirates — ", "Dubai, United Arab Emirates"),
        ("LONDON, UK – ", "London, UK"),
        ("ST. LOUIS — ", "St. Louis"),
        ("SÃO PAULO — ", "São Paulo"),
        ("RIO DE JANEIRO — ", "Rio de Janeiro"),
        ("PORT-AU-PRINCE, Haiti – ", "Port-au-Prince, Haiti"),
        ("NEWCASTLE-UPON-TYNE – ", "Newcastle-upon-Tyne"),
        ("PARIS/BERLIN (Reuters) - ", "Paris/Berlin"),
        ("KING'S LYNN – ", "King's Lynn"),
        ("L’AQUILA – ", "L’Aquila"),
        ("McALLEN, Texas — ", "McAllen, Texas"),
        ("LA PAZ – ", "La Paz"),
        ("ULM – ", "Ulm"),
        ("PORTLAND, Maine, USA – ", "Portland, Maine, USA"),
        ("SAN JUAN DE LA ROSA – ", "San Juan de la Rosa"),
    ],
)
@pytest.mark.parametrize("rest", ["The Leader said.", "“No,” he said.", "1,000 people", "Élan"])
def test_datelines(head: str, place: str, rest: str) -> None:
    found = find_dateline(head + rest)
    assert found is not None
    assert found.place == place
    assert (head + rest)[found.end :] == rest


@pytest.mark.parametrize(
    "line",
    [
        "",
        "TEHRAN",
        "TEHRAN –",
        "Tehran – The Leader said.",
        "TEHRAN: The Leader said.",
        "TEHRAN – the Leader said.",
        "BREAKING – Two ministers resign",
        "EXCLUSIVE - Two ministers resign",
        "LIVE UPDATES – Two ministers resign",
        "NATO – The alliance",
        "AB — The mayor",
        "PORTLAND, Maine, New England, USA – The mayor",
        "of (AP) – The mayor",
        "THE MAYOR OF UPPER SALLOW QUAY – The mayor",
        "ROVERS 2-1 CITY – Goals by",
        "Well-known people – All of them",
        "He said – No.",
        "I (AP) - He",
        "THE MAN WHO WAS NEVER ON THE BOAT THAT SANK – A story",
        "“TEHRAN” – He",
        "TEHRAN, where it all began – He",
        "TEHRAN" + "A" * 100 + " – He",
    ],
)
def test_what_is_no_dateline(line: str) -> None:
    assert find_dateline(line) is None


def test_a_long_line_is_looked_at_only_where_a_dateline_can_be() -> None:
    assert find_dateline("words " * 500_000 + " – The") is None
