"""manage.py restore: a backup into an empty database, compared and audited."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from ... import backing_up
from ...backing_up import BackupError
from ...models import ApiToken, Webhook
from . import audit
from ._ending import ending_early
from ._progress import Bars, telling

NOT_IN_IT = (
    "Not in it: who was signed in, files of imports that wait in the browser, and the workers' queue, which "
    "`manage.py queue --defer-pending` fills again."
)


class Command(BaseCommand):
    """Not a TablesCommand: it makes the tables.

    1. The file is read whole and has to be what was written. 2. The database has to be empty, and is marked. 3. The
    backup is loaded. 4. What is there is compared with what was. 5. It is migrated to this version. 6. For a trial it
    is kept from the original's receivers and programs. 7. It is audited, and the mark goes. Whatever ends it before,
    the same command begins it anew.
    """

    help = (
        "Load a backup into an empty database, compare it with what was backed up, bring it to this version, and "
        "audit it. A backup of SQLite can be restored into PostgreSQL too."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--to", metavar="URL", help="restore into this database instead of that of DATABASE_URL")
        parser.add_argument(
            "--trial",
            action="store_true",
            help="switch its webhooks off and revoke its API tokens, before anybody can use it",
        )
        parser.add_argument("--check", action="store_true", help="only read the file, and say whether it is whole")
        parser.add_argument("--quiet", action="store_true", help="no progress bar, and no report but what failed")

    def handle(
        self, *args: Any, file: Path, to: str | None, trial: bool, check: bool, quiet: bool, **options: Any
    ) -> None:
        if to:
            given = {"--trial": trial, "--check": check, "--quiet": quiet}
            begin_again(file, to=to, flags=[flag for flag, is_given in given.items() if is_given])
        reach: list[str] = []
        try:
            with ending_early(), Bars(shown_on=None if quiet else self.stderr) as bars:
                act = backing_up.check if check else backing_up.restore
                manifest = act(file, tell=telling(bars))
            if not check:
                reach = cut_off() if trial else in_reach()
                self.audit(reach=[] if quiet else reach)
        except BackupError as error:
            raise CommandError(str(error)) from error
        if not quiet:
            said = f"{file} is whole" if check else "Restored, compared and audited"
            self.stdout.write(f"{said}. {manifest.in_words()}; made at {manifest.made_at}.")
            if not check:
                self.stdout.write("\n".join([NOT_IN_IT, *reach]))

    def audit(self, *, reach: list[str]) -> None:
        """Have every quotation audited, and the mark taken away; where any has drifted, `reach` is said here.

        What has drifted had done so when it was backed up, and a backup of it is better than none.
        """
        auditing = audit.Command()
        auditing.stdout, auditing.stderr = self.stdout, self.stderr
        with ending_early():
            drifts, said = auditing.look()
            backing_up.finish()
        if drifts:
            self.stdout.write("".join(f"{line}\n" for line in reach), ending="")
            self.stderr.write(f"{said} All is restored as it was, and that was so already.")
            raise SystemExit(1)


def in_reach() -> list[str]:
    """What the restored database would do as the original does, a line each."""
    webhooks, tokens = Webhook.objects.on().count(), ApiToken.objects.usable().count()
    return [
        f"Webhooks that are on: {webhooks:,}. Only a trial? Set NEWSROOM_NO_DELIVERY_IN_WEB=1 and do not run "
        "`deliver`, or their receivers are told twice; --trial switches them off.",
        f"API tokens that are usable: {tokens:,}, here as in the original. Only a trial? --trial revokes them.",
    ]


@transaction.atomic
def cut_off() -> list[str]:
    """Switch its webhooks off and revoke its API tokens; say how many these were, a line each."""
    webhooks = Webhook.objects.switch_off(Webhook.Off.RESTORED, at=timezone.now())
    tokens = ApiToken.objects.usable().revoke()
    return [
        f"Webhooks that were on, and are switched off: {webhooks:,}.",
        f"API tokens that were usable, and are revoked: {tokens:,}.",
    ]


def begin_again(file: Path, *, to: str, flags: list[str]) -> None:
    """Become this command with another database: settings are read but once. Does not return."""
    os.environ["DATABASE_URL"] = to
    manage = str(Path(settings.BASE_DIR) / "manage.py")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, manage, "restore", str(file), *flags])  # noqa: S606
