"""One request: what counts as an answer, and how little of a bad one is waited for or read."""

import datetime
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from articles.models import Delivery
from articles.webhooks import sending
from tests.racing import PATIENCE
from tests.receiver import Receiver

Outcome = Delivery.Outcome


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_all_of_the_two_hundreds_are_delivered(receiver: Receiver, status: int):
    receiver.answers = [(status, {}, b"")]
    answer = sending.post(receiver.url, b'{"a": 1}', {"webhook-id": "1"})
    assert (answer.outcome, answer.status) == (Outcome.DELIVERED, status)
    ((path, headers, body),) = receiver.got
    assert (path, body, headers["content-type"], headers["webhook-id"]) == (
        *("/hook?a=1", b'{"a": 1}', "application/json"),
        "1",
    )


@pytest.mark.parametrize("status", [400, 401, 404, 410, 429, 500, 503])
def test_others_are_not(receiver: Receiver, status: int):
    receiver.answers = [(status, {}, b"\n \x00out of \x1bpaper\nsecond line")]
    answer = sending.post(receiver.url, b"{}", {})
    assert (answer.outcome, answer.status, answer.said) == (Outcome.REFUSED, status, "out of paper")


@pytest.mark.parametrize(
    ("status", "said", "seconds"),
    [
        (429, "120", 120),
        (503, " 0 ", 0),
        (503, "9" * 30, sending.FOR_EVER),
        (429, "Wed, 21 Oct 2026 07:28:00 GMT", "2026-10-21T07:28:00+00:00"),
        (503, "Wednesday, 21-Oct-26 07:28:00 GMT", "2026-10-21T07:28:00+00:00"),
        (503, "Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59+00:00"),
        (500, "120", None),
        (410, "120", None),
        (200, "120", None),
        *((503, nonsense, None) for nonsense in ("", "soon", "-5", "1.5", "1e3", "٣", "12, 15", "9" * 5000)),
        *((429, nonsense, None) for nonsense in ("2026-10-21T07:28:00Z", "Wed, 41 Oct 2026 07:28:00 GMT")),
    ],
)
def test_when_the_receiver_wants_it_again(receiver: Receiver, status: int, said: str, seconds: int | str | None):
    receiver.answers = [(status, {"Retry-After": said.encode().decode("latin-1")}, b"busy")]
    before = timezone.now()
    answer = sending.post(receiver.url, b"{}", {})
    assert (answer.status, answer.said) == (status, "busy")
    if isinstance(seconds, int):
        assert answer.not_before
        waits = datetime.timedelta(seconds=seconds)
        assert before + waits <= answer.not_before <= timezone.now() + waits
    else:
        assert answer.not_before == (datetime.datetime.fromisoformat(seconds) if seconds else None)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(receiver: Receiver, status: int):
    receiver.answers = [(status, {"Location": f"http://127.0.0.1:{receiver.port}/inside"}, b"")]
    assert sending.post(receiver.url, b"{}", {}).status == status
    assert [path for path, _headers, _body in receiver.got] == ["/hook?a=1"]


def test_no_proxy_of_the_environment_is_asked(receiver: Receiver, monkeypatch: pytest.MonkeyPatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert sending.post(receiver.url, b"{}", {}).is_delivered


def test_nobody_there(receiver: Receiver):
    receiver.close()
    answer = sending.post(receiver.url, b"{}", {})
    assert answer.outcome == Outcome.UNREACHED and str(answer.why) == "connection refused"


def hang(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(3_000):
        handler.wfile.write(b"a")
        time.sleep(0.01)


def drip_body(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
    for _ in range(3_000):
        handler.wfile.write(b"a")
        time.sleep(0.01)


def stop_in_body(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\na")
    time.sleep(1)


def gibberish(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\xff" * 100 + b"\r\n\r\n")


def many_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1_000 + b"\r\n")


def close(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


PLAIN = {
    "timed out",
    "no whole answer within 0.5 seconds",
    "the answer is not HTTP",
    "the connection was closed before an answer",
}


@pytest.mark.parametrize("answer", [hang, drip_headers, gibberish, many_headers, close])
def test_bad_answers_end_soon(receiver: Receiver, monkeypatch: pytest.MonkeyPatch, answer: object):
    monkeypatch.setattr(sending, "READ", 0.2)
    monkeypatch.setattr(sending, "TOTAL", 0.5)
    receiver.answers = [answer]
    found = sending.post(receiver.url, b"{}", {})
    assert found.outcome == Outcome.UNREACHED and str(found.why) in PLAIN and not found.said


@pytest.mark.parametrize(("total", "read"), [(2.0, 30.0), (30.0, 1.5)])
def test_the_status_counts_whatever_follows(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, total: float, read: float
):
    monkeypatch.setattr(sending, "READ", read)
    monkeypatch.setattr(sending, "TOTAL", total)
    receiver.answers = [drip_body if total < read else stop_in_body]
    answer = sending.post(receiver.url, b"{}", {})
    assert (answer.outcome, answer.status) == (Outcome.DELIVERED, 200)


def test_of_a_long_answer_the_beginning_is_read(receiver: Receiver):
    sent: list[int] = []

    def talk(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(5_000):
            sent.append(handler.wfile.write(b"word " * 2_000))

    receiver.answers = [talk]
    answer = sending.post(receiver.url, b"{}", {})
    assert answer.is_delivered and len(answer.said) == sending.LONGEST_LINE
    assert sum(sent) < 50_000_000


def test_a_look_up_that_takes_too_long_is_given_up(receiver: Receiver, monkeypatch: pytest.MonkeyPatch):
    """For good: nothing is sent when the address is known after all."""
    over, real = threading.Event(), socket.getaddrinfo

    def getaddrinfo(*args: Any, **kwargs: Any) -> Any:
        over.wait(PATIENCE)
        return real(*args, **kwargs)

    monkeypatch.setattr(sending, "TOTAL", 0.1)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert sending.post(receiver.url, b"{}", {}).outcome == Outcome.UNREACHED
    over.set()
    for thread in threading.enumerate():
        if thread.name == "webhook request":
            thread.join(PATIENCE)
    assert receiver.got == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For hooks.example, and its own authority."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=hooks.example"
    )
    names = [
        "-addext",
        "subjectAltName=DNS:hooks.example",
        "-keyout",
        str(file),
        "-out",
        str(file.with_suffix(".crt")),
    ]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    file.write_text(file.read_text() + file.with_suffix(".crt").read_text())
    return file


@pytest.mark.parametrize(
    ("name", "is_trusted", "said"),
    [
        ("hooks.example", True, ""),
        ("hooks.example", False, "certificate not valid: self-signed"),
        ("other.example", True, "certificate not valid: hostname 'other.example' doesn't match"),
    ],
)
def test_the_certificate_has_to_be_the_names(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings, name: str, is_trusted: bool, said: str
):
    receiver = Receiver()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    receiver.serve_tls(context)
    settings.NEWSROOM_WEBHOOK_ALLOW = [".example"]
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *more, **named: real("127.0.0.1", *more, **named))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")) if is_trusted else os.devnull)
    answer = sending.post(f"https://{name}:{receiver.port}/", b"{}", {})
    receiver.close()
    assert answer.is_delivered == (not said), answer
    assert said in str(answer.why).lower() and len(receiver.got) == (not said)
