"""Where nothing may be sent, however the address is written and whatever a name stands for."""

import socket

import pytest
from pytest_django import Settings

from articles.models import Delivery
from articles.webhooks import sending
from articles.webhooks.addresses import Forbidden, NoSuchName, addresses_of, check, is_public, place_of
from tests.receiver import Receiver

PRIVATE = """
127.0.0.1 127.255.255.254 10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1
100.127.255.255 0.0.0.0 0.1.2.3 192.0.0.1 192.0.0.8 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1
224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b:1::1 2001::1 2001:0:7f00:1::
2001:db8::1 2002:7f00:1:: 2002:a00:1:: 3fff::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
ff0e::1 100::1 5f00::1 1000::1 4000::1 6000::1 8000::1 e000::1 f000::1
2606:4700::5efe:10.0.0.1 2606:4700::5efe:a00:1 2606:4700::200:5efe:192.168.0.1 2a00::200:5efe:7f00:1
"""
PUBLIC = ["8.8.8.8", "93.184.215.14", "172.15.255.255", "172.32.0.1", "100.63.255.255", "2606:4700::1111", "2a00::1"]
PUBLIC += ["2606:4700::5eff:a00:1", "2606:4700::5efe:0:a00:1", "2606:4700::400:5efe:a00:1"]


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_and_special_addresses_are_no_place(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_ones_are(address: str):
    assert is_public(address)


ODD_FORMS = """
http://127.0.0.1/ http://127.1/ http://127.0.1/ http://2130706433/ http://0x7f000001/ http://0x7f.1/
http://0177.0.0.1/ http://017700000001/ http://0/ http://0.0.0.0/ http://127.0.0.1./ http://[::1]/
http://[::]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[0:0:0:0:0:ffff:127.0.0.1]/
http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/ http://[fd00:ec2::254]/
http://169.254.169.254/latest/meta-data/ http://2852039166/ http://10.0.0.1/ http://192.168.1.1:8080/
https://127.0.0.1/ http://localhost/ http://LOCALHOST/ http://localhost:9000/ http://localhost./
http://①②⑦.⓪.⓪.①/ http://127。0。0。1/
"""


@pytest.mark.parametrize("url", ODD_FORMS.split())
def test_no_form_of_writing_them_leads_there(url: str):
    """Here the system itself resolves them: it knows no network for it."""
    with pytest.raises(Forbidden):
        check(url)


MALFORMED = [
    *("", "hook", "/hook", "//8.8.8.8/", "ftp://8.8.8.8/", "file:///etc/passwd", "gopher://8.8.8.8/", "javascript:1"),
    *("https://", "https:///x", "http://8.8.8.8 /", "http://8.8.8.8/a b", "http://8.8.8.8/\n", "http://8.8.8.8\t/"),
    *("http://8.8.8.8:0x50/", "http://8.8.8.8:99999/", "http://8.8.8.8:-1/", "http://[::1/", "http://[x]/"),
    *("http://@8.8.8.8/", "http://@8.8.8.8", "https://:@8.8.8.8/", "http://@8.8.8.8?a", "http://@@8.8.8.8/"),
    *("http://user@8.8.8.8/", "http://user:pass@8.8.8.8/", "http://8.8.8.8@127.0.0.1/"),
    *("http://127.0.0.1#@8.8.8.8/", "http://127.0.0.1\\@8.8.8.8/", "http://[fe80::1%25eth0]/", "http://8.8.8.8/\x00"),
    "http://8.8.8.8/" + "a" * 2000,
    "http://" + "a" * 70 + ".example/",
]


@pytest.mark.parametrize("url", MALFORMED)
def test_what_is_no_address_is_refused(url: str):
    with pytest.raises(Forbidden):
        check(url)


@pytest.mark.parametrize("port", [1, 22, 25, 53, 110, 139, 389, 445, 636, 1023])
def test_ports_of_other_services_are_refused(port: int):
    with pytest.raises(Forbidden, match=f"port {port}"):
        check(f"https://8.8.8.8:{port}/")


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Names stand for these addresses, at each look-up for the next of `answers`; the list fills with the names."""
    asked: list[str] = []
    left = list(answers)

    def getaddrinfo(host: str, port: int, *args: object, **kwargs: object) -> list[object]:
        asked.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd12::1"])
def test_a_name_that_stands_for_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch, address: str):
    resolving(monkeypatch, [address])
    with pytest.raises(Forbidden, match=r"hooks\.example"):
        check("https://hooks.example/")


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch):
    resolving(monkeypatch, ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(Forbidden):
        check("https://hooks.example/")


def test_a_name_without_an_address_is_told_apart(monkeypatch: pytest.MonkeyPatch):
    resolving(monkeypatch, [])
    with pytest.raises(NoSuchName, match=r"hooks\.example"):
        check("https://hooks.example/")


def test_a_name_is_looked_up_in_ascii(monkeypatch: pytest.MonkeyPatch):
    asked = resolving(monkeypatch, ["8.8.8.8"])
    place = place_of("https://Bücher.example/häkchen?ü=1")
    assert addresses_of(place) == ["8.8.8.8"] and asked == ["xn--bcher-kva.example"]
    assert (place.as_header, place.path) == ("xn--bcher-kva.example", "/h%C3%A4kchen?%C3%BC=1")


@pytest.mark.parametrize(
    ("allowed", "url", "is_allowed"),
    [
        ("127.0.0.1", "http://127.0.0.1:9000/", True),
        ("127.0.0.1", "http://127.0.0.1:25/", True),
        ("127.0.0.1:9000", "http://127.0.0.1:9000/", True),
        ("127.0.0.1:9000", "http://127.0.0.1:9001/", False),
        ("127.0.0.1", "http://127.0.0.2/", False),
        ("[::1]:80", "http://[::1]/", True),
        ("::1", "http://[::1]/", True),
        ("localhost", "http://localhost/", True),
        (".intern.example", "http://hooks.intern.example/", True),
        (".intern.example", "http://hooksintern.example/", False),
        ("hooks.example", "http://hooks.example.evil.example/", False),
        (":9000", "http://127.0.0.1:9000/", False),
        ("n1", "http://n1/", True),
    ],
)
def test_what_operators_allow(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, allowed: str, url: str, is_allowed: bool
):
    resolving(monkeypatch, ["127.0.0.1"])
    settings.NEWSROOM_WEBHOOK_ALLOW = [allowed]
    if is_allowed:
        return check(url)
    with pytest.raises(Forbidden):
        check(url)
    return None


@pytest.mark.parametrize(
    ("forbidden", "url"),
    [
        ("hooks.example", "https://hooks.example/"),
        ("hooks.example", "https://HOOKS.example./"),
        (".example", "https://hooks.example/"),
        (":8080", "https://hooks.example:8080/"),
        ("hooks.example:443", "https://hooks.example/"),
        ("8.8.8.0/24", "https://hooks.example/"),
    ],
)
def test_what_operators_forbid(monkeypatch: pytest.MonkeyPatch, settings: Settings, forbidden: str, url: str):
    resolving(monkeypatch, ["8.8.8.8"])
    check(url)
    settings.NEWSROOM_WEBHOOK_FORBID = [forbidden]
    with pytest.raises(Forbidden, match="forbids"):
        check(url)


def test_what_a_name_stands_for_is_looked_at_again_for_each_request(monkeypatch: pytest.MonkeyPatch):
    """It was public when somebody typed it, and is this machine now."""
    resolving(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    check("http://hooks.example/")
    answer = sending.post("http://hooks.example/", b"{}", {})
    assert answer.outcome == Delivery.Outcome.FORBIDDEN and "hooks.example" in str(answer.why)


def test_it_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch, receiver: Receiver):
    """The name would stand for another one at a second look-up: there is none."""
    connected: list[object] = []

    def create_connection(address: tuple[str, int], *args: object, **kwargs: object) -> socket.socket:
        connected.append(address)
        there = socket.socket()
        there.connect(("127.0.0.1", receiver.port))
        return there

    asked = resolving(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    monkeypatch.setattr("urllib3.util.connection.create_connection", create_connection)
    answer = sending.post(f"http://hooks.example:{receiver.port}/x", b"{}", {})
    assert answer.outcome == Delivery.Outcome.DELIVERED, answer
    assert connected == [("8.8.8.8", receiver.port)] and asked == ["hooks.example"]
    ((path, headers, body),) = receiver.got
    assert (path, headers["host"], body) == ("/x", f"hooks.example:{receiver.port}", b"{}")


@pytest.mark.parametrize("url", ["http://8.8.8.8/@", "http://8.8.8.8?to=a@b.example", "http://8.8.8.8/#@"])
def test_behind_the_host_an_at_sign_is_no_name(url: str):
    assert place_of(url).host == "8.8.8.8"
