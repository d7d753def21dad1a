"""manage.py reindex: the full-text indexes made anew."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from ...search import index
from ._tables import TablesCommand


class Command(TablesCommand):
    help = (
        "Make the full-text indexes anew, and what quotations repeat of their articles: two minutes for 100,000 "
        "articles. The database does it by itself as things change: this is for one that `audit` finds out of step."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            index.install(connection)
            index.fill(connection)
        self.stdout.write("All articles and quotations are indexed.")
