"""Importing in the browser: who may, what is taken in, what is refused, and what the pages say."""

import io
import uuid
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles import import_line, upload_limits, uploads
from articles.models import ImportRun
from articles.upload_limits import Limits
from tests.factories import make_article

pytestmark = pytest.mark.django_db

ADDRESS = "/import/"


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> list[ImportRun]:
    """The runs that a process was to be started for, in place of one."""
    settings.NEWSROOM_UPLOADS = tmp_path / "uploads"
    runs: list[ImportRun] = []
    monkeypatch.setattr(import_line, "_start", runs.append)
    return runs


def files(**contents: bytes) -> dict[str, list[io.BytesIO]]:
    return {"files": [SimpleUploadedFile(name.replace("_", "."), data) for name, data in contents.items()]}


def begin(client: Client, **contents: bytes) -> ImportRun:
    response = client.post(ADDRESS, files(**contents))
    assert response.status_code == 302, response.content.decode()
    return ImportRun.objects.get(uid=response["Location"].split("/")[-2])


def ended(run: ImportRun, state: str, **fields: object) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=state, ended_at=timezone.now(), **fields)


def left_on_disk(settings: LazySettings) -> list[Path]:
    return [path for path in Path(settings.NEWSROOM_UPLOADS).rglob("*") if path.is_file()]


def test_files_are_kept_and_the_run_begins(analyst_client: Client, analyst: User, started: list[ImportRun]):
    data = bytes(range(256)) * 4000
    run = begin(analyst_client, a_txt=b"A", b_zip=data)
    assert started == [run]
    assert (run.by, run.given, run.inputs, run.mapping) == (analyst, ["a.txt", "b.zip"], 2, {})
    kept = {path.name: path.read_bytes() for path in uploads.folder_of(run.uid).iterdir()}
    assert kept == {"1.txt": b"A", "2.zip": data}


@pytest.mark.parametrize("error", [OperationalError("database is locked"), OSError("no more processes")])
def test_what_is_begun_is_begun_though_its_process_cannot_be_started(
    analyst_client: Client, started: list[ImportRun], monkeypatch: pytest.MonkeyPatch, error: Exception
):
    with monkeypatch.context() as patched:
        patched.setattr(import_line, "look_after", Mock(side_effect=error))
        run = begin(analyst_client, a_txt=b"A")
    assert run.state == "waiting" and uploads.are_here(run) and started == []
    analyst_client.get(run.get_absolute_url())
    assert started == [run]


def test_columns_are_named(analyst_client: Client):
    content = files(a_csv=b"body\nText") | {"mapping": "text = body\n\nheadline=the title"}
    analyst_client.post(ADDRESS, content)
    assert ImportRun.objects.get().mapping == {"text": "body", "title": "the title"}


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("body", "FIELD=NAME"),
        ("=body", "FIELD=NAME"),
        ("colour=red", "&quot;colour&quot; is not a field of an article"),
    ],
)
def test_columns_that_are_none_are_refused(
    analyst_client: Client, settings: LazySettings, mapping: str, sentence: str
):
    response = analyst_client.post(ADDRESS, files(a_csv=b"body\nText") | {"mapping": mapping})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ImportRun.objects.exists() and not left_on_disk(settings)


@pytest.mark.parametrize("by_htmx", [False, True])
def test_nothing_chosen_is_said(analyst_client: Client, by_htmx: bool):
    response = analyst_client.post(ADDRESS, headers={"HX-Request": "true"} if by_htmx else {})
    assert response.status_code == 422
    assert b"Choose at least one that can be read." in response.content
    assert (b"<html" in response.content) is not by_htmx


