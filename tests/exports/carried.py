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


def conllu(records: list[Any]) -> list[Any]:
    head = only(records[0], ("record", "version", "made_at", "offsets", "address", "search", "articles"))
    of_article = ("number", "title", "url", "published_on", "language", "text_sha256", "text")
    of_quotation = ("spans", "content", "cue", "mention", "uid", "state", "kind", "speaker_name")
    return counted(records, head, of_article, of_quotation)


def tei(records: list[Any]) -> list[Any]:
    head = only(records[0], ("record", "version", "made_at", "offsets", "address", "search", "articles"))
    of_article = ("number", "title", "byline", "published_on", "url", "licence", "language", "text_sha256", "text")
    of_quotation = ("spans", "content", "cue", "mention", "uid", "state", "kind", "speaker_name", "speaker")
    wikidata = {each["number"]: each["wikidata_id"] for each in records if each["record"] == "speaker"}
    outlets = [each["outlet"] for each in records if each["record"] == "article"]
    found = counted(records, head, of_article, of_quotation)
    for article, outlet in zip(found[1:-1], outlets, strict=True):
        article["outlet"] = outlet and only(outlet, ("name",))
        article["quotations"].sort(key=lambda each: (each["spans"], each["uid"]))  # elements stand in their order
        for quotation in article["quotations"]:
            quotation["wikidata_id"] = wikidata.get(quotation.pop("speaker"), "")
    return found


def table(records: list[Any]) -> list[Any]:
    head = only(records[0], ("record", "version", "quotations"))
    same = ("uid", "kind", "state", "settled_by", "settled_at", "note", "is_hidden", "spans", "content")
    same += ("cue", "cue_words", "mention", "mention_words", "speaker_name")
    articles = [
        {
            **only(each, ("record", "number", "title", "published_on", "url")),
            "outlet": each["outlet"] and only(each["outlet"], ("name",)),
            "quotations": [
                {
                    **only(quotation, same),
                    "text_sha256": text_of(quotation, each)["text_sha256"],
                    "former_text": None if quotation["former_text"] is None else 0,  # that it is one, not which
                }
                for quotation in each["quotations"]
            ],
        }
        for each in records
        if each["record"] == "article" and each["quotations"]
    ]
    return [head, *articles, end_of(articles)]


def text_of(quotation: dict[str, Any], article: dict[str, Any]) -> Any:
    former = quotation["former_text"]
    return article if former is None else article["former_texts"][former]


def xlsx(records: list[Any]) -> list[Any]:
    """XML cannot hold two characters: what has them is not carried."""
    found = table(records)
    for article in found[1:-1]:
        for record in (article, *article["quotations"]):
            for name in [
                name for name, value in record.items() if isinstance(value, str) and {*value} & {*"\ufffe\uffff"}
            ]:
                del record[name]
        if article["outlet"] and {*article["outlet"]["name"]} & {*"\ufffe\uffff"}:
            del article["outlet"]
    return found


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


_CARRIED = {
    "jsonl": everything,
    "bundle": everything,
    "web-annotation": everything,
    "docbin": everything,
    "bench": bench,
    "brat": brat,
    "csv": table,
    "xlsx": xlsx,
    "conllu": conllu,
    "tei": tei,
}
