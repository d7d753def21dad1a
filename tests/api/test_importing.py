"""Imports: JSON and files go through the line of imports, within the limits of the role."""

import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.db.models import F
from django.test import Client
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.timezone import localtime

from articles import import_line, upload_limits, uploads
from articles.models import Article, ImportRun
from articles.upload_limits import Limits
from tests.racing import PATIENCE, at_once

from .conftest import ROOT, Caller, secret_of

pytestmark = pytest.mark.django_db
ARTICLE = {"text": "“The nets were empty,” she said.", "title": "Empty nets", "date": "2025-03-04"}


def left_on_disk(settings: LazySettings) -> list[Path]:
    return [path for path in Path(settings.NEWSROOM_UPLOADS).rglob("*") if path.is_file()]


def send(call: Caller, **files: bytes) -> Any:
    content: dict[str, Any] = {
        "files": [SimpleUploadedFile(name.replace("_", "."), data) for name, data in files.items()]
    }
    return call.client.post(f"{ROOT}/imports", content, headers={"Authorization": f"Bearer {call.secret}"})


@pytest.mark.parametrize("body", [ARTICLE, [ARTICLE, {"text": "More nets."}]])
def test_json_goes_into_the_line(by_analyst: Caller, analyst: User, started: list[ImportRun], body: Any):
    response = by_analyst("POST", "/imports", body, status=202)
    (run,) = started
    assert response["Location"] == response.json()["address"] == f"{ROOT}/imports/{run.uid}"
    assert (run.by, run.given, run.inputs) == (analyst, ["articles.json"], 1)
    (kept,) = uploads.folder_of(run.uid).iterdir()
    assert json.loads(kept.read_bytes()) == body and kept.suffix == ".json"
    assert by_analyst.get(f"/imports/{run.uid}")["state"] == "running"


def test_files_go_into_the_line(by_analyst: Caller, started: list[ImportRun]):
    response = send(by_analyst, a_txt=b"A", b_zip=b"B" * 300_000)
    assert response.status_code == 202, response.content
    assert started[0].given == ["a.txt", "b.zip"]


@pytest.mark.parametrize("error", [OperationalError("database is locked"), OSError("no more processes")])
@pytest.mark.parametrize("is_json", [False, True])
def test_what_is_begun_is_begun_though_its_process_cannot_be_started(
    by_analyst: Caller, started: list[ImportRun], monkeypatch: pytest.MonkeyPatch, is_json: bool, error: Exception
):
    monkeypatch.setattr(import_line, "look_after", Mock(side_effect=error))
    response = by_analyst("POST", "/imports", ARTICLE) if is_json else send(by_analyst, a_txt=b"A")
    run = ImportRun.objects.get()
    assert (response.status_code, response.json()["state"]) == (202, "waiting")
    assert response["Location"].endswith(str(run.uid)) and uploads.are_here(run)


@pytest.mark.django_db(transaction=True)
def test_they_are_read(by_analyst: Caller, import_processes: None):
    uid = by_analyst.post("/imports", [ARTICLE, {"text": "  "}], status=202)["uid"]
    for thread in threading.enumerate():
        if thread.name.startswith("import "):
            thread.join(PATIENCE)
    told = by_analyst.get(f"/imports/{uid}")
    assert (told["state"], told["added"], told["failed"]) == ("finished", 1, 1), told
    assert told["problems"][0]["source"] == "articles.json" and "item 2" in told["problems"][0]["reason"]
    assert Article.objects.get().title == "Empty nets"


BAD: list[tuple[Any, str]] = [
    ({}, "#/text"),
    ({"text": ""}, "#/text"),
    ({"text": "a\x00b"}, "#/text"),
    ({"text": "a", "headlin": "b"}, "#/headlin"),
    ({"text": "a", "quotations": [{"spans": [[0]]}]}, "#/quotations/0/spans/0/1"),
    ([ARTICLE, {"title": "b"}], "#/1/text"),
    ([], "#"),
    ("a", "#"),
    (1, "#"),
]


