"""What a database of invented articles lacks to be a newsroom's: people, suggestions, decisions; and statistics."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from .. import corrections
from ..models import PossibleDuplicate, Quotation

ANALYST, EDITOR, COLLEAGUE = "bench", "bench-editor", "colleague"
"""Those who ask for pages, and one who has done something."""
ACTS = 200
"""Decisions of the colleague, today."""

# All came in accepted. Of a third of the articles everything stays so; else most is suggested, and some rejected.
STATES = """
    UPDATE articles_quotation
    SET origin = 'machine', confidence = 0.8, state = CASE WHEN id % 10 = 0 THEN 'rejected' ELSE 'suggested' END,
        settled_at = CASE WHEN id % 10 = 0 THEN CURRENT_TIMESTAMP END
    WHERE article_id % 3 > 0
"""


def furnish() -> None:
    """Apply missing migrations, add what a newsroom has, have the database count; nothing the second time."""
    executor = MigrationExecutor(connection)
    is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if is_behind:
        call_command("migrate", verbosity=0)
    is_new = not User.objects.filter(username=EDITOR).exists()
    if is_new:
        _people_and_their_work()
    if not PossibleDuplicate.objects.exists():
        call_command("duplicates", quiet=True)
    if is_new or is_behind:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _people_and_their_work() -> None:
    with connection.cursor() as cursor:
        cursor.execute(STATES)
    colleague = _user(COLLEAGUE, role="analyst")
    for quotation in _newest_suggestions():
        corrections.accept(quotation, by=colleague, version=quotation.version)
    _user(ANALYST, role="analyst")
    _user(EDITOR, role="editor")


def _newest_suggestions() -> Iterable[Quotation]:
    return Quotation.objects.filter(state="suggested").select_related("article").order_by("-id")[:ACTS]


def _user(name: str, *, role: str) -> User:
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get(name=role))
    return user
