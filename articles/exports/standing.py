"""The quotations of an article that formats can carry which only mark a text."""

from __future__ import annotations

from .records import Article, Quotation


def standing(article: Article) -> list[Quotation]:
    """Those that stand in its text and were not taken out, in their order."""
    return [
        quotation
        for quotation in article["quotations"]
        if quotation["former_text"] is None and not quotation["is_hidden"]
    ]
