"""Accounts and roles in the admin: editors make and keep them, and lift nobody above themselves."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from articles.models import Act
from tests.conftest import PASSWORD

from .test_pages import address, hidden_fields

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

NEW = {"username": "ida", "usable_password": "true", "password1": "empty nets 42", "password2": "empty nets 42"}
ALL_POWER = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1", "2"]}


@pytest.fixture
def chief(db: None) -> User:
    return User.objects.create_superuser("chief", password="a long secret one")


@pytest.fixture
def publisher(db: None) -> Group:
    """A role of the house's own that may do what editors may not."""
    group = Group.objects.create(name="publisher")
    group.permissions.add(Permission.objects.get(codename="delete_article"))
    return group


class TestAdding:
    def test_an_editor_adds_an_account_without_any_power(self, editor_client: Client):
        response = editor_client.post(address("user", "add"), NEW | ALL_POWER | {"groups": ["1", "2", "3"]})
        ida = User.objects.get(username="ida")
        assert response["Location"] == address("user", "change", ida.pk)
        assert ida.check_password("empty nets 42") and ida.is_active
        assert not (ida.is_superuser or ida.is_staff or ida.get_all_permissions())

    @pytest.mark.parametrize(
        ("fields", "complaint"),
        [
            ({"password2": "other nets 42"}, "two password fields"),
            ({"password1": "nets", "password2": "nets"}, "too short"),
            ({"username": "EDITOR"}, "already exists"),
            ({"username": ""}, "This field is required"),
        ],
    )
    def test_what_is_wrong_is_said(self, editor_client: Client, fields: dict[str, str], complaint: str):
        response = editor_client.post(address("user", "add"), NEW | fields)
        assert response.status_code == 200
        assert complaint in response.content.decode()
        assert User.objects.count() == 1

    def test_without_a_password_nobody_can_sign_in(self, editor_client: Client):
        editor_client.post(address("user", "add"), {"username": "ida", "usable_password": "false"})
        assert not User.objects.get(username="ida").has_usable_password()

    def test_the_new_account_gets_a_role(self, editor_client: Client):
        editor_client.post(address("user", "add"), NEW)
        page = address("user", "change", User.objects.get(username="ida").pk)
        analyst = Group.objects.get(name="analyst")
        fields = hidden_fields(editor_client.get(page)) | {"groups": [analyst.pk]}
        assert editor_client.post(page, fields).status_code == 302
        assert User.objects.get(username="ida").has_perm("articles.correct_quotation")

    @pytest.mark.parametrize("name", ["viewer", "analyst", "nobody_special"])
    def test_others_add_nobody(self, request: pytest.FixtureRequest, name: str):
        client: Client = request.getfixturevalue(f"{name}_client")
        assert client.post(address("user", "add"), NEW, follow=True).status_code in (403, 405)
        assert not User.objects.filter(username="ida").exists()


class TestLimits:
    def test_only_roles_within_ones_own_are_offered(self, editor_client: Client, analyst: User, publisher: Group):
        form = editor_client.get(address("user", "change", analyst.pk)).context["adminform"].form
        assert set(form.fields["groups"].queryset.values_list("name", flat=True)) == {"viewer", "analyst", "editor"}
        assert not set(form.fields) & {"is_superuser", "is_staff", "user_permissions"}

    @pytest.mark.parametrize("whose", ["editor", "analyst"])
    def test_a_role_beyond_ones_own_is_refused(
        self, request: pytest.FixtureRequest, editor_client: Client, analyst: User, publisher: Group, whose: str
    ):
        user: User = request.getfixturevalue(whose)
        page = address("user", "change", user.pk)
        fields = hidden_fields(editor_client.get(page)) | {"groups": [publisher.pk]}
        response = editor_client.post(page, fields)
        assert response.status_code == 200 and "Select a valid choice" in response.content.decode()
        assert not user.groups.filter(pk=publisher.pk).exists()

    def test_whoever_can_do_more_is_shown_only(self, editor_client: Client, analyst: User, publisher: Group):
        analyst.groups.add(publisher)
        page = address("user", "change", analyst.pk)
        assert 'name="_save"' not in editor_client.get(page).content.decode()
        assert editor_client.post(page, {"username": "taken"}).status_code == 403

    def test_a_switched_off_superuser_is_shown_only(self, editor_client: Client, chief: User):
        User.objects.filter(pk=chief.pk).update(is_active=False)
        page = address("user", "change", chief.pk)
        assert editor_client.post(page, {"username": "chief", "is_active": "on"}).status_code == 403
        assert not User.objects.get(pk=chief.pk).is_active

    def test_a_superuser_may_do_all(self, chief: User, analyst: User, publisher: Group):
        client = Client()
        client.force_login(chief)
        page = address("user", "change", analyst.pk)
        fields = hidden_fields(client.get(page)) | {"is_superuser": "on", "groups": [publisher.pk]}
        assert client.post(page, fields).status_code == 302
        analyst.refresh_from_db()
        assert analyst.is_superuser and analyst.groups.get() == publisher

    def test_nobody_is_deleted(self, editor_client: Client, analyst: User):
        assert editor_client.post(address("user", "delete", analyst.pk), {"post": "yes"}).status_code == 403
        send = {"action": "delete_selected", "_selected_action": [analyst.pk], "post": "yes"}
        editor_client.post(address("user", "changelist"), send)
        assert User.objects.filter(pk=analyst.pk).exists()


