"""The CoNLL-U export as the package `conllu` takes it, and what is damaged in it."""

import io
from typing import Any

import conllu
import pytest
from hypothesis import given

from articles.exports import conllu as export
from articles.exports.records import NotAnExport, Record
from articles.exports.standing import standing

from . import making

TEXT = "“Nets are empty,” said Ann Low.\n\nShe didn't know why. “Ask me again (in May).”\n"


def written(records: Any) -> bytes:
    out = io.BytesIO()
    export.write(iter(records), out)
    return out.getvalue()


@making.some(12)
@given(records=making.exports())
def test_another_reader_finds_words_and_sentences(records: list[Record]) -> None:
    sentences = list(conllu.parse_incr(io.StringIO(written(records).decode(), newline="\n")))
    documents: dict[str, list[Any]] = {}
    for sentence in sentences:
        if not sentence:
            continue  # of nothing: the head alone
        if "article" in sentence.metadata:
            name = sentence.metadata["article"]
            documents[name] = []
        documents[name].append(sentence)
        assert [token["id"] for token in sentence] == list(range(1, len(sentence) + 1))
        spaced = [f"{token['form']}{'' if _after(token) == '' else ' '}" for token in sentence]
        assert sentence.metadata["text"] == "".join(spaced).strip()
    articles = [each for each in records if each["record"] == "article"]
    for article, found in zip(articles, documents.values(), strict=True):
        uids = {
            each.partition(":")[2]
            for sentence in found
            for token in sentence
            for each in (token["misc"] or {}).get("QuotUid", "").split(",")
            if each
        }
        assert uids == {each["uid"] for each in standing(article)}


def _after(token: Any) -> str:
    misc = token["misc"] or {}
    return "" if misc.get("SpaceAfter") == "No" else misc.get("SpacesAfter", " ")


def test_sentences_and_paragraphs_and_spaces() -> None:
    head, article, end = making.many(1, quoted=0)
    article = {**article, "text": TEXT, "text_sha256": making.digest(TEXT)}  # type: ignore[assignment,typeddict-unknown-key]
    sentences = conllu.parse(written([head, article, end]).decode())
    assert [each.metadata["text"] for each in sentences] == [
        "“Nets are empty,” said Ann Low.",
        "She didn't know why.",
        "“Ask me again (in May).”",
    ]
    assert ["newpar" in each.metadata for each in sentences] == [True, True, False]
    assert sentences[0][-1]["misc"] == {"SpacesAfter": "\\n\\n"}
    assert sentences[0][0]["misc"] == {"SpaceAfter": "No"}


def test_quotations_in_the_last_column() -> None:
    (sentence, *_) = [
        each for each in conllu.parse(written(making.many(1, quoted=1)).decode()) if "said" in str(each)
    ]
    marked = {token["form"]: token["misc"] for token in sentence}
    assert marked["“"]["Quot"] == "B-1" and marked["boat"]["Quot"] == "I-1"
    assert marked["said"]["Cue"] == "B-1" and marked["Low"]["Mention"] == "I-1"
    assert marked["“"]["QuotUid"] == "1:00000000-0000-0000-0000-0000000003e8"


def test_damage_is_said() -> None:
    lines = written(making.many(2)).split(b"\n")
    word = next(at for at, line in enumerate(lines) if line.startswith(b"2\t"))
    for damaged in ([*lines[:word], *lines[word + 1 :]], [line.replace(b"boat", b"bout") for line in lines]):
        with pytest.raises(NotAnExport):
            list(export.read(io.BytesIO(b"\n".join(damaged))))
