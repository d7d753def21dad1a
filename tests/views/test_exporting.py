"""Exporting in the browser: what is offered, who may, what is refused, how far it is, and the file itself."""

import hashlib
import uuid
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import quote

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.db import OperationalError
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.timezone import localtime
from pytest_django import DjangoAssertNumQueries

from articles import export_files, export_limits, export_line
from articles.exports.choosing import GROUPS, PURPOSES
from articles.exports.formats import FORMATS
from articles.models import ExportRun
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

NEW = "/exports/new/?of=quotations&q=nets&kind=direct"
CONTENT = bytes(range(256)) * 1000


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> list[ExportRun]:
    """The runs that a process was to be started for, in place of one."""
    settings.NEWSROOM_EXPORTS = tmp_path / "exports"
    runs: list[ExportRun] = []
    monkeypatch.setattr(export_line, "_start", runs.append)
    return runs


@pytest.fixture(autouse=True)
def quotation() -> None:
    article = make_article("“The nets were empty,” she said.", title="Nets")
    make_quotation(article, "“The nets were empty,”", speaker="Ida Moss")


def begin(client: Client, address: str = NEW, **form: str) -> ExportRun:
    response = client.post(address, {"format": "csv"} | form)
    assert response.status_code == 302, response.content.decode()
    return ExportRun.objects.get(uid=response["Location"].split("/")[-2])


def finished(run: ExportRun, content: bytes = CONTENT) -> ExportRun:
    """`run` with its file, as its process leaves it."""
    path = export_files.file_of(run)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    now = timezone.now()
    run.state, run.ended_at, run.expires_at = "finished", now, now + export_files.KEPT
    run.size, run.sha256 = len(content), hashlib.sha256(content).hexdigest()
    run.articles = run.articles_written = 1
    run.quotations = run.quotations_written = 1
    run.save()
    return run


def test_each_format_is_offered_once_with_its_purpose():
    offered = [name for _, names in GROUPS for name in names]
    assert sorted(offered) == sorted(FORMATS) == sorted(PURPOSES)
    whole = {name for name, one in FORMATS.items() if one.is_whole}
    said_so = {name for name, said in PURPOSES.items() if "Nothing of what is exported is left out" in str(said)}
    assert whole == set(GROUPS[1][1]) == said_so
    assert not any("Nothing is left out" in str(said) for said in PURPOSES.values())


@pytest.mark.parametrize(
    ("page", "of"),
    [("/quotations/", "quotations"), ("/articles/", "articles"), ("/quotations/?show=context", "quotations")],
)
def test_the_lists_lead_to_it_with_the_search(
    viewer_client: Client, client: Client, settings: LazySettings, page: str, of: str
):
    searched = f"{page}{'&' if '?' in page else '?'}q=nets&list=x&sort=best"
    assert f'href="/exports/new/?of={of}&amp;q=nets"' in viewer_client.get(searched).content.decode()
    nothing = searched.replace("nets", "nothing")
    assert "/exports/new/" not in viewer_client.get(nothing).content.decode()
    settings.NEWSROOM_PUBLIC_READ = True
    assert "/exports/new/" not in client.get(searched).content.decode()


def test_the_page_says_what_is_exported_and_offers_formats(viewer_client: Client):
    page = viewer_client.get(NEW).content.decode()
    assert "1 quotation with “nets”" in page and "Kind: direct" in page
    assert "Each with the article that it stands in." in page
    assert 'value="csv" required aria-describedby="for-csv" checked' in page
    assert "safe to open in a spreadsheet" in page
    assert page.count('type="radio"') == len(FORMATS)
    everything = viewer_client.get("/exports/new/?of=articles").content.decode()
    assert "1 article" in everything and "All that Newsroom has" in everything
    assert "1 quotation" in viewer_client.get("/exports/new/").content.decode()


def test_it_is_begun_with_the_choices_and_the_search(analyst_client: Client, analyst: User, started: list[ExportRun]):
    address = f"{NEW}&list=context&evil=1&sort=best&below=2"
    run = begin(analyst_client, address, format="tei", rejected="on")
    assert started == [run]
    assert (run.by, run.of, run.format, run.with_rejected) == (analyst, "quotations", "tei", True)
    assert run.parameters.dict() == {"q": "nets", "kind": "direct"}
    assert run.site == "http://testserver"
    again = analyst_client.get(f"{NEW}&format=tei&rejected=on").content.decode()
    assert 'aria-describedby="for-tei" checked' in again and 'name="rejected" checked' in again
    assert run.again_url == "/exports/new/?of=quotations&format=tei&rejected=on&q=nets&kind=direct"


