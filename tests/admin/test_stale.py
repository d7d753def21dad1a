"""What an editor is told who was too late, in a form and in a list."""

import datetime
import re
from contextlib import nullcontext
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from articles import corrections
from articles.admin.base import RecordAdmin
from articles.corrections import Edit
from articles.models import Act, Article, Outlet, Quotation, Speaker
from tests.factories import make_article, make_quotation

from .test_pages import address, hidden_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(db: None) -> list[Quotation]:
    article = make_article()
    return [make_quotation(article, speaker="Ida Moss"), make_quotation(article, "the fleet would stay in port")]


def errors(response: HttpResponse) -> list[str]:
    """The sentences at the head of a refused form."""
    found = re.search(r'<ul class="errorlist nonfield"[^>]*>(.*?)</ul>', response.content.decode(), re.DOTALL)
    return [unescape(line) for line in re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL)] if found else []


class TestForms:
    def test_the_message_to_the_letter(self, editor_client: Client, analyst: User, both: list[Quotation]):
        at = datetime.datetime(2026, 3, 4, 14, 5, tzinfo=datetime.UTC)
        page = address("quotation", "change", both[0].pk)
        fields = hidden_fields(editor_client.get(page)) | {"kind": "mixed", "state": "accepted"}
        corrections.change_speaker(both[0], name="Otto Brandt", by=analyst, version=1)
        Act.objects.update(at=at)
        assert errors(editor_client.post(page, fields)) == [
            "Nothing was saved: analyst on 4 March 2026, 14:05 changed this record after you opened it. Save again "
            "to put your values in place of theirs, or load the page again to keep theirs.",
            "Kind: now “direct”, yours “mixed”.",
            "Speaker: now “Otto Brandt”, yours “Ida Moss”.",
        ]

    def test_saving_again_puts_ones_own_in_place_knowingly(
        self, editor_client: Client, editor: User, analyst: User, both: list[Quotation]
    ):
        page = address("quotation", "change", both[0].pk)
        fields = hidden_fields(editor_client.get(page)) | {"state": "accepted"}
        corrections.reject(both[0], by=analyst, version=1)
        refused = editor_client.post(page, fields)
        assert "State: now “rejected”, yours “accepted”." in errors(refused)
        assert editor_client.post(page, hidden_fields(refused)).status_code == 302
        both[0].refresh_from_db()
        assert (both[0].state, both[0].settled_by, both[0].version) == ("accepted", editor, 3)

    def test_a_write_between_check_and_save_is_told_too(
        self, editor_client: Client, analyst: User, both: list[Quotation], monkeypatch: pytest.MonkeyPatch
    ):
        page = address("quotation", "change", both[0].pk)
        fields = hidden_fields(editor_client.get(page)) | {"state": "accepted"}
        get_object, looks = RecordAdmin.get_object, []

        def look(self: RecordAdmin, *args: Any, **kwargs: Any) -> Any:
            """The form is checked against the record as it was before the analyst's change."""
            looks.append(get_object(self, *args, **kwargs))
            if len(looks) == 1:
                corrections.reject(both[0], by=analyst, version=1)
            return looks[-1]

        monkeypatch.setattr(RecordAdmin, "get_object", look)
        monkeypatch.setattr(transaction, "atomic", lambda **using: nullcontext())
        assert "State: now “rejected”, yours “accepted”." in errors(editor_client.post(page, fields))
        assert len(looks) == 2

    @pytest.mark.parametrize("model", ["speaker", "outlet"])
    @pytest.mark.parametrize("page", ["add", "change"])
    def test_a_name_taken_between_check_and_save_is_told_too(
        self, editor_client: Client, monkeypatch: pytest.MonkeyPatch, model: str, page: str
    ):
        kind = {"speaker": Speaker, "outlet": Outlet}[model]
        arguments = [kind.objects.create(name="Old Name").pk] if page == "change" else []
        fields = hidden_fields(editor_client.get(address(model, page, *arguments))) | {"name": "Quay News"}
        kind.objects.create(name="Quay News")
        queryset, asked = type(kind.objects.all()), {"speaker": "called", "outlet": "named"}[model]
        named, looks = getattr(queryset, asked), []

        def look(*given: Any, **more: Any) -> Any:
            """The form is checked before the other one's save is to be seen."""
            looks.append(given)
            return named(*given, **more) if len(looks) > 1 else kind.objects.none()

        monkeypatch.setattr(queryset, asked, look)
        response = editor_client.post(address(model, page, *arguments), fields)
        assert response.status_code == 200
        assert f"There is {'a speaker' if model == 'speaker' else 'an outlet'} called Quay News already" in str(
            response.context["adminform"].form.errors["name"]
        )
        assert not Act.objects.exists()

    def test_a_form_without_its_version_is_refused(self, editor_client: Client, both: list[Quotation]):
        page = address("quotation", "change", both[0].pk)
        fields = hidden_fields(editor_client.get(page)) | {"kind": "mixed"}
        del fields["seen_version"]
        content = editor_client.post(page, fields).content.decode()
        assert "The form lacks the version it was made for: load the page again." in content
        assert not Act.objects.exists()

    @pytest.mark.parametrize("when", ["before", "meanwhile"])
    def test_what_extraction_deleted_leads_back_and_says_so(
        self, editor_client: Client, both: list[Quotation], monkeypatch: pytest.MonkeyPatch, when: str
    ):
        gone = both[0].pk
        page = address("quotation", "change", gone)
        fields = hidden_fields(editor_client.get(page)) | {"kind": "mixed"}
        if when == "before":
            both[0].delete()
        else:
            get_object = RecordAdmin.get_object

            def look_and_delete(self: RecordAdmin, *args: Any, **kwargs: Any) -> Any:
                found = get_object(self, *args, **kwargs)
                Quotation.objects.filter(pk=gone).delete()
                return found

            monkeypatch.setattr(RecordAdmin, "get_object", look_and_delete)
            monkeypatch.setattr(transaction, "atomic", lambda **using: nullcontext())
        response = editor_client.post(page, fields, follow=True)
        (said,) = response.context["messages"]
        assert str(said) == f"quotation with ID “{gone}” doesn’t exist. Perhaps it was deleted?"


