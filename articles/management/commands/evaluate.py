"""manage.py evaluate: measure the extraction against articles annotated by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...nlp import PIPELINE_VERSION, load
from ...nlp.evaluation import CorpusError, GoldArticle, Judgement, calibration, evaluate, misses, read_corpus, score
from ...nlp.evaluation.curve import draw
from ...nlp.evaluation.scoring import KINDS, as_lines
from ...nlp.found import Kind
from ._progress import progress

if TYPE_CHECKING:
    from spacy.language import Language

MISSES_SHOWN = 10


class Command(BaseCommand):
    help = (
        "Find the quotations of annotated articles and print how many are right, by kind. CORPUS is a folder with "
        "text/NAME.txt and attributions/NAME_ANNOTATOR.ann (brat). Touches no database."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("corpus", metavar="CORPUS", type=Path)
        parser.add_argument(
            "--misses",
            nargs="?",
            type=whole_number,
            const=MISSES_SHOWN,
            metavar="N",
            help="count what is missed, spurious, or has wrong ends, mention or speaker, and show N of each class, "
            "spread over the articles (default: %(const)s)",
        )
        parser.add_argument(
            "--class", dest="miss_class", choices=misses.CLASSES, metavar="CLASS", help="misses of one class alone"
        )
        parser.add_argument(
            "--calibration", action="store_true", help="for each tenth of confidence, the share that is right"
        )
        parser.add_argument("--calibration-svg", type=Path, metavar="FILE", help="draw that curve into FILE")
        parser.add_argument("--kind", choices=KINDS, help="misses and calibration of one kind alone")
        parser.add_argument(
            "--model", help="a spaCy package or folder to build on; without it NEWSROOM_SPACY_MODEL is asked"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="all of it as one JSON object")
        parser.add_argument("--quiet", action="store_true", help="no progress bar")

    def handle(self, *args: Any, corpus: Path, quiet: bool, as_json: bool, **options: Any) -> None:
        articles = annotated_articles(corpus)
        judgements = self.judgements(articles, nlp=pipeline(options["model"]), quiet=quiet)
        if path := options["calibration_svg"]:
            write_curve(path, of_kind(judgements, options["kind"]), label=corpus.name)
        if as_json:
            self.stdout.write(
                json.dumps(as_object(judgements, articles=len(articles), **options), ensure_ascii=False)
            )
        else:
            self.print(judgements, **options)

    def judgements(self, articles: Sequence[GoldArticle], *, nlp: Language, quiet: bool) -> list[Judgement]:
        evaluated = progress(
            evaluate(articles, nlp=nlp),
            unit="articles",
            total=lambda: len(articles),
            shown_on=None if quiet else self.stderr,
        )
        return [judgement for article in evaluated for judgement in article]

    def print(self, judgements: Sequence[Judgement], *, kind: Kind | None, **options: Any) -> None:
        sections = [as_lines(score(judgements))]
        if options["calibration"]:
            sections.append(calibration.as_lines(calibration.bands(of_kind(judgements, kind))))
        if options["misses"] is not None:
            found = chosen(judgements, kind=kind, miss_class=options["miss_class"])
            sections.append(misses.counts_as_lines(misses.counts(found)))
            sections += [misses.as_lines(miss) for miss in misses.spread(found, most=options["misses"])]
        self.stdout.write("\n\n".join("\n".join(lines) for lines in sections))


def whole_number(written: str) -> int:
    if (number := int(written)) < 0:
        raise ValueError
    return number


def annotated_articles(corpus: Path) -> list[GoldArticle]:
    try:
        articles = read_corpus(corpus)
    except CorpusError as error:
        raise CommandError(str(error)) from error
    if not any(article.quotations for article in articles):
        raise CommandError(f"{corpus}: no quotation is annotated in it")
    return articles


def pipeline(model: str | None) -> Language:
    try:
        return load(model)
    except OSError as error:
        raise CommandError(f"The pipeline could not be loaded: {error}") from error


def of_kind(judgements: Sequence[Judgement], kind: Kind | None) -> list[Judgement]:
    """Those with a found quotation of the kind, or all."""
    return [judgement for judgement in judgements if kind in (None, judgement.found_kind)]


def chosen(judgements: Sequence[Judgement], *, kind: Kind | None, miss_class: str | None) -> list[misses.Miss]:
    found = misses.find_misses(judgements, kind=kind)
    return [miss for miss in found if miss_class in (None, miss.miss_class)]


def write_curve(path: Path, judgements: Sequence[Judgement], *, label: str) -> None:
    svg = draw(calibration.bands(judgements), label=f"Calibration on {label}: share right over confidence")
    try:
        path.write_text(svg, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}; the curve is not written") from error


def as_object(
    judgements: Sequence[Judgement], *, articles: int, kind: Kind | None, **options: Any
) -> dict[str, object]:
    table = {row: asdict(figures) for row, figures in score(judgements).items()}
    result: dict[str, object] = {"pipeline": PIPELINE_VERSION, "articles": articles, "table": table}
    if options["calibration"]:
        calibrated = calibration.bands(of_kind(judgements, kind))
        bands = [asdict(band) for band in calibrated]
        result["calibration"] = {"bands": bands, "mean_gap": calibration.mean_gap(calibrated)}
    if options["misses"] is not None:
        found = chosen(judgements, kind=kind, miss_class=options["miss_class"])
        shown = [misses.as_dict(miss) for miss in misses.spread(found, most=options["misses"])]
        result["misses"] = {"counts": misses.counts(found), "shown": shown}
    return result
