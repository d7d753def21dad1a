"""What no export holds: texts, versions, addresses and nests out of all bounds, and names of other people."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from articles.bringing_back import bring_back
from articles.citing.works import work_of
from articles.exports import bundle, docbin, jsonl, web_annotation, zipped
from articles.exports.checking import MOST_NESTED, is_record
from articles.exports.records import NotAnExport
from articles.models import Act, Article, Outlet, Quotation
from tests.exports import making
from tests.exports.test_bringing_back import brought, failures, set_article, set_quotation
from tests.exports.test_bundle import changed
from tests.factories import make_article, make_quotation

Lines = list[dict[str, Any]]


@pytest.mark.django_db
class TestValues:
    @pytest.mark.parametrize(
        "values",
        [
            *({"version": 2**31 - 1}, {"version": 0}, {"imported_at": "0001-01-01T00:00:00+23:00"}),
            *({"imported_at": "9999-12-31T23:00:00-23:00"}, {"text": "x" * 5_000_001, "text_sha256": ""}),
            {"analysis": {"cues": json.loads("[" * 100 + "]" * 100)}},
        ],
    )
    def test_an_article_costs_itself(self, lines: Lines, values: dict[str, Any]) -> None:
        set_article(**values)(lines)
        (line,) = failures(lines)
        assert len(line) < 500
        assert Article.objects.count() == 1

    def test_a_nest_costs_itself(self, lines: Lines) -> None:
        found: list[Any] = [*lines]
        nest = b'{"record": "act", "x": ' + b"[" * 3_000 + b"]" * 3_000 + b"}\n"
        found[-1:-1] = [nest, b'{"record": []}\n', b"[" * 100_000 + b"\n"]
        assert len(failures(found)) == 3
        assert Act.objects.count() == 2

    def test_addresses_are_of_the_web(self, lines: Lines) -> None:
        set_article(url="javascript:alert(1)", outlet={"name": "Forged", "homepage": "javascript:alert(1)"})(lines)
        report = brought(lines)
        assert report.articles.added == 2
        assert "its URL is no address of the web" in report.notes[0]
        assert set(Article.objects.values_list("url", flat=True)) == {""}
        assert Outlet.objects.get(name="Forged").homepage == ""


@pytest.mark.django_db
def test_only_addresses_of_the_web_are_linked(client: Any, viewer: User) -> None:
    article = make_article(url="javascript:alert(1)")
    quotation = make_quotation(article, "“The nets were empty,”")
    client.force_login(viewer)
    assert "javascript:" not in client.get(article.get_absolute_url()).content.decode()
    work = work_of(quotation, permalink="https://newsroom.example/q", accessed=article.imported_at.date())
    assert work.url == "https://newsroom.example/q"
    for name in ("cite.bib", "cite.json"):
        assert "javascript:" not in client.get(f"{quotation.permalink}{name}").content.decode()


@pytest.mark.django_db
class TestPeople:
    def test_whose_account_is_here_is_told(self, lines: Lines) -> None:
        user = User.objects.create_superuser("analyst", password="x")
        report = brought(lines)
        assert (report.accounts, report.attributed) == ([], ["analyst"])
        assert "Attributed to accounts that are here: analyst" in report.in_words()
        assert set(Act.objects.values_list("by", flat=True)) == {user.pk}
        assert brought(lines).attributed == []  # all of it is there

    def test_they_are_kept_apart_where_that_is_asked_for(self, lines: Lines, tmp_path: Any) -> None:
        user = User.objects.create_superuser("analyst", password="x")
        path = tmp_path / "news.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        for _ in range(2):
            call_command("bring_back", path, as_strangers=True, quiet=True, format="jsonl")
        stranger = User.objects.exclude(pk=user.pk).get()
        assert (stranger.username, stranger.is_active, stranger.has_usable_password()) == (
            "analyst.brought-back",
            False,
            False,
        )
        assert set(Act.objects.values_list("by", flat=True)) == {stranger.pk}
        assert not Quotation.objects.filter(settled_by=user).exists()

    def test_strangers_stay_who_they_are(self, lines: Lines) -> None:
        brought(lines[:-3])
        before = set(User.objects.values_list("username", flat=True))
        data = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
        bring_back(jsonl.read(io.BytesIO(data)), source="x", as_strangers=True)
        assert set(User.objects.values_list("username", flat=True)) == before == {"analyst"}

    def test_names_that_django_refuses_become_ones_that_it_takes(self, lines: Lines) -> None:
        set_quotation(settled_by="a/../b\n\u202eX")(lines)
        report = brought(lines)
        assert sorted(report.accounts) == ["a_.._b__X", "analyst"]
        for user in User.objects.all():
            user.clean_fields()
        assert all("\n" not in line for line in report.in_words())

    def test_one_that_is_here_under_such_a_name_is_found(self, lines: Lines) -> None:
        user = User.objects.create(username="Ida\u202e Moss")
        set_quotation(settled_by="Ida\u202e Moss")(lines)
        report = brought(lines)
        assert Quotation.objects.filter(settled_by=user).exists()
        assert all("\u202e" not in line for line in report.in_words())


class TestFiles:
    def test_how_deep_a_record_may_be(self) -> None:
        def nest(depth: int) -> Any:
            return {"record": "act", "x": json.loads("[" * depth + "]" * depth)}

        assert is_record(nest(MOST_NESTED - 2))
        assert not is_record(nest(MOST_NESTED + 2))

    def test_json_ld_is_not_read_deeper(self) -> None:
        out = io.BytesIO()
        web_annotation.write(iter(making.many(1)), out)
        deep = b'"items":[\n{"record":{"record":"act","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}},\n"
        with pytest.raises(NotAnExport, match="within each other"):
            list(web_annotation.read(io.BytesIO(out.getvalue().replace(b'"items":[\n', deep, 1))))

    def test_packed_token_files_do_not_expand_beyond_all_measure(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(docbin, "MOST_IN_MEMBER", 100_000)
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr(docbin.FIRST, '{"record": "head", "version": 1}')
            archive.writestr("articles-00001.spacy", zlib.compress(bytes(5_000_000)))
        with pytest.raises(NotAnExport, match="expands to more"):
            list(docbin.read(data))

    def test_nor_do_members(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zipped, "_RATIO_FROM", 1_000_000)
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", bundle.MIMETYPE)
            archive.writestr("manifest.json", b" " * 5_000_000)
        with pytest.raises(NotAnExport, match="200 times its size"):
            list(bundle.read(data))

    def test_nor_lines(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bundle, "MOST_IN_LINE", 20)
        records = bundle.read(io.BytesIO(changed("none", b"")))
        next(records)
        with pytest.raises(NotAnExport, match="line 1: longer than"):
            next(records)
