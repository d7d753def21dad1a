"""The table of figures: right by hand, and the same as the benchmark's own."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from articles.nlp.evaluation import GoldArticle, evaluate, judge, read_corpus, score
from articles.nlp.evaluation.scoring import as_lines
from articles.nlp.found import FoundQuotation, Span

from .conftest import found, gold

Benchmark = dict[str, Callable[..., Any]]


BENCH = Path(django_settings.BASE_DIR).parent / "shared" / "bench"
"""PolNeAR and the script that scores it, which may be measured with and not be shipped."""


@pytest.fixture(scope="session")
def benchmark() -> Benchmark:
    """The functions of the benchmark; skips where there is none."""
    script = BENCH / "quote_bench.py"
    if not script.is_file():
        pytest.skip("no ../shared/bench: it is not part of the repository")
    return runpy.run_path(str(script))


def test_each_kind_counts_for_itself_and_for_the_sums(make_gold_article: Callable[..., GoldArticle]) -> None:
    article = make_gold_article(
        gold("“We sail,”", source="Ida Moss"), gold("that the harbour is shut", source="Bo Dahl"), gold("thinks")
    )
    predicted = [found("We sail", mention="Bo Dahl"), found("the harbour is", mention="Bo Dahl")]
    table = score(judge(article, predicted))
    assert list(table) == ["direct", "mixed", "indirect", "direct+mixed", "all"]
    assert asdict(table["all"]) == {
        "gold": 3,
        "predicted": 2,
        "precision": 1,
        "recall": 2 / 3,
        "quote_f1": 0.8,
        "exact_f1": 0.4,
        "speaker": 0.5,
        "end2end_f1": 0.4,
    }
    assert (table["direct"].end2end_f1, table["indirect"].speaker) == (0, 1)
    assert table["direct"] == table["direct+mixed"]
    assert set(asdict(table["mixed"]).values()) == {0}


def test_the_table_stands_in_columns() -> None:
    heading, *rows = as_lines(score([]))
    assert heading.split()[:3] == ["kind", "gold", "predicted"]
    assert {len(row) for row in rows} == {len(heading)}
    assert rows[0].split() == ["direct", "0", "0", "0.000", "0.000", "0.000", "0.000", "0.000", "0.000"]


# The same as the benchmark

LETTERS = "aabb  🙂\xa0\t\r\n.,;:!?-–—…()[]`'‘’\"“”„‟«»"
Case = tuple[str, list[tuple[list[Span], list[Span]]], list[tuple[list[Span], Span | None]]]


@st.composite
def case(draw: st.DrawFn) -> Case:
    """A text, what is annotated in it, content and source, and what was found, content and mention."""
    text = draw(st.text(alphabet=LETTERS, min_size=2, max_size=150))
    span = st.tuples(*[st.integers(0, len(text))] * 2).filter(lambda ends: ends[0] != ends[1])
    span = span.map(lambda ends: (min(ends), max(ends)))
    spans = st.lists(span, min_size=1, max_size=2)
    annotated = draw(st.lists(st.tuples(spans, st.lists(span, max_size=2)), max_size=6))
    # Some of it as annotated: by chance alone little would be exact.
    content = st.sampled_from([content for content, _ in annotated]) | spans if annotated else spans
    return text, annotated, draw(st.lists(st.tuples(content, st.none() | span), max_size=6))


# Chance seldom makes a mention just as long as it may be: 60 characters, or twice what it shares with the source.
LONG_MENTIONS: Case = (
    "a" * 200,
    [([(10 * n, 10 * n + 5)], [(0, length)]) for n, length in enumerate((20, 20, 35, 34))],
    [([(10 * n, 10 * n + 5)], (0, length)) for n, length in enumerate((60, 61, 70, 70))],
)


def write_corpus(folder: Path, cases: Iterable[Case]) -> None:
    for part in ("text", "attributions"):
        (folder / part).mkdir()
    for number, (text, annotated, _) in enumerate(cases):
        (folder / "text" / f"{number}.txt").write_bytes(text.encode())
        lines = []
        for index, (content, source) in enumerate(annotated):
            arguments = [f"Attribution:T{2 * index}", f"Content:T{2 * index}"]
            lines.append(f"T{2 * index}\tContent {offsets(content)}")
            if source:
                lines.append(f"T{2 * index + 1}\tSource {offsets(source)}")
                arguments.append(f"Source:T{2 * index + 1}")
            lines.append(f"E{index}\t{' '.join(arguments)}")
        (folder / "attributions" / f"{number}_x.ann").write_text("\n".join(lines), encoding="utf-8")


def offsets(spans: list[Span]) -> str:
    return ";".join(f"{start} {end}" for start, end in spans)


def as_found(content: list[Span], mention: Span | None) -> FoundQuotation:
    return FoundQuotation("direct", tuple(content), None, mention, None, "", 0.5)


def as_predicted(quotation: FoundQuotation) -> dict[str, object]:
    return {"spans": quotation.spans, "speaker": quotation.mention}


def test_agrees_with_the_benchmark_on_anything(
    benchmark: Benchmark, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @given(st.lists(case(), min_size=1, max_size=3))
    @settings(max_examples=100)
    @example([LONG_MENTIONS])
    def agree(cases: list[Case]) -> None:
        folder = tmp_path_factory.mktemp("corpus")
        write_corpus(folder, cases)
        predictions = {str(n): [as_found(*one) for one in found] for n, (_, _, found) in enumerate(cases)}
        judgements = [j for article in read_corpus(folder) for j in judge(article, predictions[article.name])]
        rows = {name: [as_predicted(one) for one in found] for name, found in predictions.items()}
        assert tabled(judgements) == benchmark["score"](
            benchmark["read_corpus"](folder), json.loads(json.dumps(rows))
        )

    agree()


@pytest.mark.parametrize("name", ["seed", "polnear/dev"])
def test_agrees_with_the_benchmark_on_real_articles(benchmark: Benchmark, nlp: Language, name: str) -> None:
    folder = BENCH / name
    if not folder.is_dir():
        pytest.skip(f"no ../shared/bench/{name}: it is not part of the repository")
    articles = read_corpus(folder)
    by_article = list(evaluate(articles, nlp=nlp))
    rows = {
        article.name: [as_predicted(judgement.found) for judgement in judgements if judgement.found]
        for article, judgements in zip(articles, by_article, strict=True)
    }
    expected = benchmark["score"](benchmark["read_corpus"](folder), rows)
    assert tabled([judgement for judgements in by_article for judgement in judgements]) == expected


def tabled(judgements: list[Any]) -> dict[str, dict[str, float]]:
    return {row: asdict(figures) for row, figures in score(judgements).items()}