@pytest.mark.parametrize(("body", "pointer"), BAD)
def test_what_is_no_article_is_pointed_at(
    by_analyst: Caller, started: list[ImportRun], settings: LazySettings, body: Any, pointer: str
):
    told = by_analyst("POST", "/imports", json.dumps(body), status=422).json()
    assert pointer in [one["pointer"] for one in told["errors"]], told
    assert not ImportRun.objects.exists() and not left_on_disk(settings)


def test_other_bodies_are_refused(by_analyst: Caller, started: list[ImportRun], settings: LazySettings):
    post, headers = by_analyst.client.post, {"Authorization": f"Bearer {by_analyst.secret}"}
    assert post(f"{ROOT}/imports", "{", "application/json", headers=headers).status_code == 400
    assert post(f"{ROOT}/imports", "text", "text/plain", headers=headers).status_code == 415
    twice = '{"text": "A text.", "quotations": [{"spans": [[0, 1]], "spans": [[0, 2]]}]}'
    told = post(f"{ROOT}/imports", twice, "application/json", headers=headers)
    assert (told.status_code, told.json()["detail"]) == (400, "“spans” stands twice in one object.")
    spans = {"text": "A text.", "quotations": [{"spans": [["0", True]]}]}
    assert post(f"{ROOT}/imports", spans, "application/json", headers=headers).status_code == 422
    elsewhere = by_analyst.client.generic(
        "POST", f"{ROOT}/imports", b'{"text": "A"}', "application/json; charset=nonsense", headers=headers
    )
    assert elsewhere.status_code == 415
    assert post(f"{ROOT}/imports", b" " * 2_700_000, "application/json", headers=headers).status_code == 413
    assert post(f"{ROOT}/imports", {"mapping": "text=body"}, headers=headers).status_code == 422
    assert post(f"{ROOT}/imports", b"--x", "multipart/form-data", headers=headers).status_code == 400
    files = {"files": SimpleUploadedFile("a.csv", b"a"), "mapping": "colour=red"}
    assert post(f"{ROOT}/imports", files, headers=headers).json()["errors"][0]["pointer"] == "#/mapping"
    assert not ImportRun.objects.exists() and not left_on_disk(settings)


@pytest.mark.parametrize("by_cookie", [False, True])
def test_more_parts_than_one_request_may_have_are_a_problem(
    by_analyst: Caller, analyst: User, started: list[ImportRun], settings: LazySettings, by_cookie: bool
):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    client, headers = by_analyst.client, {"Authorization": f"Bearer {by_analyst.secret}"}
    if by_cookie:
        client = Client(enforce_csrf_checks=True)
        client.force_login(analyst)
        client.get("/import/")
        headers = {"X-CSRFToken": client.cookies["csrftoken"].value}
    file = {"files": [SimpleUploadedFile("a.txt", b"A")]}
    many = client.post(f"{ROOT}/imports", file | {f"x{number}": "1" for number in range(9)}, headers=headers)
    assert (many.status_code, many.json()["type"]) == (400, "/api/#unreadable")
    files = {"files": [SimpleUploadedFile(f"{number}.txt", b"A") for number in range(9)]}
    many = client.post(f"{ROOT}/imports", files, headers=headers)
    assert (many.status_code, many.json()["type"]) == (413, "/api/#too-large")
    file = {"files": [SimpleUploadedFile("a.txt", b"A")]}
    large = client.post(f"{ROOT}/imports", file | {"mapping": "x" * 2_700_000}, headers=headers)
    assert (large.status_code, large.json()["type"]) == (413, "/api/#too-large")
    assert not ImportRun.objects.exists() and not left_on_disk(settings)


