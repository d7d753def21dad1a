import base64
from datetime import date

from .reading_helpers import MORE, WORDS, problem_in, record_in

HEAD = (
    "Received: from a.example\r\nFrom: =?utf-8?q?Ida_M=C3=B6ss?= <ida@elm.example>\r\nTo: desk@elm.example\r\n"
    "Subject: Fwd: =?utf-8?b?QnJpZGdlIOKAkyBzaHV0?=\r\nDate: Tue, 04 Mar 2025 23:10:00 +0100\r\nMIME-Version: 1.0\r\n"
)


def test_a_plain_mail() -> None:
    body = f"{WORDS}\r\n\r\n{MORE}\r\n-- \r\nIda Möss, Elm\r\n"
    head = f"{HEAD}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    record = record_in((head + body).encode())
    assert (record.text, record.title, record.byline) == (f"{WORDS}\n\n{MORE}", "Bridge – shut", "Ida Möss")
    assert (record.published_on, record.reader, record.encoding) == (date(2025, 3, 4), "email", "utf-8")


def test_flowing_lines_are_whole_again() -> None:
    head = f"{HEAD}Content-Type: text/plain; format=flowed\r\n\r\n"
    assert (
        record_in(f"{head}One line \r\nthat flows.\r\n\r\nAnother.".encode()).text
        == "One line that flows.\n\nAnother."
    )


def test_of_two_versions_the_plain_one_and_html_where_it_is_alone() -> None:
    html = base64.encodebytes(f"<p>{WORDS}</p><p>{MORE}</p>".encode()).decode()
    page = f"--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{html}\r\n"
    plain = "--x\r\nContent-Type: text/plain\r\n\r\nPlain words.\r\n"
    head = f"{HEAD}Content-Type: multipart/alternative; boundary=x\r\n\r\n"
    assert record_in(f"{head}{plain}{page}--x--\r\n".encode()).text.strip() == "Plain words."
    assert record_in(f"{head}{page}--x--\r\n".encode()).text == f"{WORDS}\n\n{MORE}"


def test_a_mail_without_text() -> None:
    attachment = "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nhidden"
    assert "without text" in problem_in(f"{HEAD}{attachment}".encode())
