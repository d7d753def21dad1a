import hashlib
import re
import unicodedata
from pathlib import Path

import pytest

from articles.importing import ArticleRecord, Source, find_files, read_text_file

SAMPLES = Path(__file__).parents[2] / "samples"
SEED = SAMPLES / "no-negotiations-leader-says.txt"
SEED_SHA256 = "cdc75bdbc48e8ebb7c4e0467f78f76399bd42a699fa7f2ee0b45c141970c2563"
INVENTED = sorted(set(SAMPLES.glob("*.txt")) - {SEED})


@pytest.fixture(params=INVENTED, ids=lambda path: path.stem)
def invented(request: pytest.FixtureRequest) -> ArticleRecord:
    return read_text_file(request.param)


def test_the_folder_gives_every_sample_and_no_problem() -> None:
    found = list(find_files([str(SAMPLES)]))
    assert all(isinstance(item, Source) for item in found)
    assert len(found) == len(INVENTED) + 1
    assert len(INVENTED) >= 10


def test_the_seed_is_the_original_byte_for_byte() -> None:
    record = read_text_file(SEED)
    assert hashlib.sha256(record.text.encode()).hexdigest() == SEED_SHA256
    assert (record.title, record.outlet) == (
        "No negotiations with U.S. at any level, Leader says",
        "Mehr News Agency",
    )
    assert (record.place, record.signoff, record.published_on, record.url) == ("Tehran", "NA/PA", None, "")
    assert record.licence == (
        "All Content by Mehr News Agency is licensed under a Creative Commons Attribution 4.0 International License."
    )


def test_the_seed_without_its_header_says_the_same_of_itself(tmp_path: Path) -> None:
    bare, headed = tmp_path / "seed.txt", read_text_file(SEED)
    bare.write_bytes(headed.text.encode())
    record = read_text_file(bare)
    assert record.text == headed.text
    assert (record.outlet, record.place, record.signoff, record.licence) == (
        headed.outlet,
        headed.place,
        headed.signoff,
        headed.licence,
    )
    assert record.title == (
        "Leader of the Islamic Revolution Ayatollah Ali Khamenei said on Tuesday that there will be "
        "no negotiations between Iran…"
    )


def test_an_invented_sample_has_all_that_a_header_can_give(invented: ArticleRecord) -> None:
    assert invented.title
    assert invented.outlet
    assert invented.published_on
    assert re.match(r"https://[a-z-]+\.example/", invented.url)
    assert invented.byline or invented.outlet == "Brannock Ferries"
    assert 250 <= len(invented.text.split()) <= 700


def test_an_invented_sample_quotes_somebody(invented: ArticleRecord) -> None:
    assert len(re.findall(r"[“\"]\w", invented.text)) >= 4


def sample(name: str) -> ArticleRecord:
    return read_text_file(SAMPLES / name)


def test_the_agency_copy_has_its_furniture() -> None:
    record = sample("agency-swale-bridge-shut.txt")
    assert (record.place, record.signoff) == ("Port Ellery", "IT/MR")
    assert record.licence.startswith("All content by Halyard Press Agency is licensed")


def test_the_rewrite_shares_words_with_the_copy_but_is_not_the_copy() -> None:
    copy, rewrite = sample("agency-swale-bridge-shut.txt").text, sample("wire-rewrite-traffic-jam.txt").text
    shared = "The bridge did what a well-made bridge does: it warned us before it failed us"
    assert shared in copy
    assert shared in rewrite
    assert "traffic jam than for a funeral" in copy
    assert "traffic jam than a funeral" in rewrite


def test_the_broadsheet_opens_each_paragraph_of_a_quotation_and_closes_the_last() -> None:
    paragraphs = sample("broadsheet-mended-next-year.txt").text.split("\n\n")
    unclosed = [text for text in paragraphs if text.count("“") == text.count("”") + 1]
    assert len(unclosed) == 2
    assert all(text.startswith("“") for text in unclosed)


def test_the_emoji_sample_tests_offsets() -> None:
    text = sample("emoji-saffron-on-the-ferry.txt").text
    assert "گلنار سپهرپور" in text
    assert "נועם" in text
    assert "\u200d" in text
    assert any(ord(char) > 0xFFFF for char in text)
    assert unicodedata.normalize("NFC", text) != text


def test_the_windows_1252_sample_is_one_with_crlf_throughout() -> None:
    data = (SAMPLES / "windows-1252-aranuela-bay.txt").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r") > 10
    record = sample("windows-1252-aranuela-bay.txt")
    assert record.encoding == "windows-1252"
    assert record.text == data.decode("cp1252").replace("\r\n", "\n").partition("\n\n")[2]
    assert set("“”’—…éñü£") <= set(record.text)


def test_straight_marks_only_in_the_match_report() -> None:
    assert not set("“”‘’") & set(sample("sports-late-winner.txt").text)


def test_the_list_names_every_sample() -> None:
    listed = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in listed for path in SAMPLES.glob("*.txt"))
