"""A small export, to be changed and brought back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoDbBlocker

from articles import corrections
from tests.databases import rolled_back
from tests.exports.roundtrip import exported
from tests.factories import TEXT, make_article, make_quotation

EMPTY, STAY = "“The nets were empty,”", "the fleet would stay in port"


@pytest.fixture(scope="session")
def written(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> bytes:
    """Two articles, three quotations, two speakers and two acts in a file, and none of them in the database."""
    with rolled_back(django_db_blocker):
        analyst = User.objects.create_user("analyst")
        article, other = make_article(), make_article("Elsewhere. " + TEXT, title="Elsewhere")
        nets = make_quotation(article, EMPTY, cue="said", mention="the harbour master", speaker="Ida Moss")
        make_quotation(article, STAY, kind="indirect", speaker="Otto Weir")
        make_quotation(other, EMPTY, speaker="Ida Moss")
        corrections.accept(nets, by=analyst, version=1)
        corrections.review(article, by=analyst, version=1)
        return exported("jsonl")


@pytest.fixture
def lines(written: bytes) -> list[dict[str, Any]]:
    """The records in that file."""
    return [json.loads(line) for line in written.splitlines()]
