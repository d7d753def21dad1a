from __future__ import annotations

import pytest
from spacy.language import Language

from articles.nlp import load


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load("blank")
