"""The catalogues: whole, in step with the words in the tree, and compiled."""

import os
import re
import shutil
import subprocess
import sys
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LOCALE = ROOT / "newsroom" / "locale"
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def catalogue(language: str, locale: Path = LOCALE) -> Catalog:
    with (locale / language / "LC_MESSAGES" / "django.po").open("rb") as written:
        return read_po(written, locale=language)


def messages(catalogue: Catalog) -> dict[tuple[str | None, str], object]:
    """What is said for each message, by its context and its first form."""
    return {
        (one.context, one.id if isinstance(one.id, str) else one.id[0]): one.string for one in catalogue if one.id
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str):
    lacking = [
        key
        for key, said in messages(catalogue(language)).items()
        if not (all(said) if isinstance(said, tuple) else said)
    ]
    assert lacking == []
    assert not [one.id for one in catalogue(language) if one.id and one.fuzzy]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_put_into_a_message_is_in_its_translation(language: str):
    """Babel's checkers compare placeholders and the number of plural forms."""
    assert [(one.id, errors) for one in catalogue(language) if (errors := list(one.check()))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_translations_are_compiled(language: str):
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for one in catalogue(language):
        first, *others = [one.id] if isinstance(one.id, str) else one.id
        key = f"{one.context}\x04{first}" if one.context else first
        if others:
            assert (compiled.ngettext(key, *others, 1), compiled.ngettext(key, *others, 2)) == one.string
        elif first:
            assert compiled.gettext(key) == one.string


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_in_step_with_the_tree(language: str, tmp_path: Path):
    """`make messages` on a copy of the tree finds the same messages."""
    if not shutil.which("xgettext"):
        if os.environ.get("CI") == "true":
            pytest.fail("gettext is not installed: apt-get install gettext")
        pytest.skip("gettext is not installed")
    for part in ("articles", "newsroom", "templates"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("english", "__pycache__"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    command = [sys.executable, "manage.py", "makemessages", "--locale", language]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "newsroom.settings.test"}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert messages(catalogue(language, tmp_path / "newsroom" / "locale")) == messages(catalogue(language))


def test_style_sheets_say_nothing():
    """Words are in attributes, which templates translate."""
    sheets = [sheet.read_text("utf-8") for sheet in (ROOT / "static" / "css").glob("*.css")]
    contents = [content for sheet in sheets for content in re.findall(r"content:([^;}]*)", sheet)]
    said = [words for content in contents for words in re.findall(r'"([^"]*)"', content)]
    assert len(said) > 5 and not re.search(r"[A-Za-z]", "".join(said))