@pytest.mark.parametrize("by_htmx", [False, True])
@pytest.mark.parametrize(
    ("form", "said"), [({}, "Choose a format."), ({"format": "../../x"}, "There is no such format")]
)
def test_a_format_that_is_none_is_refused(analyst_client: Client, form: dict[str, str], said: str, by_htmx: bool):
    response = analyst_client.post(NEW, form, headers={"HX-Request": "true"} if by_htmx else {})
    assert response.status_code == 422 and said in response.content.decode()
    assert (b"<html" in response.content) is not by_htmx
    assert not ExportRun.objects.exists()


def test_htmx_is_told_to_go_to_its_page(analyst_client: Client):
    response = analyst_client.post(NEW, {"format": "csv"}, headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == ExportRun.objects.get().get_absolute_url()


@pytest.mark.parametrize("error", [OperationalError("database is locked"), OSError("no more processes")])
def test_what_is_begun_is_begun_though_its_process_cannot_be_started(
    analyst_client: Client, started: list[ExportRun], monkeypatch: pytest.MonkeyPatch, error: Exception
):
    with monkeypatch.context() as patched:
        patched.setattr(export_line, "look_after", Mock(side_effect=error))
        run = begin(analyst_client)
    assert run.state == "waiting" and started == []
    analyst_client.get(run.get_absolute_url())
    assert started == [run]


def test_what_finds_nothing_is_told_and_not_begun(analyst_client: Client):
    address = "/exports/new/?of=articles&q=nothing"
    page = analyst_client.get(address).content.decode()
    assert "Nothing to export" in page and 'href="/articles/?q=nothing"' in page and "export-form" not in page
    assert analyst_client.post(address, {"format": "csv"}).status_code == 422
    assert not ExportRun.objects.exists()


HOSTILE = (
    "q=%00%27%22%3E%3Cscript%3E",
    "q=near%3A%22a+b%22~99999999999&before=x&after=2025-99-99",
    "outlet=-1&speaker=999999999999999999999&with=%27--",
    "month=&month=x&length=%F0%9F%90%9F",
    "q=" + "%22" * 300,
)


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("of", ["articles", "quotations"])
def test_a_hostile_search_is_only_a_search(analyst_client: Client, query: str, of: str):
    address = f"/exports/new/?of={of}&{query}"
    response = analyst_client.get(address)
    assert response.status_code == 200 and b"<script>" not in response.content
    assert analyst_client.post(address, {"format": "jsonl"}).status_code in (302, 422)
    assert analyst_client.get("/exports/").status_code == 200
    for run in ExportRun.objects.all():
        assert analyst_client.get(run.get_absolute_url()).status_code == 200


def test_what_is_not_understood_is_said_before_it_is_left_out(analyst_client: Client):
    page = analyst_client.get("/exports/new/?of=quotations&outlet=x").content.decode()
    assert "“x” is no value of “outlet”" in page


def test_a_search_too_long_to_be_kept_is_refused(analyst_client: Client):
    address = "/exports/new/?of=quotations&q=nets&" + "&".join(f"kind=direct{'x' * 150}{n}" for n in range(40))
    response = analyst_client.post(address, {"format": "csv"})
    assert response.status_code == 422 and "asks for too many things" in response.content.decode()


@pytest.mark.parametrize("of", ["", "people", "articles' OR 1=1"])
def test_an_address_that_does_not_say_of_what_is_refused(analyst_client: Client, of: str):
    assert analyst_client.get("/exports/new/", {"of": of}).status_code == 400


@pytest.mark.parametrize(
    ("name", "status"), [("viewer", 200), ("nobody_special", 403), ("analyst", 200), ("editor", 200)]
)
def test_whoever_reads_may(request: pytest.FixtureRequest, name: str, status: int):
    client: Client = request.getfixturevalue(f"{name}_client")
    for address in (NEW, "/exports/"):
        assert client.get(address).status_code == status
    assert client.post(NEW, {"format": "csv"}).status_code == (302 if status == 200 else 403)


def test_strangers_sign_in_first(client: Client, analyst_client: Client, settings: LazySettings):
    settings.NEWSROOM_PUBLIC_READ = True
    run = finished(begin(analyst_client))
    for address in ("/exports/", run.get_absolute_url(), f"{run.get_absolute_url()}file/"):
        assert client.get(address)["Location"] == f"/accounts/sign-in/?next={address}"
    assert client.post(NEW, {"format": "csv"}).status_code == 302
    assert ExportRun.objects.count() == 1


def test_a_run_is_its_owners_and_the_editors(viewer_client: Client, analyst_client: Client, editor_client: Client):
    run = finished(begin(analyst_client))
    address = run.get_absolute_url()
    for path in ("", "file/"):
        assert viewer_client.get(f"{address}{path}").status_code == 404
        assert editor_client.get(f"{address}{path}").status_code == 200
        assert editor_client.post(f"{address}{path}").status_code == 405
    for path in ("cancel/", "go-on/"):
        assert viewer_client.post(f"{address}{path}").status_code == 404
        assert editor_client.get(f"{address}{path}").status_code == 405
    assert b"nets" not in viewer_client.get("/exports/").content
    assert b"by analyst" in editor_client.get("/exports/").content
    assert editor_client.get(f"/exports/{uuid.uuid4()}/").status_code == 404
    assert editor_client.delete("/exports/new/").status_code == 405


def test_without_the_token_nothing_is_begun(analyst: User):
    client = Client(enforce_csrf_checks=True)
    client.force_login(analyst)
    assert client.post(NEW, {"format": "csv"}).status_code == 403
    assert not ExportRun.objects.exists()


def test_too_many_at_once_and_too_often_are_refused(
    analyst_client: Client, editor_client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(export_limits, "AT_ONCE", 1)
    run = begin(analyst_client)
    response = analyst_client.post(NEW, {"format": "csv"})
    assert response.status_code == 422
    assert "1 of your exports are not finished yet" in response.content.decode()
    begin(editor_client)
    finished(run)
    monkeypatch.setattr(export_limits, "AN_HOUR", 1)
    page = analyst_client.get(NEW).content.decode()
    assert "You have begun 1 exports within the last hour, all that one may. The next from" in page
    assert "autofocus" not in page and "more within this hour" not in page
    for headers in ({}, {"HX-Request": "true"}):
        refused = analyst_client.post(NEW, {"format": "csv"}, headers=headers).content.decode()
        assert 'class="refusal" role="alert" tabindex="-1" autofocus>You have begun' in refused
    ExportRun.objects.filter(pk=run.pk).update(began_at=timezone.now() - timedelta(hours=1, seconds=1))
    begin(analyst_client)


def test_the_form_says_how_many_are_left_when_few_are_and_the_refusal_from_when_on(
    analyst_client: Client, analyst: User, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
):
    assert "within this hour" not in analyst_client.get(NEW).content.decode()
    monkeypatch.setattr(export_limits, "AN_HOUR", 6)
    finished(begin(analyst_client))
    assert "You may begin 5 more within this hour." in analyst_client.get(NEW).content.decode()
    monkeypatch.setattr(export_limits, "AN_HOUR", 1)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    ExportRun.objects.update(began_at=now - timedelta(minutes=20))
    refusal = export_limits.allowance(analyst).refusal
    assert refusal and refusal.wait == 2400
    # Rounded up: one may when that minute has come.
    again = localtime(now + timedelta(minutes=41, microseconds=-1))
    assert refusal.said.endswith(f"The next from {time_format(again, 'TIME_FORMAT')} on.")


def test_the_number_follows_the_box(analyst_client: Client):
    article = make_article("“The nets were torn,” she said.", title="Torn")
    assert "there are none" in analyst_client.get(NEW).content.decode()
    make_quotation(article, "“The nets were torn,”", speaker="Ida Moss", state="rejected")
    page = analyst_client.get(NEW).content.decode()
    assert "1 quotation with “nets”" in page and "and 1 that is rejected" in page
    assert 'Rejected quotations too <span class="hint">1 more</span>' in page
    sought = analyst_client.get(f"{NEW}&state=accepted&state=suggested").content.decode()
    assert " more</span>" not in sought and "that is rejected" not in sought
    assert (
        "Those that are rejected come along too." in analyst_client.get("/exports/new/?of=articles").content.decode()
    )


def test_the_state_has_the_focus_while_it_changes(analyst_client: Client):
    run = begin(analyst_client)
    address, focused = run.get_absolute_url(), 'id="run-state" tabindex="-1" autofocus>'
    assert focused in analyst_client.get(address).content.decode()
    assert "autofocus" not in analyst_client.get(address, headers={"HX-Request": "true"}).content.decode()
    finished(run)
    page = analyst_client.get(address).content.decode()
    assert "autofocus" not in page
    name = f"newsroom-quotations-nets-direct-{localtime(run.ended_at):%Y-%m-%d-%H%M}.csv"
    assert f"<code>sha256sum {name}</code>" in page


NAMES = [
    ("q=B%C3%BCro+%E2%80%9CHafen%E2%80%9D", "buro-hafen", "büro-hafen"),
    ("q=%CE%BD%CE%B5%CF%81%CF%8C&kind=direct", "direct", "νερό-direct"),
    ("speaker=1", "", ""),
    ("q=%22%3B%0D%0A..%2F..%2F%E2%80%AE&state=accepted", "accepted", "accepted"),
    ("q=" + "harbour+" * 20, *("harbour-harbour-harbour-harbour-harbour",) * 2),
]


@pytest.mark.parametrize(("query", "plain", "full"), NAMES)
def test_the_name_of_a_download_has_the_search(analyst_client: Client, query: str, plain: str, full: str):
    run = finished(begin(analyst_client))
    ExportRun.objects.filter(pk=run.pk).update(query=query)
    sent = analyst_client.get(f"{run.get_absolute_url()}file/")["Content-Disposition"]
    when = f"{localtime(run.ended_at):%Y-%m-%d-%H%M}.csv"
    names = ["-".join(filter(None, ("newsroom-quotations", slug, when))) for slug in (plain, full)]
    starred = "" if plain == full else f"; filename*=UTF-8''{quote(names[1])}"
    assert sent == f'attachment; filename="{names[0]}"{starred}'


def test_the_page_follows_a_run_until_it_has_ended(analyst_client: Client):
    run, later = begin(analyst_client), begin(analyst_client)
    assert "Waiting: one export before it" in analyst_client.get(later.get_absolute_url()).content.decode()
    page = analyst_client.get(run.get_absolute_url()).content.decode()
    assert "Being counted" in page and "<progress" not in page
    ago = timezone.now() - timedelta(minutes=1)
    counts = {"articles": 50, "articles_written": 10, "quotations": 120, "quotations_written": 30}
    ExportRun.objects.filter(pk=run.pk).update(started_at=ago, seen_at=timezone.now(), **counts)
    page = analyst_client.get(run.get_absolute_url()).content.decode()
    assert "Being written" in page and "30 of 120 quotations written" in page and "about 3 minutes left" in page
    assert 'hx-trigger="every 2s"' in page and "Cancel the export" in page and "Look again" in page
    ExportRun.objects.filter(pk=run.pk).update(quotations_written=120)
    assert "Being finished, with the history" in analyst_client.get(run.get_absolute_url()).content.decode()
    unchanged = f"{run.get_absolute_url()}?shown=running-0"
    assert b"hx-swap-oob" not in analyst_client.get(unchanged, headers={"HX-Request": "true"}).content
    finished(run)
    part = analyst_client.get(unchanged, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part and "Finished" in part and "Cancel" not in part
    assert run.sha256 in part and "256,000" in part and f'href="{run.get_absolute_url()}file/"' in part


def test_the_list_shows_runs_and_follows_them(analyst_client: Client):
    assert "No exports yet" in analyst_client.get("/exports/").content.decode()
    run = begin(analyst_client)
    page = analyst_client.get("/exports/").content.decode()
    assert 'hx-trigger="every 5s"' in page and 'Quotations <span dir="auto">“nets”' in page and "running" in page
    finished(run)
    page = analyst_client.get("/exports/").content.decode()
    assert "hx-trigger" not in page and "250.0\xa0KB" in page


def test_cancelling_while_it_waits_and_while_it_runs(analyst_client: Client):
    running, waiting = begin(analyst_client), begin(analyst_client)
    for run in (running, waiting):
        assert analyst_client.post(f"{run.get_absolute_url()}cancel/")["Location"] == run.get_absolute_url()
        run.refresh_from_db()
    assert (running.state, running.is_cancelled, waiting.state) == ("running", True, "cancelled")
    assert "Being cancelled" in analyst_client.get(running.get_absolute_url()).content.decode()
    page = analyst_client.get(waiting.get_absolute_url()).content.decode()
    assert "Cancelled" in page and "There is no file" in page and "Make it anew" in page


def test_what_was_stopped_says_why_and_is_made_again(analyst_client: Client, started: list[ExportRun]):
    run = begin(analyst_client)
    run.state, run.why, run.ended_at = "stopped", "Its process <ended>.", timezone.now()
    run.save()
    page = analyst_client.get(run.get_absolute_url()).content.decode()
    assert "Its process &lt;ended&gt;." in page and "Make it again" in page
    analyst_client.post(f"{run.get_absolute_url()}go-on/")
    run.refresh_from_db()
    assert (run.state, run.why) == ("running", "") and started == [run, run]


def test_a_file_that_was_kept_long_enough_is_removed_and_made_anew(analyst_client: Client):
    run = finished(begin(analyst_client))
    ExportRun.objects.filter(pk=run.pk).update(expires_at=timezone.now())
    page = analyst_client.get(run.get_absolute_url()).content.decode()
    assert "The file was removed" in page and run.again_url.replace("&", "&amp;") in page and "Download" not in page
    assert not export_files.folder_of(run.uid).exists()
    response = analyst_client.get(f"{run.get_absolute_url()}file/")
    assert response.status_code == 410 and "The file was removed" in response.content.decode()
    assert "removed" in analyst_client.get("/exports/").content.decode()


def test_a_file_that_is_gone_before_its_time_is_told_too(analyst_client: Client):
    run = finished(begin(analyst_client))
    export_files.file_of(run).unlink()
    response = analyst_client.get(f"{run.get_absolute_url()}file/")
    page = response.content.decode()
    assert response.status_code == 410 and "not there any more" in page and "files are kept for" not in page
    assert run.again_url.replace("&", "&amp;") in page


def test_a_file_that_is_removed_while_it_is_looked_at_is_not_there(
    analyst_client: Client, monkeypatch: pytest.MonkeyPatch
):
    run = finished(begin(analyst_client))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "is_file", lambda path: path.unlink() is None)
        assert not export_files.is_here(run)


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=7-"}])
def test_a_file_that_is_removed_before_it_is_sent_is_told_too(
    analyst_client: Client, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
):
    run = finished(begin(analyst_client))
    export_files.file_of(run).unlink()
    seen = iter([True])
    monkeypatch.setattr(export_files, "is_here", lambda run: next(seen, False))
    response = analyst_client.get(f"{run.get_absolute_url()}file/", headers=headers)
    assert response.status_code == 410 and "it was removed or changed" in response.content.decode()


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=7-"}])
def test_a_file_that_is_removed_while_it_is_sent_comes_whole(analyst_client: Client, headers: dict[str, str]):
    run = finished(begin(analyst_client))
    response = analyst_client.get(f"{run.get_absolute_url()}file/", headers=headers)
    export_files.file_of(run).unlink()
    assert content_of(response) == (CONTENT[7:] if headers else CONTENT)


def test_a_file_with_other_bytes_is_not_given_under_the_sha_256_of_what_was_written(analyst_client: Client):
    run = finished(begin(analyst_client))
    export_files.file_of(run).write_bytes(CONTENT[:-1])
    response = analyst_client.get(f"{run.get_absolute_url()}file/")
    assert response.status_code == 410 and "it was removed or changed" in response.content.decode()


def test_of_what_has_not_finished_there_is_no_file(analyst_client: Client):
    run = begin(analyst_client)
    export_files.file_of(run).parent.mkdir(parents=True)
    export_files.file_of(run).write_bytes(b"half")
    address = f"{run.get_absolute_url()}file/"
    assert analyst_client.get(address).status_code == 409
    analyst_client.post(f"{run.get_absolute_url()}cancel/")
    ExportRun.objects.filter(pk=run.pk).update(state="cancelled", ended_at=timezone.now())
    assert analyst_client.get(address).status_code == 410


def test_a_format_that_there_is_no_more_is_shown_by_its_name(analyst_client: Client):
    run = finished(begin(analyst_client))
    ExportRun.objects.filter(pk=run.pk).update(format="old-one")
    assert "old-one" in analyst_client.get(run.get_absolute_url()).content.decode()
    assert "old-one" in analyst_client.get("/exports/").content.decode()
    assert analyst_client.get(f"{run.get_absolute_url()}file/").status_code == 410


def content_of(response: object) -> bytes:
    assert isinstance(response, StreamingHttpResponse)
    return response.getvalue()


def test_the_file_is_sent_whole(analyst_client: Client):
    run = finished(begin(analyst_client))
    response = analyst_client.get(f"{run.get_absolute_url()}file/")
    assert content_of(response) == CONTENT
    assert response["Content-Length"] == "256000" and response["ETag"] == f'"{run.sha256}"'
    assert response["Content-Type"] == "text/csv; charset=utf-8" and response["Accept-Ranges"] == "bytes"
    name = f"newsroom-quotations-nets-direct-{localtime(run.ended_at):%Y-%m-%d-%H%M}.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    head = analyst_client.head(f"{run.get_absolute_url()}file/")
    assert (head["Content-Length"], head["ETag"], head.content) == ("256000", response["ETag"], b"")
    known = analyst_client.get(f"{run.get_absolute_url()}file/", headers={"If-None-Match": f'"{run.sha256}"'})
    assert known.status_code == 304
    other = analyst_client.get(f"{run.get_absolute_url()}file/", headers={"If-Match": '"other"'})
    assert other.status_code == 412
    long_ago = {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:01 GMT"}
    assert analyst_client.get(f"{run.get_absolute_url()}file/", headers=long_ago).status_code == 200


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=1000-", 1000, 255_999),
        ("bytes=-10", 255_990, 255_999),
        ("bytes=9-999999", 9, 255_999),
    ],
)
def test_a_download_that_broke_off_goes_on(analyst_client: Client, asked: str, first: int, last: int):
    run = finished(begin(analyst_client))
    same = {"Range": asked, "If-Range": f'"{run.sha256}"'}
    response = analyst_client.get(f"{run.get_absolute_url()}file/", headers=same)
    assert response.status_code == 206 and content_of(response) == CONTENT[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/256000"
    assert response["Content-Length"] == str(last - first + 1)
    other = analyst_client.get(f"{run.get_absolute_url()}file/", headers=same | {"If-Range": '"other"'})
    assert other.status_code == 200 and content_of(other) == CONTENT


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=-0", "bytes=999999999999-"])
def test_a_range_that_the_file_has_not_is_refused(analyst_client: Client, asked: str):
    run = finished(begin(analyst_client))
    response = analyst_client.get(f"{run.get_absolute_url()}file/", headers={"Range": asked})
    assert response.status_code == 416 and response["Content-Range"] == "bytes */256000"


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=0-1,5-6", "bytes=-", "lines=1-2", "bytes=x-", "bytes=0-٣", "\x00"]
)
def test_what_is_no_single_range_is_answered_with_all(analyst_client: Client, asked: str):
    run = finished(begin(analyst_client))
    response = analyst_client.get(f"{run.get_absolute_url()}file/", headers={"Range": asked})
    assert response.status_code == 200 and content_of(response) == CONTENT


def test_pages_ask_for_no_more_than_they_need(
    analyst_client: Client, analyst: User, django_assert_max_num_queries: DjangoAssertNumQueries
):
    fields = {"by": analyst, "of": "quotations", "format": "csv"}
    runs = [finished(ExportRun(**fields, query=f"q=nets&speaker={n}&outlet={n}&story={n}")) for n in range(10)]
    for address, most in ((NEW, 10), ("/exports/", 10), (runs[0].get_absolute_url(), 9)):
        with django_assert_max_num_queries(most):
            assert analyst_client.get(address).status_code == 200
