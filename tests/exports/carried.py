"""Of records, what each format carries: what has to come back of them."""

from collections.abc import Iterable
from typing import Any

from articles.exports.standing import standing


def by(name: str, records: list[Any]) -> list[Any]:
    return _CARRIED[name](records)


def everything(records: list[Any]) -> list[Any]:
    return records


def only(record: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: record[name] for name in names}


def bench(records: list[Any]) -> list[Any]:
    of_quotation = ("spans", "kind", "mention", "cue", "uid", "state", "speaker_name")
    return counted(
        records, only(records[0], ("record", "version", "articles")), ("number", "text_sha256"), of_quotation
    )


def brat(records: list[Any]) -> list[Any]:
    head = only(records[0], ("record", "version", "made_at", "offsets", "address", "search", "articles"))
    of_quotation = ("spans", "content", "cue", "mention", "uid", "state", "kind", "speaker_name", "note")
    return counted(records, head, ("number", "text_sha256", "text"), of_quotation)


def counted(
    records: list[Any], head: dict[str, Any], of_article: Iterable[str], of_quotation: Iterable[str]
) -> list[Any]:
    """The head, the articles with what stands in their texts, and an end that counts those."""
    articles = [
        {
            **only(each, ("record", *of_article)),
            "quotations": [only(quotation, of_quotation) for quotation in standing(each)],
        }
        for each in records
        if each["record"] == "article"
    ]
    return [head, *articles, end_of(articles)]


def end_of(articles: list[dict[str, Any]]) -> dict[str, Any]:
    quoted = sum(len(each["quotations"]) for each in articles)
    return {"record": "end", "articles": len(articles), "quotations": quoted, "speakers": 0, "acts": 0}


_CARRIED = {"web-annotation": everything, "docbin": everything, "bench": bench, "brat": brat}