def test_too_much_is_refused_and_nothing_of_it_kept(
    analyst_client: Client, editor_client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(upload_limits, "ANALYST", Limits(size=1_000_000, runs_an_hour=10))
    response = analyst_client.post(ADDRESS, files(a_txt=b"A" * 600_000, b_txt=b"B" * 600_000))
    assert response.status_code == 422
    assert b"larger than 1 MB together, the limit of your role" in response.content
    assert not ImportRun.objects.exists() and not left_on_disk(settings)
    begin(editor_client, a_txt=b"A" * 600_000, b_txt=b"B" * 600_000)


def test_too_many_files_are_refused(analyst_client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(upload_limits, "MOST_FILES", 2)
    response = analyst_client.post(ADDRESS, files(a_txt=b"A", b_txt=b"B", c_txt=b"C"))
    assert response.status_code == 422
    assert b"more than 2 files" in response.content
    assert not left_on_disk(settings)


def test_too_often_is_refused_until_an_hour_has_passed(
    analyst_client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(upload_limits, "ANALYST", Limits(size=1_000_000, runs_an_hour=1))
    run = begin(analyst_client, a_txt=b"A")
    response = analyst_client.post(ADDRESS, files(b_txt=b"B"))
    assert response.status_code == 422
    assert b"You have begun 1 imports within the last hour" in response.content
    assert len(left_on_disk(settings)) == 1
    ImportRun.objects.filter(pk=run.pk).update(began_at=timezone.now() - timedelta(hours=1, seconds=1))
    begin(analyst_client, b_txt=b"B")


def test_a_disk_that_is_full_is_told(analyst_client: Client, settings: LazySettings, tmp_path: Path):
    (tmp_path / "file").write_text("")
    settings.NEWSROOM_UPLOADS = tmp_path / "file"
    response = analyst_client.post(ADDRESS, files(a_txt=b"A"))
    assert response.status_code == 422
    assert b"The server cannot keep the files (not a directory)" in response.content


def test_without_the_token_nothing_is_begun_or_kept(analyst: User, settings: LazySettings):
    client = Client(enforce_csrf_checks=True)
    client.force_login(analyst)
    assert client.post(ADDRESS, files(a_txt=b"A")).status_code == 403
    assert not ImportRun.objects.exists() and not left_on_disk(settings)


@pytest.mark.parametrize(
    ("name", "status"), [("viewer", 403), ("nobody_special", 403), ("analyst", 200), ("editor", 200)]
)
def test_analysts_and_editors_may(request: pytest.FixtureRequest, settings: LazySettings, name: str, status: int):
    client: Client = request.getfixturevalue(f"{name}_client")
    assert client.get(ADDRESS).status_code == status
    assert (b'href="/import/"' in client.get("/articles/").content) is (status == 200)
    if status == 403:
        assert client.post(ADDRESS, files(a_txt=b"A")).status_code == 403
        assert not left_on_disk(settings)


def test_strangers_sign_in_first(client: Client):
    assert client.get(ADDRESS)["Location"] == "/accounts/sign-in/?next=/import/"


def test_a_run_is_its_owners_and_the_editors(analyst_client: Client, editor_client: Client):
    run = begin(editor_client, a_txt=b"A")
    for address in ("", "articles/"):
        assert analyst_client.get(f"{run.get_absolute_url()}{address}").status_code == 404
    for address in ("cancel/", "go-on/"):
        assert analyst_client.post(f"{run.get_absolute_url()}{address}").status_code == 404
        assert editor_client.get(f"{run.get_absolute_url()}{address}").status_code == 405
    assert b"a.txt" not in analyst_client.get(ADDRESS).content
    own = begin(analyst_client, b_txt=b"B")
    assert editor_client.get(own.get_absolute_url()).status_code == 200
    assert b"by analyst" in editor_client.get(ADDRESS).content
    assert analyst_client.get(f"/import/{uuid.uuid4()}/").status_code == 404


def test_the_page_follows_a_run_until_it_has_ended(analyst_client: Client):
    run = begin(analyst_client, a_txt=b"A", b_txt=b"B")
    later = begin(analyst_client, c_txt=b"C")
    assert "Waiting: one import before it" in analyst_client.get(later.get_absolute_url()).content.decode()
    ImportRun.objects.filter(pk=run.pk).update(
        inputs_read=2,
        added=120,
        to_extract=120,
        extracted=30,
        started_at=timezone.now() - timedelta(minutes=1),
        seen_at=timezone.now(),
    )
    page = analyst_client.get(run.get_absolute_url()).content.decode()
    assert "30 of 120 articles searched for quotations" in page
    assert "0.5 articles a second" in page
    assert "about 3 minutes left" in page
    assert 'hx-trigger="every 2s"' in page and "Cancel the import" in page
    ended(run, "finished", failed=1)
    run.problems.create(source="b.txt", reason="empty <file>")
    answer = analyst_client.get(f"{run.get_absolute_url()}?shown=running-0-0", headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert "hx-trigger" not in part and "Finished" in part
    assert 'id="problems" hx-swap-oob="true"' in part and "empty &lt;file&gt;" in part
    assert "Cancel the import" not in part


def test_the_list_is_brought_up_to_date_while_an_import_is_going(analyst_client: Client):
    run = begin(analyst_client, a_txt=b"A")
    assert b'hx-trigger="every 5s"' in analyst_client.get(ADDRESS).content
    ended(run, "finished")
    assert b"hx-trigger" not in analyst_client.get(ADDRESS).content.partition(b'id="runs"')[2]


def test_what_has_not_changed_is_not_sent_again(analyst_client: Client):
    run = begin(analyst_client, a_txt=b"A")
    address = f"{run.get_absolute_url()}?shown=running-0-0"
    assert b"hx-swap-oob" not in analyst_client.get(address, headers={"HX-Request": "true"}).content


def test_problems_are_paged(analyst_client: Client):
    run = begin(analyst_client, a_txt=b"A")
    for number in range(60):
        run.problems.create(source=f"a.jsonl:{number}", reason="no JSON")
    page = analyst_client.get(f"{run.get_absolute_url()}?page=2").content.decode()
    assert "a.jsonl:59" in page and "a.jsonl:49<" not in page
    assert "page=2&amp;shown=" in page


def test_cancelling_and_going_on(analyst_client: Client, started: list[ImportRun]):
    run = begin(analyst_client, a_txt=b"A")
    analyst_client.post(f"{run.get_absolute_url()}cancel/")
    run.refresh_from_db()
    assert run.is_cancelled
    ended(run, "stopped", why="Its process has ended.")
    page = analyst_client.get(run.get_absolute_url()).content.decode()
    assert "Its process has ended." in page and "Go on" in page and "Give it up" in page
    analyst_client.post(f"{run.get_absolute_url()}go-on/")
    run.refresh_from_db()
    assert started == [run, run]
    assert (run.state, run.is_cancelled, run.why) == ("running", False, "")


def test_what_has_lost_its_files_cannot_go_on(analyst_client: Client):
    run = begin(analyst_client, a_txt=b"A")
    ended(run, "stopped")
    uploads.remove(run.uid)
    response = analyst_client.post(f"{run.get_absolute_url()}go-on/", follow=True)
    assert b"its files are not here any more" in response.content
    run.refresh_from_db()
    assert run.state == "stopped"


def test_its_articles_are_listed_and_lead_back(analyst_client: Client, editor_client: Client, viewer_client: Client):
    run = begin(analyst_client, a_txt=b"A")
    article = make_article("One text.", title="Boats", import_run=run, source_name="a.txt")
    make_article("Another text.", title="Hidden boats", import_run=run, is_hidden=True)
    listed = analyst_client.get(f"{run.get_absolute_url()}articles/").content.decode()
    assert "Boats" in listed and "Hidden boats" not in listed
    for client, sees in ((analyst_client, True), (editor_client, True), (viewer_client, False)):
        page = client.get(article.get_absolute_url()).content.decode()
        assert "by analyst from <code>a.txt</code>" in page
        assert (f'href="{run.get_absolute_url()}"' in page) is sees


def test_the_number_of_queries_does_not_grow(
    analyst_client: Client, django_assert_num_queries: DjangoAssertNumQueries
):
    run = begin(analyst_client, a_txt=b"A")
    for number in range(30):
        begin_again = ImportRun.objects.create(by=run.by, given=[f"{number}.txt"])
        ended(begin_again, "finished")
    with django_assert_num_queries(10):
        analyst_client.get(ADDRESS)


def test_files_that_do_not_arrive_whole_begin_nothing(
    analyst_client: Client, settings: LazySettings, started: list[ImportRun]
):
    head = (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
    )
    body = head + b"The nets were empty. " * 4000
    response = analyst_client.generic("POST", ADDRESS, body, content_type="multipart/form-data; boundary=b")
    assert response.status_code == 422
    assert "The files did not arrive whole." in response.content.decode()
    assert not started and not ImportRun.objects.exists() and left_on_disk(settings) == []
