"""Production settings: half-configured they do not start, and what they send is locked down."""

import os
import secrets
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from newsroom.settings import environment
from tests.racing import PATIENCE

CONFIGURED = {"SECRET_KEY": secrets.token_urlsafe(64), "ALLOWED_HOSTS": "newsroom.example,127.0.0.1"}
BARE = {name: value for name, value in os.environ.items() if name not in (*CONFIGURED, "DATABASE_URL")}
IMPORT = "from django.conf import settings"
PRODUCTION = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.production"}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=BARE | PRODUCTION | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("missing", CONFIGURED)
def test_refuses_to_start_without(missing: str) -> None:
    run = manage("check", **{name: value for name, value in CONFIGURED.items() if name != missing})
    assert run.returncode != 0
    assert run.stderr.startswith(f"Set {missing} in the environment") and run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("url", "command", "line"),
    [
        ("sqlite:///{}/none.sqlite3", "audit", "is not ready for this version"),
        ("sqlite:///{}/no/folder.sqlite3", "migrate", "DATABASE_URL names failed: unable to open database file"),
        ("postgres://somebody@127.0.0.1:1/newsroom", "migrate", "DATABASE_URL names failed: connection failed"),
    ],
)
def test_a_database_that_does_not_serve_is_one_line(tmp_path: Path, url: str, command: str, line: str) -> None:
    run = manage(command, DATABASE_URL=url.format(tmp_path), **CONFIGURED)
    assert run.returncode == 1
    assert line in run.stderr and run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "url",
    [
        "newsroom.sqlite3",
        "mysql://host/name",
        "postgres://somebody:se/cret@host/name",
        "postgres://somebody:secret@host:99999/name",
        "postgres://somebody:secret@host",
    ],
)
def test_a_database_url_that_is_none_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(
        ImproperlyConfigured, match=r"^DATABASE_URL .*: write postgres://user:\S+ or sqlite:"
    ) as refusal:
        environment.database("DATABASE_URL", "sqlite:///newsroom.sqlite3")
    assert "cret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("read", "default", "wrong"),
    [
        (environment.time_zone, "UTC", ["Mars", "Europe", "../UTC", "Europe\x01Paris"]),
        (environment.log_level, "WARNING", ["loud"]),
        (environment.number, 1, ["many", "-1", "nan", "inf"]),
    ],
)
def test_what_cannot_be_meant_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[str, object], object], default: object, wrong: list[str]
) -> None:
    for value in wrong:
        monkeypatch.setenv("NEWSROOM_SETTING", value)
        with pytest.raises(ImproperlyConfigured, match=r"^NEWSROOM_SETTING is .*: write"):
            read("NEWSROOM_SETTING", default)
    monkeypatch.setenv("NEWSROOM_SETTING", " ")
    assert read("NEWSROOM_SETTING", default) == default


def test_hosts_and_networks_are_listed_and_a_wrong_network_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSROOM_SETTING", " hooks.example,127.0.0.1:9000  203.0.113.0/24 ")
    assert environment.listed("NEWSROOM_SETTING") == ["hooks.example", "127.0.0.1:9000", "203.0.113.0/24"]
    for wrong in ("203.0.113.1/24", "hooks.example/8"):
        monkeypatch.setenv("NEWSROOM_SETTING", wrong)
        with pytest.raises(ImproperlyConfigured, match=r"^NEWSROOM_SETTING has .*: write"):
            environment.listed("NEWSROOM_SETTING")
    monkeypatch.delenv("NEWSROOM_SETTING")
    assert environment.listed("NEWSROOM_SETTING") == []


