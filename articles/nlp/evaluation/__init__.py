"""How good the quotations are, measured against articles annotated by hand.

    articles = read_corpus(Path("corpus"))
    judgements = [one for article in evaluate(articles, nlp=load()) for one in article]
    score(judgements)["all"].end2end_f1

No Django here, and nothing that the extraction itself needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language

from ..pipeline import find_quotations
from .gold import CorpusError, GoldArticle, GoldQuotation, read_corpus
from .judging import Judgement, judge
from .scoring import Figures, score

BATCH = 16
"""Articles that the pipeline takes at once."""


def evaluate(articles: Iterable[GoldArticle], *, nlp: Language) -> Iterator[list[Judgement]]:
    """The judgements on each article in turn, as the pipeline comes to it."""
    texts = ((article.text, article) for article in articles)
    for doc, article in nlp.pipe(texts, as_tuples=True, batch_size=BATCH):
        yield judge(article, find_quotations(doc))


__all__ = [
    "CorpusError",
    "Figures",
    "GoldArticle",
    "GoldQuotation",
    "Judgement",
    "evaluate",
    "judge",
    "read_corpus",
    "score",
]