def test_limits_of_the_role_hold(
    by_analyst: Caller, started: list[ImportRun], settings: LazySettings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(upload_limits, "ANALYST", Limits(size=1000, runs_an_hour=1))
    assert send(by_analyst, a_txt=b"A" * 1001).status_code == 413 and not left_on_disk(settings)
    assert send(by_analyst, a_txt=b"A" * 999).status_code == 202
    assert send(by_analyst, a_txt=b"A").status_code == 429


@pytest.mark.parametrize("is_json", [False, True])
def test_whoever_has_begun_as_many_as_the_role_may_is_told_how_long_to_wait(
    by_analyst: Caller, started: list[ImportRun], monkeypatch: pytest.MonkeyPatch, is_json: bool
):
    """As the last but so many began, not the very first: with the wait, one more may begin."""
    monkeypatch.setattr(upload_limits, "ANALYST", Limits(size=1000, runs_an_hour=3))
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    for minutes in (50, 20, 10):
        by_analyst.post("/imports", ARTICLE, status=202)
        ImportRun.objects.filter(began_at__gte=now).update(began_at=now - timedelta(minutes=minutes))
    monkeypatch.setattr(upload_limits, "ANALYST", Limits(size=1000, runs_an_hour=2))
    response = by_analyst("POST", "/imports", ARTICLE) if is_json else send(by_analyst, a_txt=b"A")
    assert (response.status_code, response["Retry-After"]) == (429, "2400")
    # Rounded up: one may when that minute has come.
    again = time_format(localtime(now + timedelta(minutes=41, microseconds=-1)), "TIME_FORMAT")
    assert response.json()["detail"].endswith(f"The next from {again} on.")
    ImportRun.objects.update(began_at=F("began_at") - timedelta(seconds=2400))
    by_analyst.post("/imports", ARTICLE, status=202)


def test_the_cookie_imports_with_a_csrf_token_only(analyst: User, started: list[ImportRun], settings: LazySettings):
    client = Client(enforce_csrf_checks=True)
    client.force_login(analyst)
    content = {"files": SimpleUploadedFile("a.txt", b"A")}
    assert client.post(f"{ROOT}/imports", content).json()["type"] == "/api/#forgery"
    assert not left_on_disk(settings)
    client.get("/import/")
    token = client.cookies["csrftoken"].value
    content = {"files": SimpleUploadedFile("a.txt", b"A")}
    wrong = client.post(f"{ROOT}/imports", content, headers={"X-CSRFToken": "x" * 64})
    assert wrong.json()["type"] == "/api/#forgery" and not left_on_disk(settings)
    content = {"files": SimpleUploadedFile("a.txt", b"A")}
    assert client.post(f"{ROOT}/imports", content, headers={"X-CSRFToken": token}).status_code == 202


def test_one_sees_ones_own_and_cancels_it(
    by_analyst: Caller, by_editor: Caller, viewer: User, started: list[ImportRun]
):
    run = by_analyst.post("/imports", ARTICLE, status=202)
    foreign = by_editor.post("/imports", ARTICLE, status=202)
    assert [one["uid"] for one in by_analyst.get("/imports")["items"]] == [run["uid"]]
    assert len(by_editor.get("/imports?limit=1")["items"]) == 1 and by_editor.get("/imports?limit=1")["next"]
    by_analyst.get(f"/imports/{foreign['uid']}", status=404)
    by_analyst.post(f"/imports/{foreign['uid']}/cancel", status=404)
    assert by_editor.post(f"/imports/{foreign['uid']}/cancel", status=202)["state"] == "cancelled"
    by_editor.post(f"/imports/{foreign['uid']}/cancel", status=409)
    Caller(secret_of(viewer)).get("/imports", status=403)
    ImportRun.objects.update(state="finished", ended_at=timezone.now())
    by_analyst.post(f"/imports/{run['uid']}/cancel", status=409)


@pytest.mark.django_db(transaction=True)
def test_of_many_begun_at_once_no_more_begin_than_one_may(
    by_analyst: Caller, started: list[ImportRun], settings: LazySettings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(upload_limits, "ANALYST", Limits(size=1000, runs_an_hour=2))
    monkeypatch.setattr(import_line, "look_after", lambda: None)
    codes = at_once(*[lambda: send(Caller(by_analyst.secret), a_txt=b"A").status_code] * 6)
    assert sorted(map(str, codes)) == ["202"] * 2 + ["429"] * 4
    assert ImportRun.objects.count() == 2
