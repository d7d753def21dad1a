"""manage.py backup: all that the database holds, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...backing_up import BackupError, back_up
from ._ending import ending_early
from ._progress import Bars, telling


class Command(BaseCommand):
    """Not a TablesCommand: what a migration is about to change is backed up before it."""

    help = (
        "Write all that the database holds to one file, as it is at one moment, while people and imports go on. "
        "On PostgreSQL it needs pg_dump. It holds hashes of passwords: only its owner may read it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--force", action="store_true", help="replace FILE once the new backup is whole")
        parser.add_argument("--quiet", action="store_true", help="no progress bar, and no report but what failed")

    def handle(self, *args: Any, file: Path, force: bool, quiet: bool, **options: Any) -> None:
        try:
            with ending_early(), Bars(shown_on=None if quiet else self.stderr) as bars:
                manifest = back_up(file, replace=force, tell=telling(bars))
        except BackupError as error:
            raise CommandError(str(error)) from error
        if not quiet:
            size = file.stat().st_size / 1_000_000
            self.stdout.write(f"{file}: {manifest.in_words()}; {size:,.1f} MB.")
