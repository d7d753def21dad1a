"""manage.py demo: accounts and sample articles, so that a first look shows something."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import Group, User
from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from ... import runs
from ...extraction import NoPipeline
from ...importing import Source
from ...ingestion import Result, ingest
from ...models import Article
from ._tables import TablesCommand

ROLES = ("viewer", "analyst", "editor")
"""Each is a group, made by a migration, and the name of its demo account."""

PASSWORD = "newsroom-demo"  # noqa: S105 - printed on screen, and refused outside development


class Command(TablesCommand):
    help = "In an empty database, make demo accounts and import the samples; then say where to sign in as whom."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--address", default="http://127.0.0.1:8000/", help="where the server will answer (default: %(default)s)"
        )

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo accounts have a known password: only with DEBUG, never on a public server.")
        failed = 0
        if not User.objects.exists() and not Article.objects.exists():
            try:
                failed = self.furnish()
            except NoPipeline as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"\nNewsroom: {address}")
        for name in demo_accounts():
            self.stdout.write(f"  sign in as {name:8} password {PASSWORD}")
        if failed:
            raise CommandError(
                f"Samples that failed: {failed}, as said above. All else is there; see samples/README.md."
            )

    @transaction.atomic
    def furnish(self) -> int:
        """How many samples failed. All or nothing, so that a first run that was stopped is still the first."""
        for role in ROLES:
            user = User.objects.create_user(role, password=PASSWORD, is_staff=role == "editor")
            user.groups.add(Group.objects.get(name=role))
        folder = settings.BASE_DIR / "samples"
        samples = (Source(f"samples/{path.name}", path) for path in sorted(folder.glob("*.txt")))
        run = runs.begin(given=["samples"], mapping={})
        with runs.on_record(ingest(samples, run=run), run) as passing:
            outcomes = list(passing)
        failures = [outcome for outcome in outcomes if outcome.result is Result.FAILED]
        for failure in failures:
            self.stderr.write(f"{failure.source}: {failure.reason}")
        added = sum(outcome.result is Result.ADDED for outcome in outcomes)
        self.stdout.write(f"Made {len(ROLES)} demo accounts and imported {added} sample articles.")
        return len(failures)


def demo_accounts() -> list[str]:
    """The names of demo accounts that can still sign in with the demo password."""
    accounts = User.objects.filter(username__in=ROLES, is_active=True)
    able = {account.username for account in accounts if check_password(PASSWORD, account.password)}
    return [role for role in ROLES if role in able]
