"""Corrections: each through the one write path, by the version that was seen; what is refused writes nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles import corrections
from articles.models import Act, Article, Outlet, Quotation, Speaker
from tests.factories import make_article, make_quotation

from .conftest import Caller, secret_of

pytestmark = pytest.mark.django_db


def path_of(quotation: Quotation, verb: str = "") -> str:
    return f"/quotations/{quotation.uid}" + (f"/{verb}" if verb else "")


def test_deciding_is_an_act_of_whose_token_it_is(by_analyst: Caller, analyst: User, quotation: Quotation):
    for verb, state, version in (("accept", "accepted", 2), ("reject", "rejected", 3), ("reopen", "suggested", 4)):
        response = by_analyst("POST", path_of(quotation, verb), seen=version - 1, status=200)
        told = response.json()
        assert response["ETag"] == f'"{version}"'
        assert (told["act"]["verb"], told["act"]["by"]) == (verb, "analyst")
        assert (told["quotations"][0]["state"], told["quotations"][0]["version"]) == (state, version)
    quotation.refresh_from_db()
    assert quotation.version == 4 and [act.verb for act in Act.objects.all()] == ["reopen", "reject", "accept"]


def test_what_is_so_already_is_no_act(by_analyst: Caller, quotation: Quotation):
    by_analyst.post(path_of(quotation, "accept"), seen=1)
    assert by_analyst.post(path_of(quotation, "accept"), seen=2)["act"] is None
    assert Act.objects.count() == 1


def test_a_tag_says_what_was_seen(by_analyst: Caller, quotation: Quotation):
    etag = by_analyst("GET", path_of(quotation), status=200)["ETag"]
    by_analyst("POST", path_of(quotation, "accept"), status=200, **{"If-Match": f"W/{etag}"})


@pytest.mark.parametrize("header", ['"9", "1"', '"1","9"', 'W/"8" , "x,y",, "1.0f",', ',"1"'])
def test_one_tag_of_a_list_has_to_fit(by_analyst: Caller, quotation: Quotation, header: str):
    path = path_of(quotation, "accept")
    assert by_analyst("POST", path, status=200, **{"If-Match": header}).json()["act"]["verb"] == "accept"
    by_analyst("POST", path_of(quotation, "reject"), status=412, **{"If-Match": header})
    assert by_analyst("PATCH", path_of(quotation), {"note": "a"}, status=200, **{"If-Match": f'"7", "2", {header}'})
    assert Act.objects.count() == 2


@pytest.mark.parametrize("header", ['"1" "2"', '"1", *', '"1", 2', '"one", "two"', ",", '"1"x', "1"])
def test_what_is_no_list_of_tags_is_unreadable(by_analyst: Caller, quotation: Quotation, header: str):
    by_analyst("POST", path_of(quotation, "accept"), status=400, **{"If-Match": header})
    assert not Act.objects.exists()


WRITES: list[tuple[str, str, Any]] = [
    ("POST", "accept", None),
    ("POST", "reject", None),
    ("POST", "reopen", None),
    ("POST", "duplicate", None),
    ("POST", "speaker", {"name": "Jon Par"}),
    ("PATCH", "", {"note": "Look"}),
    ("POST", "split", {"at": 10}),
]


@pytest.mark.parametrize(("method", "verb", "body"), WRITES)
def test_without_a_version_nothing_is_written(
    by_analyst: Caller, quotation: Quotation, method: str, verb: str, body: Any
):
    for header in ({}, {"If-Match": "*"}):
        by_analyst(method, path_of(quotation, verb), body, status=428, **header)
    by_analyst(method, path_of(quotation, verb), body, status=400, **{"If-Match": '"one"'})
    assert not Act.objects.exists()


@pytest.mark.parametrize(("method", "verb", "body"), WRITES)
def test_a_stale_version_is_answered_with_both(
    by_analyst: Caller, editor: User, quotation: Quotation, method: str, verb: str, body: Any
):
    corrections.change_speaker(quotation, name="Otto Brandt", by=editor, version=1)
    response = by_analyst(method, path_of(quotation, verb), body, seen=1, status=412)
    told = response.json()
    assert told["current"]["speaker_name"] == "Otto Brandt" and told["current"]["version"] == 2
    assert response["ETag"] == '"2"' and told["last_act"]["by"] == "editor"
    assert told["wanted"].items() >= (body or {}).items() and told["wanted"]["correction"]
    assert Act.objects.count() == 1


@pytest.mark.parametrize(("method", "verb", "body"), WRITES)
@pytest.mark.parametrize("never", [0, 9])
def test_a_version_that_never_was_blames_nobody(
    by_analyst: Caller, quotation: Quotation, method: str, verb: str, body: Any, never: int
):
    told = by_analyst(method, path_of(quotation, verb), body, seen=never, status=412).json()
    assert f"has never had version {never}; the current one is 1" in told["detail"] and told["last_act"] is None
    assert not Act.objects.exists()


def test_the_speaker_is_changed_and_made(by_analyst: Caller, quotation: Quotation):
    told = by_analyst.post(path_of(quotation, "speaker"), {"name": "Jon Par"}, seen=1)
    assert (told["quotations"][0]["speaker_name"], told["quotations"][0]["state"]) == ("Jon Par", "accepted")


def test_an_ambiguous_name_is_answered_with_choices(by_analyst: Caller, quotation: Quotation):
    for qualifier in ("footballer", "minister"):
        Speaker.objects.create(name="Jon Par", qualifier=qualifier)
    told = by_analyst.post(path_of(quotation, "speaker"), {"name": "Jon Par"}, seen=1, status=409)
    assert [one["name"] for one in told["choices"]] == ["Jon Par (footballer)", "Jon Par (minister)"]
    by_analyst.post(path_of(quotation, "speaker"), {"name": told["choices"][0]["name"]}, seen=1)


@pytest.mark.parametrize(
    "body", [{"name": ""}, {"name": "\u200b"}, {"name": "x\x00"}, {"name": "x" * 400}, {"nam": "x"}, {}, [], 1]
)
def test_what_is_no_name_is_pointed_at(by_analyst: Caller, quotation: Quotation, body: Any):
    told = by_analyst.post(path_of(quotation, "speaker"), body, seen=1, status=422)
    assert told["errors"][0]["pointer"].startswith("#") and not Act.objects.exists()


@pytest.mark.parametrize("body", [b"{", b'{"name": "\\ud800"}', b'{"name": NaN}', b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_unreadable(by_analyst: Caller, quotation: Quotation, body: bytes):
    headers = {"Authorization": f"Bearer {by_analyst.secret}", "If-Match": '"1"'}
    response = by_analyst.client.post(
        f"/api/v1{path_of(quotation, 'speaker')}", body, "application/json", headers=headers
    )
    assert response.status_code == 400 and response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("body", [b'{"name": "Jon Par", "name": "x"}', b'{"name": "Jon Par", "n\\u0061me": "x"}'])
def test_a_member_that_stands_twice_is_unreadable(by_analyst: Caller, quotation: Quotation, body: bytes):
    headers = {"Authorization": f"Bearer {by_analyst.secret}", "If-Match": '"1"'}
    address = f"/api/v1{path_of(quotation, 'speaker')}"
    response = by_analyst.client.post(address, body, "application/json", headers=headers)
    assert (response.status_code, response.json()["detail"]) == (400, "“name” stands twice in one object.")
    assert not Act.objects.exists()


@pytest.mark.parametrize(
    ("charset", "status"), [("nonsense", 415), ("latin-1", 415), ("utf-16", 415), ("UTF-8", 200), ('"utf-8"', 200)]
)
def test_json_is_in_utf_8(by_analyst: Caller, quotation: Quotation, charset: str, status: int):
    headers = {"Authorization": f"Bearer {by_analyst.secret}", "If-Match": '"1"'}
    address, content_type = f"/api/v1{path_of(quotation, 'speaker')}", f"application/json; charset={charset}"
    response = by_analyst.client.generic("POST", address, '{"name": "Jön"}'.encode(), content_type, headers=headers)
    assert response.status_code == status


@pytest.mark.parametrize("wrong", ["3", True, 3.0, 3.5, None, [3]])
def test_offsets_and_versions_are_numbers(by_analyst: Caller, quotation: Quotation, wrong: Any):
    for member, value in (("spans", [[0, wrong]]), ("cue", [wrong, 20]), ("mention", [wrong, 20])):
        told = by_analyst("PATCH", path_of(quotation), {member: value}, seen=1, status=422).json()
        assert told["errors"][0]["pointer"].startswith(f"#/{member}")
    by_analyst.post(path_of(quotation, "split"), {"at": wrong}, seen=1, status=422)
    by_analyst.post(path_of(quotation, "merge"), {"uid": str(quotation.uid), "version": wrong}, seen=1, status=422)
    assert not Act.objects.exists()


def test_another_type_and_too_much_are_refused(by_analyst: Caller, quotation: Quotation):
    headers = {"Authorization": f"Bearer {by_analyst.secret}", "If-Match": '"1"'}
    address = f"/api/v1{path_of(quotation, 'speaker')}"
    assert by_analyst.client.post(address, "name=x", "text/plain", headers=headers).status_code == 415
    assert by_analyst.client.post(address, b" " * 2_700_000, "application/json", headers=headers).status_code == 413


def test_revising_keeps_what_is_left_out(by_analyst: Caller, quotation: Quotation):
    told = by_analyst("PATCH", path_of(quotation), {"spans": [[1, 20]], "cue": None}, seen=1, status=200).json()
    (now,) = told["quotations"]
    assert (now["content"], now["cue"], now["mention_words"]) == ("The nets were empty", None, "the harbour master")
    assert (now["speaker_name"], now["state"], told["act"]["verb"]) == ("Ida Moss", "accepted", "edit")
    told = by_analyst(
        "PATCH", path_of(quotation), {"kind": "mixed", "note": "n", "speaker_name": ""}, seen=2, status=200
    ).json()
    (now,) = told["quotations"]
    assert (now["kind"], now["note"], now["speaker"], now["content"]) == ("mixed", "n", None, "The nets were empty")


BAD = [
    {"spans": [[5, 5]]},
    {"spans": [[50, 5]]},
    {"spans": [[0, 9999]]},
    {"spans": []},
    {"spans": [[0]]},
    {"spans": [[-1, 5]]},
]
BAD += [
    {"spans": [[0, 10], [5, 20]]},
    {"kind": "sung"},
    {"cue": [3]},
    {"note": "x" * 1001},
    {"spans": [[0, 2]] * 101},
]


@pytest.mark.parametrize("body", BAD)
def test_spans_that_do_not_lie_in_the_text_are_refused(by_analyst: Caller, quotation: Quotation, body: Any):
    by_analyst("PATCH", path_of(quotation), body, seen=1, status=422)
    assert not Act.objects.exists()


def test_splitting_and_merging_again(by_analyst: Caller, quotation: Quotation):
    told = by_analyst.post(path_of(quotation, "split"), {"at": 9}, seen=1, status=201)
    first, second = told["quotations"]
    assert (first["content"], second["content"]) == ("“The nets", "were empty,”")
    body = {"uid": second["uid"], "version": second["version"]}
    told = by_analyst.post(path_of(quotation, "merge"), body, seen=first["version"])
    assert told["quotations"][0]["content"] == "“The nets were empty,”" and told["quotations"][1]["is_hidden"]
    by_analyst.post(path_of(quotation, "split"), {"at": 0}, seen=3, status=422)
    by_analyst.post(f"/quotations/{second['uid']}/accept", seen=2, status=404)


def test_merging_names_both_versions(by_analyst: Caller, quotation: Quotation, another: Quotation):
    told = by_analyst.post(path_of(quotation, "merge"), {"uid": str(another.uid), "version": 5}, seen=1, status=412)
    assert told["current"]["uid"] == str(another.uid)
    elsewhere = make_quotation(make_article("“Fish,” she said."), "“Fish,”")
    by_analyst.post(path_of(quotation, "merge"), {"uid": str(elsewhere.uid), "version": 1}, seen=1, status=422)


def test_duplicating(by_analyst: Caller, quotation: Quotation):
    told = by_analyst.post(path_of(quotation, "duplicate"), seen=1, status=201)
    assert told["quotations"][0]["content"] == told["quotations"][1]["content"] and Quotation.objects.count() == 2


def test_adding_to_the_text_that_was_seen(by_analyst: Caller, article: Article):
    body = {"text_sha256": article.text_sha256, "spans": [[0, 22]], "cue": [42, 46], "speaker_name": "Ida Moss"}
    response = by_analyst("POST", f"/articles/{article.pk}/quotations", body, status=201)
    (added,) = response.json()["quotations"]
    assert (added["state"], added["origin"], added["kind"], added["cue_words"]) == (
        "accepted",
        "person",
        "direct",
        "said",
    )
    assert response["Location"] == f"/api/v1/quotations/{added['uid']}"
    stale = by_analyst.post(f"/articles/{article.pk}/quotations", body | {"text_sha256": "0" * 64}, status=409)
    assert stale["type"] == "/api/#moved"
    by_analyst.post(f"/articles/{article.pk}/quotations", body | {"spans": [[0, 999]]}, status=422)
    by_analyst.post("/articles/999/quotations", body, status=404)
    assert Quotation.objects.count() == 1


def test_what_has_left_the_text(by_analyst: Caller, by_editor: Caller, quotation: Quotation, article: Article):
    by_editor(
        "PUT",
        f"/articles/{article.pk}/text",
        {"text": "Quite another text, “Empty nets,” she said.\n"},
        seen=1,
        status=200,
    )
    told = by_analyst.get(path_of(quotation))
    assert told["is_in_former_text"] is True and told["text_sha256"] == article.text_sha256
    by_analyst.post(path_of(quotation, "split"), {"at": 9}, seen=told["version"], status=409)
    by_analyst("PATCH", path_of(quotation), {"note": "n"}, seen=told["version"], status=422)
    revised = by_analyst("PATCH", path_of(quotation), {"spans": [[20, 33]]}, seen=told["version"], status=200).json()
    (now,) = revised["quotations"]
    assert (now["is_in_former_text"], now["content"], now["speaker_name"]) == (False, "“Empty nets,”", "Ida Moss")


def test_a_text_comes_back_with_its_quotations(
    by_editor: Caller, by_analyst: Caller, quotation: Quotation, article: Article
):
    path, text = f"/articles/{article.pk}/text", {"text": "Quite another text.\n"}
    act = by_editor("PUT", path, text, seen=1, status=200).json()["act"]
    by_analyst.post(f"/acts/{act['uid']}/undo", status=404)
    (back,) = by_editor.post(f"/acts/{act['uid']}/undo", status=200)["quotations"]
    assert (back["uid"], back["version"]) == (str(quotation.uid), 3)
    told = by_editor.get(path_of(quotation))
    assert (told["is_in_former_text"], told["content"]) == (False, quotation.content)
    assert by_editor.get(f"/articles/{article.pk}")["text"] == article.text


def test_a_text_that_another_has_is_refused(by_editor: Caller, by_analyst: Caller, article: Article):
    other = make_article("Another text.\n")
    told = by_editor("PUT", f"/articles/{article.pk}/text", {"text": other.text}, seen=1, status=409).json()
    assert told["article"] == other.pk
    by_editor("PUT", f"/articles/{article.pk}/text", {"text": " "}, seen=1, status=422)
    by_editor("PUT", f"/articles/{article.pk}/text", {"text": "x"}, seen=9, status=412)
    by_analyst("PUT", f"/articles/{article.pk}/text", {"text": "x"}, seen=1, status=403)


def test_articles_are_reviewed_and_flagged(by_analyst: Caller, article: Article):
    base = f"/articles/{article.pk}"
    assert by_analyst.post(f"{base}/review", seen=1)["article"]["reviewed_by"] == "analyst"
    told = by_analyst.post(f"{base}/flag", {"note": "Who?"}, seen=2)["article"]
    assert (told["needs_second_look"], told["second_look_note"], told["reviewed_by"]) == (True, "Who?", "")
    assert by_analyst.post(f"{base}/reopen", seen=3)["article"]["needs_second_look"] is False
    told = by_analyst.post(f"{base}/review", seen=1, status=412)
    assert (told["current"]["version"], told["current"]["number"]) == (4, article.pk)
    by_analyst.post(f"{base}/flag", {"note": "x" * 501}, seen=4, status=422)
    by_analyst.post("/articles/999/review", seen=1, status=404)


def test_undoing_and_doing_again(by_analyst: Caller, by_editor: Caller, quotation: Quotation):
    act = by_analyst.post(path_of(quotation, "accept"), seen=1)["act"]
    undone = by_analyst.post(f"/acts/{act['uid']}/undo")
    assert (undone["act"]["verb"], undone["act"]["undoes"]) == ("undo", act["uid"])
    assert undone["quotations"][0]["state"] == "suggested"
    assert by_analyst.get(f"/acts/{act['uid']}")["is_undone"] is True
    assert by_analyst.post(f"/acts/{act['uid']}/undo", status=409)["type"] == "/api/#not-undoable"
    again = by_analyst.post(f"/acts/{undone['act']['uid']}/redo")
    assert again["quotations"][0]["state"] == "accepted"
    by_editor.post(path_of(quotation, "reject"), seen=4)
    assert by_analyst.post(f"/acts/{again['act']['uid']}/undo", status=409)["type"] == "/api/#not-undoable"


def test_acts_of_others_are_for_editors(by_analyst: Caller, by_editor: Caller, viewer: User, quotation: Quotation):
    act = by_editor.post(path_of(quotation, "accept"), seen=1)["act"]
    by_analyst.get(f"/acts/{act['uid']}", status=404)
    by_analyst.post(f"/acts/{act['uid']}/undo", status=404)
    Caller(secret_of(viewer)).post(f"/acts/{act['uid']}/undo", status=403)
    mine = by_analyst.post(path_of(quotation, "reject"), seen=2)["act"]
    by_editor.get(f"/acts/{mine['uid']}")
    by_editor.post(f"/acts/{mine['uid']}/undo")


def test_editors_edit_speakers(by_editor: Caller, by_analyst: Caller):
    speaker, other = Speaker.objects.create(name="Ida Moss"), Speaker.objects.create(name="Jon Par")
    path = f"/speakers/{speaker.pk}"
    told = by_editor("PATCH", path, {"role": "Skipper", "aliases": ["I. Moss"]}, seen=1, status=200).json()
    assert (told["speakers"][0]["role"], told["speakers"][0]["aliases"], told["act"]["verb"]) == (
        "Skipper",
        ["I. Moss"],
        "edit",
    )
    told = by_editor("PATCH", path, {"name": other.name}, seen=2, status=422).json()
    assert told["errors"][0]["pointer"] == "#/name"
    told = by_editor("PATCH", path, {"role": "x"}, seen=1, status=412).json()
    assert (told["wanted"]["role"], told["current"]["role"]) == ("x", "Skipper")
    by_editor("PATCH", path, {"wikidata_id": "42"}, seen=2, status=422)
    by_editor("PATCH", path, {}, seen=2, status=200)
    by_analyst("PATCH", path, {"role": "x"}, seen=2, status=403)
    by_editor("PATCH", "/speakers/999", {"role": "x"}, seen=2, status=404)


def test_editors_merge_and_split_speakers(by_editor: Caller, by_analyst: Caller, quotation: Quotation):
    survivor, other = Speaker.objects.create(name="Ida M. Moss"), quotation.speaker
    assert other
    body = {"other": other.pk, "version": 1}
    by_analyst.post(f"/speakers/{survivor.pk}/merge", body, seen=1, status=403)
    by_editor.post(f"/speakers/{survivor.pk}/merge", body | {"version": 2}, seen=1, status=412)
    by_editor.post(f"/speakers/{survivor.pk}/merge", body | {"other": survivor.pk}, seen=1, status=422)
    told = by_editor.post(f"/speakers/{survivor.pk}/merge", body, seen=1)
    assert told["speakers"][0]["aliases"] == ["Ida Moss"] and told["speakers"][1]["merged_into"] == survivor.pk
    now = by_editor.get(path_of(quotation))
    assert now["speaker"] == survivor.pk
    body = {"to": "Ida Moss (skipper)", "quotations": [{"uid": now["uid"], "version": now["version"]}]}
    by_editor.post(f"/speakers/{survivor.pk}/split", {"to": "Ida M. Moss"}, seen=2, status=409)
    told = by_editor.post(f"/speakers/{survivor.pk}/split", body, seen=2)
    assert told["speakers"][1]["qualifier"] == "skipper"
    by_editor.post(f"/acts/{told['act']['uid']}/undo")
    assert by_editor.get(path_of(quotation))["speaker"] == survivor.pk


def test_editors_rename_outlets(by_editor: Caller, by_analyst: Caller, article: Article):
    Outlet.objects.create(name="The Tide")
    path = f"/outlets/{article.outlet_id}"
    assert by_editor("PATCH", path, {"name": "Gazette"}, seen=1, status=200).json()["outlet"]["version"] == 2
    assert by_editor("PATCH", path, {"name": "The Tide"}, seen=2, status=409).json()["type"] == "/api/#name-taken"
    assert by_editor("PATCH", path, {"name": "x"}, seen=1, status=412).json()["current"]["name"] == "Gazette"
    by_editor("PATCH", path, {"name": "\u200b"}, seen=2, status=422)
    by_analyst("PATCH", path, {"name": "x"}, seen=2, status=403)
