"""Merging two quotations: each is the version that the person saw, or nothing is written."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from articles import corrections
from articles.models import Act, Quotation
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

TEXT = "“The nets were empty,” she said. “Nobody knows why,” she added. “We shall see.”\n"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def quotations() -> list[Quotation]:
    article = make_article(TEXT)
    return [make_quotation(article, words) for words in ("“The nets were empty,”", "“Nobody knows why,”")]


def merge(client: Client, first: Quotation, following: str, **headers: str) -> HttpResponse:
    form = {"version": first.version, "following": following}
    response: HttpResponse = client.post(f"/quotations/{first.uid}/merge/", form, headers=headers)
    return response


def test_two_become_one(analyst_client: Client, quotations: list[Quotation]):
    first, second = quotations
    content = analyst_client.get(first.article.get_absolute_url()).content.decode()
    assert f'name="following" value="{second.uid} 1"' in content and content.count('name="following"') == 1
    response = merge(analyst_client, first, f"{second.uid} 1", **HTMX)
    assert response.status_code == 200 and "Merged." in response.content.decode()
    first.refresh_from_db()
    assert first.spans == [[0, 22], [33, 52]]


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_what_a_colleague_did_to_the_second_is_not_overwritten(
    analyst_client: Client, editor: User, quotations: list[Quotation], headers: dict[str, str]
):
    first, second = quotations
    corrections.reject(second, by=editor, version=1)
    response = merge(analyst_client, first, f"{second.uid} 1", **headers)
    content = response.content.decode()
    assert response.status_code == 409
    assert "Not merged: the next quotation was changed in the meantime." in content
    assert "merged with the next" in content
    assert f'id="quotation-{second.uid}"' in content and 'name="following" value="' in content.replace("\n", " ")
    assert Act.objects.count() == 1
    first.refresh_from_db()
    assert f'name="following" value="{second.uid} 2"' in content  # of “keep mine”, too: it has been shown now
    response = merge(analyst_client, first, f"{second.uid} 2", **headers)
    assert response.status_code == (200 if headers else 302)
    assert Quotation.objects.get(pk=second.pk).is_hidden


def test_a_quotation_that_came_between_is_not_taken_in_unseen(
    analyst_client: Client, editor: User, quotations: list[Quotation]
):
    first, second = quotations
    wanted = corrections.Wanted(((24, 27),))
    corrections.add(first.article, wanted, by=editor, text_sha256=first.article.text_sha256)
    response = merge(analyst_client, first, f"{second.uid} 1", **HTMX)
    assert response.status_code == 409
    assert "Not merged: another quotation follows by now." in response.content.decode()
    assert Act.objects.count() == 1


def test_the_last_has_none_to_merge_with(analyst_client: Client, quotations: list[Quotation]):
    response = merge(analyst_client, quotations[1], "", **HTMX)
    assert response.status_code == 422
    assert "Not merged: there is no quotation after this one." in response.content.decode()


def test_keeping_mine_never_merges_with_another_than_was_meant(
    analyst_client: Client, editor: User, quotations: list[Quotation]
):
    """A colleague merges the same two first; what follows then is no longer what was meant."""
    first, second = quotations
    make_quotation(first.article, "“We shall see.”")
    corrections.merge(first, second, by=editor, versions=(1, 1))
    stale = Quotation(uid=first.uid, version=1)
    for version in (1, 2):
        stale.version = version
        response = merge(analyst_client, stale, f"{second.uid} 1", **HTMX)
        assert response.status_code == 409
    assert "Not merged: another quotation follows by now." in response.content.decode()
    assert Act.objects.count() == 1


@pytest.mark.parametrize("following", ["", "nonsense", "x y", "x 1", f"x {'9' * 10}"])
def test_what_names_nothing_is_a_bad_request(analyst_client: Client, quotations: list[Quotation], following: str):
    assert merge(analyst_client, quotations[0], following).status_code == 400


def test_a_fault_in_answering_is_not_told_as_a_refusal(
    analyst_client: Client, quotations: list[Quotation], monkeypatch: pytest.MonkeyPatch
):
    def fail(*args: object, **kwargs: object) -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr("articles.views.marking.answer", fail)
    with pytest.raises(ValueError, match="a fault of ours"):
        merge(analyst_client, quotations[0], f"{quotations[1].uid} 1", **HTMX)
    assert Act.objects.get().verb == "merge"
