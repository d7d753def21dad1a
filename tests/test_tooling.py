"""What the other tests lean on: roles, factories, the seed, static files, the report of vulnerabilities."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import TransactionTestCase
from pytest_django import Settings

from articles.models import Article, Quotation
from tests.conftest import MADE_BY_MIGRATIONS
from tests.vulnerabilities import report

SEED_SHA256 = "cdc75bdbc48e8ebb7c4e0467f78f76399bd42a699fa7f2ee0b45c141970c2563"


def test_a_transactional_test_leaves_what_migrations_made_and_nothing_else(transactional_db: None) -> None:
    made = [sorted(model.objects.values_list()) for model in MADE_BY_MIGRATIONS]
    assert set(Group.objects.values_list("name", flat=True)) == {"viewer", "analyst", "editor"}
    Group.objects.get(name="viewer").delete()
    Permission.objects.filter(codename="correct_quotation").delete()
    Group.objects.create(name="strangers").user_set.add(User.objects.create_user("stranger"))
    TransactionTestCase()._fixture_teardown()
    assert [sorted(model.objects.values_list()) for model in MADE_BY_MIGRATIONS] == made
    left = {model for model in apps.get_models(include_auto_created=True) if model._base_manager.exists()}
    assert left == set(MADE_BY_MIGRATIONS)


@pytest.mark.django_db
def test_the_cast_has_its_roles(viewer: User, analyst: User, editor: User, nobody_special: User) -> None:
    correct, administer = "articles.correct_quotation", "articles.use_admin"
    assert [user.has_perm(correct) for user in (nobody_special, viewer, analyst, editor)] == [
        False,
        False,
        True,
        True,
    ]
    assert [user.has_perm(administer) for user in (viewer, analyst, editor)] == [False, False, True]
    assert not editor.is_staff


def test_finds_the_words_of_a_quotation(
    make_article: Callable[..., Article], make_quotation: Callable[..., Quotation]
) -> None:
    article = make_article("The 🐟 man: “No,” he said. The others, he told us, “left.”")
    quotation = make_quotation(article, ["“No,”", "“left.”"], cue="told us", mention="he", speaker="Ann Onymous")
    quotation.refresh_from_db()
    assert quotation.content == "“No,” … “left.”"
    assert [article.text[start:end] for start, end in quotation.spans] == ["“No,”", "“left.”"]
    assert (quotation.cue, quotation.mention, str(quotation.speaker)) == ("told us", "he", "Ann Onymous")
    with pytest.raises(ValueError, match="no “Yes” in the text"):
        make_quotation(article, "Yes")


def test_the_seed_is_as_it_was_given(seed_text: str) -> None:
    """What the project began with, to the letter, under a header block of ours."""
    header, _, original = seed_text.partition("\n\n")
    assert header.splitlines()[1] == "Outlet: Mehr News Agency"
    assert hashlib.sha256(original.encode()).hexdigest() == SEED_SHA256


def test_static_files_can_be_collected_for_production(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()


PACKAGE = {"name": "left", "version": "1.0", "vulns": []}
FINDING = {"id": "CVE-2026-0001", "fix_versions": ["1.1"]}


def test_a_vulnerability_fails_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([PACKAGE, PACKAGE | {"vulns": [FINDING]}]) == 1
    assert "left 1.0: CVE-2026-0001, mended in 1.1" in capsys.readouterr().out


@pytest.mark.parametrize("packages", [None, [{"name": "left", "skip_reason": "not found"}]])
def test_an_unreachable_service_is_said_and_passes(
    capsys: pytest.CaptureFixture[str], packages: list[dict[str, str]] | None
) -> None:
    assert report(packages) == 0
    assert "NOT AUDITED" in capsys.readouterr().out


def test_hand_written_script_stays_small() -> None:
    """Fewer than 515 lines of code for all but the pictures; empty lines and comments do not count."""
    written = Path(__file__).parent.parent / "static" / "js"
    assert sum(map(lines_of_code, set(written.glob("*.js")) - {written / "pictures.js"})) < 515
    assert lines_of_code(written / "pictures.js") < 270


def lines_of_code(path: Path) -> int:
    lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    return len([line for line in lines if line and not line.startswith("//")])


def test_the_picture_of_the_house_names_what_is_there() -> None:
    house = Path(__file__).parent.parent
    named = re.findall(r">(\w+(?:/|\.py)(?: \w+/)*)<", (house / "docs" / "house.svg").read_text("utf-8"))
    assert len(named) > 8
    assert [name for name in " ".join(named).split() if not (house / "articles" / name).exists()] == []
