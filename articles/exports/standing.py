"""The quotations of an article that formats can carry which know neither states nor former texts."""

from __future__ import annotations

from .records import Article, Quotation


def standing(article: Article) -> list[Quotation]:
    """Those that stand in its text and that nobody has rejected or taken out, in their order.

    Whoever reads such a file takes all that is marked in it for quotations.
    """
    return [
        quotation
        for quotation in article["quotations"]
        if quotation["former_text"] is None and not quotation["is_hidden"] and quotation["state"] != "rejected"
    ]
