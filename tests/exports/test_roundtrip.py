"""All that is stored, written in each whole format and brought back into an empty database, is the same."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.exports.formats import FORMATS
from tests.exports.histories import History, seeds, words
from tests.exports.roundtrip import brought_back, differences, emptied, exported, stored

WHOLE = [
    one.name
    for one in FORMATS.values()
    if one.is_whole and find_spec(f"articles.exports.{one.name.replace('-', '_')}")
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", WHOLE)
@settings(
    max_examples=4,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink a history takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=seeds, said=st.lists(words, min_size=2, max_size=4), steps=st.integers(0, 40))
def test_it_comes_back_as_it_was(name: str, seed: int, said: list[str], steps: int) -> None:
    emptied()
    History(seed, said).go_on(steps)
    before, data = stored(), exported(name)
    emptied()
    report = brought_back(name, data)
    assert report.is_faultless, report
    assert report.left_out == 0
    assert not list(differences(before, stored()))