def production(names: str, **environment: str) -> list[str]:
    """The values of the settings `names`, separated by spaces, one a line."""
    run = manage(
        "shell",
        "-v0",
        "-c",
        f"{IMPORT}; [print(getattr(settings, name)) for name in '{names}'.split()]",
        **environment,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_hosts_are_trusted_as_origins_and_a_key_is_taken_as_it_is() -> None:
    hosts = " newsroom.example, .gazette.example,,"
    origins, key = production("CSRF_TRUSTED_ORIGINS SECRET_KEY", SECRET_KEY=",k,e,y,", ALLOWED_HOSTS=hosts)
    assert origins == "['https://newsroom.example', 'https://*.gazette.example']"
    assert key == ",k,e,y,"


def test_a_domain_is_bound_to_https_only_on_demand() -> None:
    names = "SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_HSTS_PRELOAD"
    assert production(names, **CONFIGURED) == ["False", "False"]
    wanted = {"NEWSROOM_HSTS_SUBDOMAINS": "1", "NEWSROOM_HSTS_PRELOAD": "1"}
    assert production(names, **CONFIGURED, **wanted) == ["True", "True"]


def test_passes_the_deployment_checks() -> None:
    run = manage("check", "--deploy", "--fail-level", "WARNING", **CONFIGURED)
    assert run.returncode == 0, run.stderr
    assert "identified no issues (2 silenced)" in run.stdout


def test_is_not_served_before_its_files_are_collected(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import newsroom.wsgi"],
        cwd=settings.BASE_DIR,
        env=BARE | PRODUCTION | CONFIGURED | {"STATIC_ROOT": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert run.stderr.endswith("for this version. Run: python manage.py collectstatic --noinput\n")


LOG = (
    "import logging; trouble = logging.getLogger('articles.extraction'); trouble.warning('tripped');"
    "trouble.debug('here'); logging.getLogger('django.request').error('broke');"
    "logging.getLogger('django.request').warning('Not Found')"
)


@pytest.mark.parametrize(
    ("level", "lines"),
    [
        ("", ["WARNING articles.extraction: tripped", "ERROR django.request: broke"]),
        ("debug", ["WARNING articles.extraction: tripped", "DEBUG articles.extraction: here"]),
    ],
)
def test_what_goes_wrong_is_a_line_each_on_standard_error(level: str, lines: list[str]) -> None:
    run = manage("shell", "--no-imports", "-c", LOG, NEWSROOM_LOG_LEVEL=level, **CONFIGURED)
    assert [line.split(" ", 2)[2] for line in run.stderr.splitlines()][:2] == lines
    assert "Not Found" not in run.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/sign-in/", "/", "/admin/", "/no/such/page/"])
def test_every_answer_carries_the_strict_policy(client: Client, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'self'"
    assert "unsafe" not in policy


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where gunicorn serves under the production settings, until the test ends."""
    environment = CONFIGURED | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'production.sqlite3'}",
        "STATIC_ROOT": str(tmp_path / "static"),
        "NEWSROOM_BEHIND_PROXY": "1",
    }
    for command in (["migrate"], ["collectstatic", "--noinput"]):
        run = manage(*command, **environment)
        assert run.returncode == 0, run.stderr
    # Listening from here on: nobody else can take the port, and who asks before gunicorn is up waits for it.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn"),
                "newsroom.wsgi",
                f"--bind=fd://{listening.fileno()}",
                "--workers=1",
            ],
            cwd=settings.BASE_DIR,
            env=BARE | PRODUCTION | environment,
            stderr=subprocess.DEVNULL,
            pass_fds=[listening.fileno()],
        )
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        yield address
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def fetch(address: str, **headers: str) -> tuple[int, HTTPMessage, str]:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own http address
    opener = urllib.request.build_opener(NoRedirect)
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def test_serves_behind_a_proxy(address: str) -> None:
    status, headers, _ = fetch(f"{address}/accounts/sign-in/")
    assert (status, headers["Location"]) == (301, f"https://{address.removeprefix('http://')}/accounts/sign-in/")
    status, headers, page = fetch(f"{address}/accounts/sign-in/", **{"X-Forwarded-Proto": "https"})
    assert status == 200
    assert "max-age=31536000" in headers["Strict-Transport-Security"]
    assert "Secure" in headers["Set-Cookie"] and "csrftoken" in headers["Set-Cookie"]
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    status, headers, css = fetch(f"{address}{style}", **{"X-Forwarded-Proto": "https"})
    assert status == 200 and "--paper" in css
    assert "immutable" in headers["Cache-Control"]
    status, _, page = fetch(f"{address}/no/such/page/", **{"X-Forwarded-Proto": "https"})
    assert (status, "Nothing here" in page) == (404, True)