class TestListActions:
    def send(
        self, client: Client, model: str, action: str, records: list, *, query: str = "", **more: str
    ) -> list[str]:
        """Press the action on the list as it was shown when `records` were fetched; what the next page says."""
        fields = {"action": action, "_selected_action": [one.pk for one in records], **more}
        fields |= {f"version-{one.pk}": one.version for one in records}
        response = client.post(address(model, "changelist") + query, fields, follow=True)
        assert response.status_code == 200
        return [str(message) for message in response.context["messages"]]

    def test_the_list_carries_the_versions_it_shows(
        self, editor_client: Client, both: list[Quotation], analyst: User
    ):
        corrections.accept(both[0], by=analyst, version=1)
        content = editor_client.get(address("quotation", "changelist")).content.decode()
        for one in both:
            assert f'name="version-{one.pk}" value="{one.version}"' in content

    def test_a_record_changed_since_stops_all(self, editor_client: Client, analyst: User, both: list[Quotation]):
        shown = list(Quotation.objects.all())
        corrections.reject(both[1], by=analyst, version=1)
        said = self.send(editor_client, "quotation", "accept", shown)
        assert said == [
            "Nothing was saved: Unattributed: the fleet would stay in port was changed by somebody else in the "
            "meantime. The list shows what is there now."
        ]
        assert set(Quotation.objects.values_list("state", flat=True)) == {"suggested", "rejected"}
        assert Act.objects.count() == 1

    def test_also_where_the_other_took_the_same_decision(
        self, editor_client: Client, analyst: User, both: list[Quotation]
    ):
        shown = list(Quotation.objects.all())
        corrections.accept(both[0], by=analyst, version=1)
        (said,) = self.send(editor_client, "quotation", "accept", shown)
        assert said.startswith("Nothing was saved: Ida Moss: “The nets were empty,” was changed by somebody else")

    @pytest.mark.parametrize("how", ["deleted", "settled"])
    def test_a_record_that_left_the_list_stops_all(
        self, editor_client: Client, analyst: User, both: list[Quotation], how: str
    ):
        shown = list(Quotation.objects.all())
        if how == "deleted":
            both[1].delete()
        else:
            corrections.reject(both[1], by=analyst, version=1)
        said = self.send(editor_client, "quotation", "accept", shown, query="?state__exact=suggested")
        assert said == [
            "Nothing was saved: 1 of those you chose changed in the meantime and left this list. The list shows what "
            "is there now."
        ]
        assert not Quotation.objects.filter(state="accepted").exists()

    def test_all_pages_chosen_unseen_are_taken_as_they_are(
        self, editor_client: Client, analyst: User, both: list[Quotation]
    ):
        corrections.reject(both[1], by=analyst, version=1)
        shown = [Quotation.objects.get(pk=both[0].pk)]
        (said,) = self.send(editor_client, "quotation", "accept", shown, select_across="1")
        undo = address("act", "undo", Act.objects.first().pk)
        assert said == f'Changed 2 quotations. <a href="{undo}">Undo…</a>'
        assert set(Quotation.objects.values_list("state", flat=True)) == {"accepted"}

    def test_nothing_to_change_says_so(self, editor_client: Client, analyst: User, both: list[Quotation]):
        corrections.accept(both[0], by=analyst, version=1)
        said = self.send(editor_client, "quotation", "accept", [Quotation.objects.get(pk=both[0].pk)])
        assert said == ["Nothing to change: they are so already."]

    @pytest.mark.parametrize(("model", "field"), [("article", "title"), ("speaker", "name")])
    def test_hiding_is_refused_as_well(
        self, editor_client: Client, editor: User, both: list[Quotation], model: str, field: str
    ):
        kind = {"article": Article, "speaker": Speaker}[model]
        shown = list(kind.objects.all())  # type: ignore[attr-defined]
        corrections.edit([Edit(kind.objects.get(), 1, {field: "Renamed"})], by=editor)  # type: ignore[attr-defined]
        (said,) = self.send(editor_client, model, "hide", shown)
        assert said.startswith("Nothing was saved: Renamed was changed by somebody else in the meantime.")
        assert not kind.objects.filter(is_hidden=True).exists()  # type: ignore[attr-defined]