class TestPasswords:
    def test_no_page_tells_a_hash(self, editor_client: Client, editor: User, analyst: User, chief: User):
        for user in (editor, analyst, chief):
            for page in (address("user", "change", user.pk), address("user", "changelist")):
                content = editor_client.get(page).content.decode()
                digest = user.password.rpartition("$")[2]
                assert user.password not in content and digest not in content
                assert user.password.split("$")[1] not in content, "the salt"

    def test_lists_are_not_narrowed_by_a_hash(self, editor_client: Client, chief: User):
        for lookup in ("password", "password__startswith", "groups__user__password__startswith"):
            assert editor_client.get(address("user", "changelist"), {lookup: "m"}).status_code == 400

    def test_an_editor_gives_an_analyst_a_new_one(self, editor_client: Client, analyst: User):
        page = reverse("admin:auth_user_password_change", args=[analyst.pk])
        assert editor_client.get(page).status_code == 200
        fields = {"usable_password": "true", "password1": "empty nets 42", "password2": "empty nets 42"}
        assert editor_client.post(page, fields).status_code == 302
        analyst.refresh_from_db()
        assert analyst.check_password("empty nets 42")

    def test_of_a_superuser_the_page_does_not_open(self, editor_client: Client, chief: User):
        assert editor_client.get(reverse("admin:auth_user_password_change", args=[chief.pk])).status_code == 403

    def test_ones_own(self, editor_client: Client, editor: User):
        page = reverse("admin:password_change")
        assert editor_client.get(page).status_code == 200
        fields = {"old_password": PASSWORD, "new_password1": "empty nets 42", "new_password2": "empty nets 42"}
        wrong = editor_client.post(page, fields | {"old_password": "not it"})
        assert wrong.status_code == 200 and "old password was entered incorrectly" in wrong.content.decode()
        assert editor_client.post(page, fields, follow=True).status_code == 200
        editor.refresh_from_db()
        assert editor.check_password("empty nets 42")
        assert editor_client.get("/admin/").status_code == 200, "still signed in"

    @pytest.mark.parametrize("name", ["viewer", "analyst", "nobody_special"])
    def test_ones_own_in_the_admin_is_for_editors(self, request: pytest.FixtureRequest, name: str):
        client: Client = request.getfixturevalue(f"{name}_client")
        assert client.get(reverse("admin:password_change"), follow=True).status_code == 403


class TestGroups:
    def test_are_shown_only(self, editor_client: Client):
        analyst = Group.objects.get(name="analyst")
        held = set(analyst.permissions.values_list("codename", flat=True))
        assert editor_client.get(reverse("admin:auth_group_changelist")).status_code == 200
        page = reverse("admin:auth_group_change", args=[analyst.pk])
        content = editor_client.get(page).content.decode()
        assert "Can correct quotations" in content and 'name="_save"' not in content
        everything = list(Permission.objects.values_list("pk", flat=True))
        assert editor_client.post(page, {"name": "lords", "permissions": everything}).status_code == 403
        assert editor_client.post(reverse("admin:auth_group_delete", args=[analyst.pk])).status_code == 403
        assert editor_client.post(reverse("admin:auth_group_add"), {"name": "lords"}).status_code == 403
        assert set(Group.objects.get(name="analyst").permissions.values_list("codename", flat=True)) == held
        assert Group.objects.count() == 3

    def test_superusers_do_not_change_them_here_either(self, chief: User):
        client = Client()
        client.force_login(chief)
        page = reverse("admin:auth_group_change", args=[Group.objects.get(name="viewer").pk])
        assert client.get(page).status_code == 200
        assert client.post(page, {"name": "lords"}).status_code == 403


def test_accounts_leave_no_acts(editor_client: Client):
    """The record of acts is of what can be undone; accounts are in Django's own log."""
    editor_client.post(address("user", "add"), NEW)
    assert not Act.objects.exists()
