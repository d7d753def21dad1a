"""A receiver of webhooks on this machine: it keeps what it gets, and answers as it is told."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook as Verifier


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: tests break connections off on purpose."""


class Receiver:
    """`answers` are what it says, the last one again and again: (status, headers, body), or a handler of its own."""

    def __init__(self) -> None:
        self.answers: list[Any] = [(204, {}, b"")]
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?a=1"

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _path, _headers, body in self.got]

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for message in self.messages for event in message["data"]["events"]]

    @property
    def ids(self) -> list[str]:
        """The header webhook-id of each request."""
        return [headers["webhook-id"] for _path, headers, _body in self.got]

    def verify_all(self, secret: str) -> None:
        """Raises WebhookVerificationError where a signature is not right."""
        for _path, headers, body in self.got:
            Verifier(secret).verify(body, headers)

    def serve_tls(self, context: ssl.SSLContext) -> None:
        """From the next connection on, speak TLS."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(receiver) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.got.append((self.path, headers, body))
                answer = receiver.answers.pop(0) if len(receiver.answers) > 1 else receiver.answers[0]
                if isinstance(answer, tuple):
                    status, more, said = answer
                    self.send_response(status)
                    for name, value in more.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(said)
                else:
                    _call(answer, self)

            def log_message(self, *args: object) -> None:
                pass

        return Handler


def _call(answer: Callable[[BaseHTTPRequestHandler], None], handler: BaseHTTPRequestHandler) -> None:
    try:
        answer(handler)
    except OSError:
        handler.close_connection = True
