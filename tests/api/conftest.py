"""The API asked as a program asks it: with a token of its own, JSON in and out."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from articles import export_files, export_line, import_line
from articles.models import ApiToken, Article, ExportRun, ImportRun, Quotation
from tests.factories import make_article, make_quotation

TEXT = "“The nets were empty,” the harbour master said on Monday. “Nobody knows why,” she added.\n"
ROOT = "/api/v1"


def secret_of(user: User, *scopes: str, days: int = 1) -> str:
    expires_at = timezone.now() + timedelta(days=days)
    return ApiToken.make(user, name="test", scopes=scopes or ApiToken.Scope.values, expires_at=expires_at)[1]


class Caller:
    """Asks for addresses below /api/v1, with a secret or without."""

    def __init__(self, secret: str = "") -> None:
        self.client, self.secret = Client(), secret

    def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        seen: object = None,
        status: int | None = None,
        **headers: str,
    ) -> HttpResponse:
        """`seen` is the version for If-Match; `status` what the answer has to have."""
        if self.secret:
            headers["Authorization"] = f"Bearer {self.secret}"
        if seen is not None:
            headers["If-Match"] = f'"{seen}"'
        address = path if path.startswith("http") else f"{ROOT}{path}"
        options: dict[str, Any] = {"data": body, "content_type": "application/json"} if body is not None else {}
        response = (
            self.client.generic(method, address, headers=headers)
            if not options
            else getattr(self.client, method.lower())(address, headers=headers, **options)
        )
        if status is not None:
            assert response.status_code == status, response.content.decode()
        if response.status_code >= 400:
            assert response["Content-Type"] == "application/problem+json", response.content.decode()
            problem = response.json()
            assert problem["status"] == response.status_code and problem["type"].startswith("/api/#")
        return response

    def get(self, path: str, *, status: int = 200, **headers: str) -> Any:
        return self("GET", path, status=status, **headers).json()

    def post(self, path: str, body: Any = None, *, seen: object = None, status: int = 200) -> Any:
        return self("POST", path, body, seen=seen, status=status).json()


@pytest.fixture
def anonymous() -> Caller:
    return Caller()


@pytest.fixture
def by_viewer(viewer: User) -> Caller:
    return Caller(secret_of(viewer))


@pytest.fixture
def by_analyst(analyst: User) -> Caller:
    return Caller(secret_of(analyst))


@pytest.fixture
def by_editor(editor: User) -> Caller:
    return Caller(secret_of(editor))


@pytest.fixture
def article(db: None) -> Article:
    return make_article(TEXT, published_on="2025-03-04")


@pytest.fixture
def quotation(article: Article) -> Quotation:
    return make_quotation(article, cue="said", mention="the harbour master", speaker="Ida Moss")


@pytest.fixture
def another(article: Article, quotation: Quotation) -> Quotation:
    return make_quotation(article, "“Nobody knows why,”", cue="added", mention="she", speaker="Ida Moss")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> list[ImportRun]:
    """The runs that a process was to be started for, in place of one."""
    settings.NEWSROOM_UPLOADS = tmp_path / "uploads"
    runs: list[ImportRun] = []
    monkeypatch.setattr(import_line, "_start", runs.append)
    return runs


@pytest.fixture
def exported(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> list[ExportRun]:
    """The exports that a process was to be started for, in place of one."""
    settings.NEWSROOM_EXPORTS = tmp_path / "exports"
    runs: list[ExportRun] = []
    monkeypatch.setattr(export_line, "_start", runs.append)
    return runs


def finished(run: ExportRun, content: bytes = b"words") -> ExportRun:
    """`run` with its file, as its process leaves it."""
    path = export_files.file_of(run)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    run.state, run.ended_at = "finished", timezone.now()
    run.expires_at = timezone.now() + export_files.KEPT
    run.size, run.sha256 = len(content), hashlib.sha256(content).hexdigest()
    run.save()
    return run
