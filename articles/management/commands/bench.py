"""manage.py bench: how fast the extraction is, and how much memory it takes."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...importing import read_text_file
from ...nlp import load
from ...nlp.evaluation.speed import as_lines, measure


class Command(BaseCommand):
    help = (
        "Measure speed and memory of the extraction on text made of the sample articles: the same text on every "
        "machine. Takes a minute or more. Touches no database."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--rounds",
            type=int,
            default=5,
            help="how often each is measured; the median counts (default: %(default)s)",
        )
        parser.add_argument(
            "--model", help="a spaCy package or folder to build on; without it NEWSROOM_SPACY_MODEL is asked"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="the figures as one JSON object")

    def handle(self, *args: Any, rounds: int, model: str | None, as_json: bool, **options: Any) -> None:
        if rounds < 1:
            raise CommandError("--rounds: at least one")
        try:
            nlp = load(model)
        except OSError as error:
            raise CommandError(f"The pipeline could not be loaded: {error}") from error
        samples = [read_text_file(path).text for path in sorted((settings.BASE_DIR / "samples").glob("*.txt"))]
        speed = measure(samples, nlp=nlp, model=model, rounds=rounds)
        self.stdout.write(json.dumps(asdict(speed)) if as_json else "\n".join(as_lines(speed)))
