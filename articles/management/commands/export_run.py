"""manage.py export_run: write the file of an export that was begun in the browser."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.db import Error as DatabaseError

from ... import export_line, export_runs
from ...lines import Cancelled
from ...models import ExportRun
from ...processes import look_for_cycles_rarely
from ._ending import ENDED, told_to_end, why_ended
from ._tables import TablesCommand


class Command(TablesCommand):
    help = "Write the file of an export that was begun in the browser. The web server starts it; people use export."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("uid", type=UUID, metavar="UID", help="the last part of the address of the export's page")

    def handle(self, *args: Any, uid: UUID, **options: Any) -> None:
        run = ExportRun.objects.with_uid(uid)
        if run is None or run.has_ended:
            raise CommandError(f"There is no export {uid} that waits to be written.")
        look_for_cycles_rarely()
        exit_code = 0
        try:
            with told_to_end():
                export_runs.write(run)
        except (Cancelled, OSError):
            exit_code = 1
        except ENDED as error:
            exit_code = why_ended(error)[1]
        finally:
            with suppress(DatabaseError):  # who looks next sees to it then
                export_line.look_after()
        if exit_code:
            self.stderr.write(run.why_in_words or "Cancelled.")
            raise SystemExit(exit_code)
