"""manage.py train_model: train the language model under the quotations, from treebanks and lists of names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = (
        "Train tagger, parser, lemmatizer and entity recogniser and write them to a folder that "
        "NEWSROOM_SPACY_MODEL can name. Needs requirements-dev.txt, and about an hour on one core."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("output", type=Path, metavar="FOLDER", help="where the model goes; made if missing")
        parser.add_argument(
            "--treebank", nargs="+", type=Path, required=True, help="CoNLL-U to train on (.xz, .gz too)"
        )
        parser.add_argument("--dev", nargs="+", type=Path, required=True, help="CoNLL-U that picks the best state")
        parser.add_argument(
            "--names", nargs="*", type=Path, default=[], help="more names: CoNLL, a word and a tag a line"
        )
        parser.add_argument(
            "--score", nargs="*", type=Path, default=[], help="CoNLL-U to print figures for at the end"
        )
        parser.add_argument("--work", type=Path, help="where what is made on the way stays (FOLDER.work)")
        parser.add_argument("--steps", type=int, help="batches to train; without it, as the two configs say")

    def handle(self, *args: Any, output: Path, **options: Any) -> None:
        try:
            from ...nlp.training import train
        except ImportError as error:
            more = "Training needs more than the product does: pip install -r requirements-dev.txt"
            raise CommandError(f"{error}. {more}") from error
        from ...nlp.training.corpora import UnreadableCorpus
        from ...nlp.training.scoring import score

        paths = [*options["treebank"], *options["dev"], *options["names"], *options["score"]]
        if missing := [str(path) for path in paths if not path.is_file()]:
            raise CommandError(f"No such file: {', '.join(missing)}")
        work = options["work"] or output.with_name(f"{output.name}.work")
        try:
            train.prepare(train.Corpora(options["treebank"], options["dev"], options["names"]), folder=work)
        except UnreadableCorpus as error:
            raise CommandError(str(error)) from error
        grammar = train.train_part("grammar", folder=work, steps=options["steps"])
        names = train.train_part("names", folder=work, steps=options["steps"])
        nlp = train.join(grammar=grammar, names=names)
        nlp.to_disk(output)
        self.stdout.write(f"Wrote {output}. To use it: NEWSROOM_SPACY_MODEL={output}")
        for path in options["score"]:
            self._print_figures(path, score(nlp, path)._asdict())

    def _print_figures(self, path: Path, figures: dict[str, float | None]) -> None:
        shown = (
            f"{name.replace('_', ' ')} {'–' if value is None else f'{value:.3f}'}" for name, value in figures.items()
        )
        self.stdout.write(f"{path.name}: {', '.join(shown)}")
