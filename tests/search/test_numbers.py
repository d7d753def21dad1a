"""How many there are: exact where they are few, also where many hold the words that are sought."""

import pytest
from django.http import QueryDict

from articles import finding, found
from articles.asking import asked
from articles.found import Number
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six are many already, and estimated from a few. As in the product, the two bounds are the same."""
    monkeypatch.setattr(found, "EXACTLY", 5)
    monkeypatch.setattr(found, "SAMPLE", 2)
    for module in (found, finding):
        monkeypatch.setattr(module, "FEW", 5)


@pytest.mark.usefixtures("small_bounds")
def test_few_of_an_outlet_are_counted_though_many_hold_the_words():
    for place in range(8):
        make_article(f"Ships in the harbour, {place}.", outlet="Large")
    small = [make_article(f"Boats in the harbour, {place}.", outlet="Small").outlet_id for place in range(2)]
    found = finding.articles(asked(QueryDict(f"q=harbour&outlet={small[0]}")))
    assert found.number == Number(2)


@pytest.mark.usefixtures("small_bounds")
def test_many_that_hold_the_words_are_not_said_to_be_counted():
    for place in range(8):
        make_article(f"Ships in the harbour, {place}.")
    assert finding.articles(asked(QueryDict("q=harbour"))).number.value >= 6
    assert finding.articles(asked(QueryDict("q=ships+harbour+3"))).number == Number(1)
