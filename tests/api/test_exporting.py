"""Exports: begun for a search, followed, cancelled and downloaded, by whoever reads."""

from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from articles import export_files, export_limits, export_line
from articles.models import ExportRun, Quotation
from tests.racing import at_once

from .conftest import ROOT, Caller, finished, secret_of

pytestmark = pytest.mark.django_db
NEW = {"of": "quotations", "format": "csv", "search": "q=nets&kind=direct&colour=red&kind=sung"}


@pytest.fixture(autouse=True)
def cast(exported: list[ExportRun], quotation: Quotation) -> None:
    """Somebody said something, and no process is started."""


def test_an_export_goes_into_the_line(by_viewer: Caller, exported: list[ExportRun], viewer: User):
    response = by_viewer("POST", "/exports", NEW, status=202)
    (run,), told = exported, response.json()
    assert response["Location"] == told["address"] == f"{ROOT}/exports/{run.uid}"
    assert (run.by, run.of, run.format, run.query, run.site) == (
        *(viewer, "quotations", "csv"),
        *("q=nets&kind=direct&kind=sung", "http://testserver"),
    )
    assert [one.split("“")[1].split("”")[0] for one in told["complaints"]] == ["sung", "colour"]
    assert (told["state"], told["file"]) == ("running", None)
    by_viewer.get(f"/exports/{run.uid}/file", status=409)


@pytest.mark.parametrize("error", [OperationalError("database is locked"), OSError("no more processes")])
def test_what_is_begun_is_begun_though_its_process_cannot_be_started(
    by_viewer: Caller, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    monkeypatch.setattr(export_line, "look_after", Mock(side_effect=error))
    told = by_viewer.post("/exports", NEW, status=202)
    assert (told["state"], told["uid"]) == ("waiting", str(ExportRun.objects.get().uid))


BAD: list[tuple[dict[str, Any], str]] = [
    ({"of": "people"}, "#/of"),
    ({"format": "pdf"}, "#/format"),
    ({"search": "q=nowhere"}, "#/search"),
    ({"serch": ""}, "#/serch"),
]


@pytest.mark.parametrize(("body", "pointer"), BAD)
def test_what_cannot_be_exported_is_pointed_at(by_viewer: Caller, body: dict[str, Any], pointer: str):
    told = by_viewer.post("/exports", NEW | body, status=422)
    assert told["errors"][0]["pointer"] == pointer and not ExportRun.objects.exists()


def test_one_waits_for_ones_exports(by_viewer: Caller, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(export_limits, "AT_ONCE", 1)
    by_viewer.post("/exports", NEW, status=202)
    assert int(by_viewer("POST", "/exports", NEW, status=429)["Retry-After"]) > 0


def test_whoever_has_begun_as_many_as_one_may_is_told_how_long_to_wait(
    by_viewer: Caller, monkeypatch: pytest.MonkeyPatch
):
    by_viewer.post("/exports", NEW, status=202)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    ExportRun.objects.update(began_at=now - timedelta(minutes=20))
    monkeypatch.setattr(export_limits, "AN_HOUR", 1)
    assert by_viewer("POST", "/exports", NEW, status=429)["Retry-After"] == "2400"


@pytest.mark.django_db(transaction=True)
def test_of_many_begun_at_once_no_more_begin_than_one_may(
    by_viewer: Caller, viewer: User, exported: list[ExportRun], monkeypatch: pytest.MonkeyPatch
):
    """In the browser and here they are counted together."""
    monkeypatch.setattr(export_line, "look_after", lambda: None)

    def in_browser() -> int:
        client = Client()
        client.force_login(viewer)
        return client.post("/exports/new/?of=articles", {"format": "jsonl"}).status_code

    def by_token() -> int:
        return Caller(by_viewer.secret)("POST", "/exports", NEW).status_code

    codes = at_once(*[by_token, in_browser] * 4)
    assert set(codes) <= {202, 302, 422, 429}
    assert len([code for code in codes if code in (202, 302)]) == ExportRun.objects.count() == export_limits.AT_ONCE


def test_the_file_is_sent_whole_or_in_parts(by_viewer: Caller, exported: list[ExportRun]):
    uid = by_viewer.post("/exports", NEW, status=202)["uid"]
    run = finished(exported[0], b"0123456789")
    told = by_viewer.get(f"/exports/{uid}")
    assert (told["state"], told["size"], told["file"]) == ("finished", 10, f"{ROOT}/exports/{uid}/file")
    path = f"/exports/{uid}/file"
    whole = by_viewer("GET", path, status=200)
    assert b"".join(whole.streaming_content) == b"0123456789" and whole["Content-Type"].startswith("text/csv")
    assert whole["ETag"] == f'"{run.sha256}"' and "attachment" in whole["Content-Disposition"]
    part = by_viewer("GET", path, status=206, **{"Range": "bytes=7-"})
    assert b"".join(part.streaming_content) == b"789"
    assert by_viewer("GET", path, status=416, **{"Range": "bytes=99-"})["Content-Range"] == "bytes */10"
    assert by_viewer("GET", path, status=304, **{"If-None-Match": whole["ETag"]}).content == b""
    assert by_viewer("GET", path, status=412, **{"If-Match": '"x"'}).json()["type"] == "/api/#stale"
    assert b"".join(by_viewer("GET", path, status=200, **{"If-Match": whole["ETag"]}).streaming_content)
    export_files.file_of(run).write_bytes(b"012345678")
    by_viewer.get(path, status=410)
    export_files.file_of(run).write_bytes(b"0123456789")
    ExportRun.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    by_viewer.get(path, status=410)


def test_a_file_that_is_removed_before_it_is_sent_is_gone(
    by_viewer: Caller, exported: list[ExportRun], monkeypatch: pytest.MonkeyPatch
):
    uid = by_viewer.post("/exports", NEW, status=202)["uid"]
    export_files.file_of(finished(exported[0])).unlink()
    monkeypatch.setattr(export_files, "is_here", lambda run: True)
    by_viewer.get(f"/exports/{uid}/file", status=410)


def test_cancelling(by_viewer: Caller, exported: list[ExportRun]):
    exported_uid = by_viewer.post("/exports", NEW, status=202)["uid"]
    waiting = by_viewer.post("/exports", NEW, status=202)["uid"]
    assert by_viewer.post(f"/exports/{waiting}/cancel", status=202)["state"] == "cancelled"
    by_viewer.post(f"/exports/{waiting}/cancel", status=409)
    finished(ExportRun.objects.get(uid=exported_uid))
    by_viewer.post(f"/exports/{exported_uid}/cancel", status=409)
    by_viewer("DELETE", f"/exports/{exported_uid}", status=405)  # nothing is deleted: its record stays


def test_one_sees_ones_own(by_viewer: Caller, by_editor: Caller, analyst: User, anonymous: Caller, settings):
    uid = by_viewer.post("/exports", NEW, status=202)["uid"]
    other = Caller(secret_of(analyst))
    for path in (f"/exports/{uid}", f"/exports/{uid}/file"):
        other.get(path, status=404)
    other.post(f"/exports/{uid}/cancel", status=404)
    assert other.get("/exports")["items"] == [] and len(by_editor.get("/exports")["items"]) == 1
    reader = Caller(secret_of(analyst, "read"))
    assert reader.post("/exports", NEW, status=403)["needed"] == "export"
    settings.NEWSROOM_PUBLIC_READ = True
    anonymous.get("/exports", status=401)
    anonymous.post("/exports", NEW, status=401)
