"""manage.py demo: furnishes an empty database once, and never a public server's."""

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from articles.models import Article, Quotation
from articles.nlp import pipeline
from tests.factories import make_article

from .conftest import article_text

pytestmark = pytest.mark.django_db

ADDRESS = "http://127.0.0.1:8001/"
ACCOUNTS = "".join(f"  sign in as {name:8} password newsroom-demo\n" for name in ("viewer", "analyst", "editor"))


@pytest.fixture(autouse=True)
def samples(settings, tmp_path) -> Path:
    """Development settings, and two samples in the place of the real ones."""
    settings.DEBUG = True
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "samples"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.txt").write_text(article_text(number), encoding="utf-8")
    (folder / "README.md").write_text("No article.", encoding="utf-8")
    return folder


def run(*, errors: str = "") -> str:
    out, err = io.StringIO(), io.StringIO()
    call_command("demo", "--address", ADDRESS, stdout=out, stderr=err)
    assert err.getvalue() == errors
    return out.getvalue()


def test_the_first_run_makes_accounts_and_articles_and_says_where_to_go():
    assert run() == f"Made 3 demo accounts and imported 2 sample articles.\n\nNewsroom: {ADDRESS}\n{ACCOUNTS}"
    assert list(Article.objects.order_by("pk").values_list("source_name", flat=True)) == [
        "samples/0.txt",
        "samples/1.txt",
    ]
    assert Quotation.objects.count() == 4


def test_each_account_has_its_role_and_can_sign_in():
    run()
    for role in ("viewer", "analyst", "editor"):
        user = User.objects.get(username=role)
        assert [group.name for group in user.groups.all()] == [role]
        assert (user.is_staff, user.is_superuser) == (role == "editor", False)
        assert Client().login(username=role, password="newsroom-demo")


def test_the_real_samples_go_in_whole(settings):
    settings.BASE_DIR = Path(__file__).parents[2]
    run()
    names = set(Article.objects.values_list("source_name", flat=True))
    assert names == {f"samples/{path.name}" for path in (settings.BASE_DIR / "samples").glob("*.txt")}
    assert len(names) >= 9
    assert not Article.objects.pending().exists()


def test_the_second_run_adds_nothing_and_still_says_where_to_go(samples):
    run()
    (samples / "2.txt").write_text(article_text(2), encoding="utf-8")
    assert run() == f"\nNewsroom: {ADDRESS}\n{ACCOUNTS}"
    assert (Article.objects.count(), User.objects.count()) == (2, 3)


def test_a_database_with_articles_or_users_is_left_alone():
    make_article()
    assert run() == f"\nNewsroom: {ADDRESS}\n"
    Article.objects.all().delete()
    User.objects.create_user("editor", password="another password")
    assert run() == f"\nNewsroom: {ADDRESS}\n"
    assert (Article.objects.count(), User.objects.count()) == (0, 1)


def test_accounts_that_no_longer_have_the_password_are_not_offered():
    run()
    editor = User.objects.get(username="editor")
    editor.set_password("another password")
    editor.save()
    User.objects.filter(username="viewer").update(is_active=False)
    User.objects.get(username="analyst").delete()
    assert run() == f"\nNewsroom: {ADDRESS}\n"


def test_a_bad_sample_costs_only_itself_and_the_exit_code(samples):
    (samples / "0.txt").write_text("", encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match=r"^Samples that failed: 1, as said above\. All else is there"):
        call_command("demo", "--address", ADDRESS, stdout=out, stderr=err)
    assert err.getvalue() == "samples/0.txt: empty file\n"
    assert "imported 1 sample articles" in out.getvalue() and ACCOUNTS in out.getvalue()
    assert run() == f"\nNewsroom: {ADDRESS}\n{ACCOUNTS}"


def test_a_first_run_that_was_stopped_is_still_the_first(monkeypatch):
    def stop(doc):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(pipeline, "find_quotations", stop)
        run()
    assert not User.objects.exists() and not Article.objects.exists()
    assert "imported 2 sample articles" in run()


def test_refused_outside_development(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="known password"):
        call_command("demo")
    assert not User.objects.exists()
