"""A lesson at an address: off unless a deployer lists hosts, and never from anywhere else."""

import http.client
import io
import socket
from typing import Any

import pytest

from lstm_viz.lessons.written import MOST_BYTES
from lstm_viz.ui.pages.lessons import fetching


@pytest.fixture(autouse=True)
def _one_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(fetching.HOSTS, " Lessons.Example , other.example")


class Answering:
    """A connection that answers what a test says."""

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

    def close(self) -> None:
        pass


def test_no_host_is_asked_unless_the_deployer_lists_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(fetching.HOSTS)
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


@pytest.mark.parametrize("number", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "0.0.0.0"])
def test_a_host_in_a_private_network_is_not_connected_to(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (each, 443)) for each in ("93.184.216.34", number)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **b: found)
    monkeypatch.setattr(socket, "create_connection", lambda *a, **b: pytest.fail("it was connected to"))
    with pytest.raises(ValueError, match="private network"):
        fetching.fetch("https://lessons.example/a.md")


def test_a_host_that_does_not_answer_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: Any, **more: Any) -> None:
        raise http.client.RemoteDisconnected("gone")

    monkeypatch.setattr(fetching, "_content", fail)
    with pytest.raises(ValueError, match="does not answer"):
        fetching.fetch("https://other.example/a.md")
