"""manage.py make_corpus: invented articles with annotated quotations, as many as a measurement needs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...invention import invented


class Command(BaseCommand):
    help = (
        "Write invented articles as JSON Lines that `ingest` reads: about 450 words and 12 annotated quotations "
        "each, 5,000 speakers, 60 outlets, one article in four a near-copy. The same numbers give the same articles "
        "on every machine. Touches no database."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=int, required=True, metavar="N", help="how many")
        parser.add_argument("--out", type=Path, metavar="FILE", help="a new file; without it, standard output")
        parser.add_argument(
            "--seed", type=int, default=1, help="another number, other articles (default: %(default)s)"
        )
        parser.add_argument(
            "--without-quotations", action="store_true", help="leave the annotations out, for a pipeline to find"
        )

    def handle(
        self, *args: Any, articles: int, out: Path | None, seed: int, without_quotations: bool, **options: Any
    ) -> None:
        if articles < 1 or seed < 0:
            raise CommandError("--articles has to be at least 1, --seed at least 0.")
        try:
            with opened(out) as stream:
                for article in invented(articles, seed=seed):
                    stream.write(article.as_line(quotations=not without_quotations) + "\n")
        except FileExistsError as error:
            raise CommandError(f"{out} is there already; nothing was written.") from error
        except BrokenPipeError:  # whoever read has enough, as `head` has; Python would complain again at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            raise CommandError(f"{out or 'standard output'}: {error.strerror}") from error


@contextmanager
def opened(out: Path | None) -> Iterator[TextIO]:
    """JSON Lines are UTF-8, whatever the terminal speaks."""
    if out is None:
        with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as stream:
            yield stream
    else:
        with out.open("x", encoding="utf-8") as stream:
            yield stream
