"""Migrations on a database with articles in it, there and back."""

import pytest

from .conftest import OwnDatabase, write_articles
from .test_ingest_processes import QUICK

pytestmark = pytest.mark.django_db

SETTLED = "0018"
"""Those up to this one were tried when they were new, and do not change any more."""


def test_the_latest_there_and_back_keep_every_row(own_database: OwnDatabase, tmp_path):
    own_database.manage("ingest", "--quiet", str(write_articles(tmp_path / "news", 3)), **QUICK)
    kept = "SELECT article_id, content, state, settled_at FROM articles_quotation ORDER BY id"
    before = own_database.query(kept)
    assert len(before) == 6
    for target in ([SETTLED], []):
        own_database.manage("migrate", "--verbosity=0", "articles", *target)
        assert own_database.query(kept) == before
        assert own_database.count("articles_article") == 3
    own_database.manage("audit", "--quiet")
