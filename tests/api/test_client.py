"""The example of a client in docs/, run as it stands against a live server."""

import importlib.util
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from pytest_django.live_server_helper import LiveServer

from articles import corrections
from articles.models import Quotation

from .conftest import secret_of

CLIENT = settings.BASE_DIR / "docs" / "api_client.py"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client_module() -> Any:
    spec = importlib.util.spec_from_file_location("api_client", CLIENT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(address: str, user: User, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, CLIENT, address, *arguments],
        env=os.environ | {"NEWSROOM_TOKEN": secret_of(user, "read", "correct"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_it_searches_and_accepts_only_what_is_named(
    live_server: LiveServer, analyst: User, another: Quotation, quotation: Quotation
):
    searched = run(live_server.url, analyst, "speaker:moss")
    assert searched.returncode == 0, searched.stderr
    assert f"{quotation.uid}\tsuggested\tIda Moss\t“The nets were empty,”\n" in searched.stdout
    assert searched.stdout.count("\n") == 2 and not Quotation.objects.exclude(state="suggested").exists()
    accepting = run(live_server.url, analyst, "speaker:moss", str(quotation.uid))
    assert f"{quotation.uid}\taccepted\t" in accepting.stdout and not accepting.stderr
    quotation.refresh_from_db()
    another.refresh_from_db()
    assert (quotation.state, quotation.settled_by, another.state) == ("accepted", analyst, "suggested")


def test_it_pages_and_gives_what_somebody_else_made_of_it(
    live_server: LiveServer,
    analyst: User,
    editor: User,
    another: Quotation,
    client_module: Any,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("NEWSROOM_TOKEN", secret_of(analyst))
    ask, root = client_module.ask, f"{live_server.url}/api/v1"
    monkeypatch.setattr(client_module, "ask", lambda how, at, **more: ask(how, at.replace("=200", "=1"), **more))
    first, second = client_module.search(root, "")
    assert first["uid"] != second["uid"]
    corrections.reject(Quotation.objects.get(uid=first["uid"]), by=editor, version=1)
    now = client_module.accept(root, first)
    assert (now["state"], now["version"]) == ("rejected", 2)
    assert client_module.accept(root, now)["state"] == "accepted"


def test_another_problem_ends_it(live_server: LiveServer, viewer: User, quotation: Quotation):
    refused = run(live_server.url, viewer, "", str(quotation.uid))
    assert refused.returncode and "HTTP Error 403" in refused.stderr and not refused.stdout
