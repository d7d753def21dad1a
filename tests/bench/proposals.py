"""How often a selection gets its attribution proposed: `python -m tests.bench.proposals [CORPUS…]`.

Of the samples: each quotation that the pipeline finds is taken away and proposed anew from its content alone, once
with what the pipeline saw and once without, and has to come back to the letter. That flatters: it saw these. A CORPUS
is a folder as `manage.py evaluate` reads it. Its quotations are proposed as people annotated them, beside what the
pipeline finds elsewhere; what is proposed has to meet their cue and their source.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from articles.importing import read_text_file
from articles.nlp import FoundCue, FoundQuotation, KindsByMarks, load
from articles.nlp.evaluation import read_corpus
from articles.nlp.evaluation.gold import GoldArticle
from articles.nlp.found import Span
from articles.nlp.pipeline import find_cues, find_quotations
from articles.proposing import Known, propose

SAMPLES = Path(__file__).parents[2] / "samples"

Read = tuple[list[FoundQuotation], list[FoundCue]]
Row = tuple[str, dict[str, bool]]
"""What sort of quotation, and what of it was proposed right."""


def main(folders: Sequence[str]) -> None:
    texts = [read_text_file(path).text for path in sorted(SAMPLES.glob("*.txt"))]
    pairs = list(zip(texts, read(texts), strict=True))
    size = sum(
        len(json.dumps([[*cue, *(subject or ()), name] for cue, subject, name in cues])) for _, (_, cues) in pairs
    )
    words = sum(len(text.split()) for text in texts)
    print(f"Kept of {len(texts)} samples: {size * 450 / words:,.0f} bytes for 450 words")
    show("Samples", [row for text, (found, cues) in pairs for row in again(text, found, cues)])
    show("Samples, without", [row for text, (found, _) in pairs for row in again(text, found, [])])
    for folder in folders:
        articles = read_corpus(Path(folder))
        pairs = zip(articles, read([article.text for article in articles]), strict=True)
        show(folder, [row for article, (found, cues) in pairs for row in annotated(article, found, cues)])


def read(texts: Iterable[str]) -> Iterator[Read]:
    for doc in load().pipe(texts):
        yield find_quotations(doc), find_cues(doc)


def again(text: str, found: Sequence[FoundQuotation], cues: Iterable[FoundCue]) -> Iterator[Row]:
    """Each quotation that was found, proposed beside the others."""
    kinds = KindsByMarks(text)
    for one in found:
        proposal = propose(text, one.spans, known(text, (other for other in found if other is not one)), cues)
        yield (
            one.kind,
            {
                "kind": kinds.kind_of(proposal.content) == one.kind,
                "cue": proposal.cue == one.cue,
                "mention": proposal.mention == one.mention,
                "speaker": proposal.speaker == named(one),
            },
        )


def annotated(article: GoldArticle, found: Sequence[FoundQuotation], cues: Iterable[FoundCue]) -> Iterator[Row]:
    """Each annotated quotation that has a cue and a source, proposed beside what was found apart from it."""
    for one in article.quotations:
        if one.cue and one.source:
            apart = [other for other in found if not meet(other.spans, one.content)]
            proposal = propose(article.text, one.content, known(article.text, apart), cues)
            yield (
                KindsByMarks(article.text).kind_of(one.content),
                {
                    "cue": meet([proposal.cue], one.cue),
                    "mention": meet([proposal.mention], one.source),
                },
            )


def known(text: str, quotations: Iterable[FoundQuotation]) -> list[Known]:
    return [
        Known(one.spans[0][0], text[slice(*one.mention)] if one.mention else "", named(one)) for one in quotations
    ]


def named(one: FoundQuotation) -> str:
    return one.speaker_name or "" if one.speaker_kind in ("person", "body") else ""


def meet(spans: Iterable[Span | None], others: Iterable[Span]) -> bool:
    others = list(others)
    return any(one and one[0] < other[1] and other[0] < one[1] for one in spans for other in others)


def show(title: str, rows: Sequence[Row]) -> None:
    kinds = {kind: [right for _, right in of] for kind, of in groupby(sorted(rows, key=kind_of), key=kind_of)}
    for kind, of_kind in {**kinds, "all": [right for _, right in rows]}.items():
        shares = ", ".join(f"{part} {sum(one[part] for one in of_kind) / len(of_kind):.3f}" for part in of_kind[0])
        print(f"{title}: {kind}, {len(of_kind):,}: {shares}")


def kind_of(row: Row) -> str:
    return row[0]


if __name__ == "__main__":
    main(sys.argv[1:])
