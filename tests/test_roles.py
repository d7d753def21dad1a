"""Three roles, made by a migration."""

import importlib

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

pytestmark = pytest.mark.django_db

roles = importlib.import_module("articles.migrations.0002_roles")

READ, CORRECT, EDIT = "articles.view_article", "articles.correct_quotation", "articles.use_admin"
IMPORT = "articles.import_articles"


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("viewer", {READ}),
        ("analyst", {READ, CORRECT, IMPORT}),
        ("editor", {READ, CORRECT, IMPORT, EDIT}),
        ("nobody_special", set()),
    ],
)
def test_each_role_may_just_so_much(request: pytest.FixtureRequest, name: str, may: set[str]):
    user: User = request.getfixturevalue(name)
    assert {permission for permission in (READ, CORRECT, IMPORT, EDIT) if user.has_perm(permission)} == may


VIEWER = {
    f"articles.view_{model}" for model in ("act", "alias", "article", "change", "outlet", "quotation", "speaker")
}
ANALYST = VIEWER | {"articles.correct_quotation", "articles.import_articles"}
EDITOR = ANALYST | {
    "articles.use_admin",
    "articles.change_article",
    "articles.change_quotation",
    "articles.add_outlet",
    "articles.change_outlet",
    "articles.add_speaker",
    "articles.change_speaker",
    *(f"articles.view_{model}" for model in ("importrun", "importproblem", "watchedfile")),
    *("articles.view_apitoken", "articles.change_apitoken"),
    "auth.view_user",
    "auth.add_user",
    "auth.change_user",
    "auth.view_group",
    "articles.manage_webhooks",
}


@pytest.mark.parametrize(
    ("name", "held"), [("viewer", VIEWER), ("analyst", ANALYST), ("editor", EDITOR), ("nobody_special", set())]
)
def test_each_role_holds_exactly_these(request: pytest.FixtureRequest, name: str, held: set[str]):
    user: User = request.getfixturevalue(name)
    assert user.get_all_permissions() == held
    assert not user.is_staff and not user.is_superuser


def test_there_are_no_other_roles():
    assert set(Group.objects.values_list("name", flat=True)) == {"viewer", "analyst", "editor"}


def test_nobody_may_delete():
    held = Group.objects.values_list("permissions__codename", flat=True)
    assert not [codename for codename in held if codename and codename.startswith("delete_")]


def test_the_migration_twice_changes_nothing_and_back_removes_the_roles():
    def held() -> set[tuple[str, str | None]]:
        return set(Group.objects.values_list("name", "permissions__codename"))

    before = held()
    # As the migration sees them: it makes permissions by touching the state's own app configs.
    apps = MigrationExecutor(connection).loader.project_state(("articles", "0002_roles")).apps
    schema_editor = connection.schema_editor()
    roles.make_roles(apps, schema_editor)
    assert held() == before
    roles.drop_roles(apps, schema_editor)
    assert not Group.objects.exists()


@pytest.mark.parametrize(
    ("name", "status"), [("viewer", 403), ("analyst", 403), ("nobody_special", 403), ("editor", 200)]
)
def test_the_admin_is_for_editors(request: pytest.FixtureRequest, name: str, status: int):
    client: Client = request.getfixturevalue(f"{name}_client")
    assert client.get("/admin/", follow=True).status_code == status


def test_strangers_sign_in_before_the_admin(client: Client):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/sign-in/?next=/admin/"
