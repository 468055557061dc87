"""A lesson at an address: off unless a deployer lists hosts, and never from anywhere else."""

import http.client
import io
import socket
import ssl
from threading import Event, Thread
from typing import Any

import pytest

from lstm_viz.lessons.written import MOST_BYTES
from lstm_viz.ui.pages.lessons import fetching
from lstm_viz.ui.server.options import LESSON_HOSTS

PRIVATE = (
    "127.0.0.1", "10.1.2.3", "169.254.169.254", "0.0.0.0", "224.0.0.1", "::1", "fd00::1", "::ffff:127.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _one_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LESSON_HOSTS.name, " Lessons.Example , other.example")


class Answering:
    """A connection that answers what a test says."""

    late = False

    def __init__(self, status: int, body: bytes):
        self.status, self.reason, self._body = status, "So", io.BytesIO(body)
        self.asked: list[str] = []

    def __call__(self, host: str, **options: Any) -> "Answering":
        self.asked.append(host)
        return self

    def request(self, method: str, path: str, headers: dict[str, str]) -> None:
        self.asked.append(path)

    def getresponse(self) -> "Answering":
        return self

    def read(self, size: int) -> bytes:
        return self._body.read(size)

    def finish(self) -> None:
        pass


def test_no_host_is_asked_unless_the_deployer_lists_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LESSON_HOSTS.name)
    assert fetching.hosts() == ()
    with pytest.raises(ValueError, match="Lessons are fetched from"):
        fetching.fetch("https://lessons.example/a.md")


@pytest.mark.parametrize(
    "address",
    [
        "http://lessons.example/a.md",
        "https://user@lessons.example/a.md",
        "https://lessons.example:8443/a.md",
        "https://lessons.example.evil.example/a.md",
        "https://evil.example/lessons.example",
        "https://127.0.0.1/a.md",
        "https://[::1]/a.md",
        "https://[/a.md",
        "https://lessons.example/a\r\nHost: b",
        "https://lessons.example/" + "a" * 1000,
        "file:///etc/passwd",
        "",
    ],
)
def test_other_addresses_are_refused_in_a_sentence(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_Public", lambda *a, **b: pytest.fail("it was asked"))
    with pytest.raises(ValueError, match=r"\.$"):
        fetching.fetch(address)


def test_what_comes_is_text_and_of_a_lessons_size_and_leads_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(status: int, body: bytes) -> Answering:
        given = Answering(status, body)
        monkeypatch.setattr(fetching, "_Public", given)
        return given

    good = answer(200, "# Ä lesson".encode())
    assert fetching.fetch("https://LESSONS.example/a.md?raw=1") == "# Ä lesson"
    assert good.asked == ["lessons.example", "/a.md?raw=1"]
    for status, body, sentence in (
        (302, b"", "answers 302"),
        (404, b"", "answers 404"),
        (200, b"\xff", "not text"),
        (200, b"a" * (MOST_BYTES + 1), "larger than a lesson"),
    ):
        answer(status, body)
        with pytest.raises(ValueError, match=sentence):
            fetching.fetch("https://lessons.example/a.md")


@pytest.mark.parametrize("number", PRIVATE)
def test_a_host_in_a_private_network_is_not_connected_to(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (each, 443)) for each in ("93.184.216.34", number)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **b: found)
    monkeypatch.setattr(socket, "create_connection", lambda *a, **b: pytest.fail("it was connected to"))
    with pytest.raises(ValueError, match="private network"):
        fetching.fetch("https://lessons.example/a.md")


def test_an_answer_that_trickles_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """In every phase: no byte of the answer, its head for ever, its body for ever."""
    server = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setattr(fetching, "SECONDS", 0.2)
    monkeypatch.setattr(fetching, "_is_public", lambda number: True)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **b: [(0, 0, 0, "", ("127.0.0.1", 443))])
    monkeypatch.setattr(socket, "create_connection", lambda where, limit: _connected(server.getsockname()))
    monkeypatch.setattr(ssl, "create_default_context", Plain)
    for begun in (b"", b"HTTP/1.1 200 OK\r\nA: ", b"HTTP/1.1 200 OK\r\n\r\n# A les"):
        ended = Event()
        Thread(target=_trickle, args=(server, begun, ended), daemon=True).start()
        with pytest.raises(ValueError, match="does not answer"):
            fetching.fetch("https://lessons.example/a.md")
        assert ended.wait(60)
    server.close()


class Plain:
    """A context that leaves a socket as it is."""

    verify_mode = ssl.CERT_REQUIRED
    check_hostname = True
    post_handshake_auth = None

    def set_alpn_protocols(self, names: list[str]) -> None:
        pass

    def wrap_socket(self, plain: socket.socket, server_hostname: str) -> socket.socket:
        return plain


def _connected(where: tuple[str, int]) -> socket.socket:
    connected = socket.socket()
    connected.connect(where)
    return connected


def _trickle(server: socket.socket, begun: bytes, ended: Event) -> None:
    """Answer with a byte now and then until nobody listens."""
    other, _ = server.accept()
    try:
        other.sendall(begun)
        while not ended.wait(0.01):
            other.sendall(b"x" if begun else b"")
            if not begun and not other.recv(4096):
                break
    except OSError:
        pass
    ended.set()
    other.close()


def test_a_host_that_does_not_answer_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: Any, **more: Any) -> None:
        raise http.client.RemoteDisconnected("gone")

    monkeypatch.setattr(fetching, "_content", fail)
    with pytest.raises(ValueError, match="does not answer"):
        fetching.fetch("https://other.example/a.md")
