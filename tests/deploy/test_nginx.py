"""The filled configuration, before small servers that say who they are: who is answered by whom, and with what."""

import base64
import gzip
import http.client
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest

from deploy.nginx import UPLOAD, at, filled
from deploy.serve import program
from tests.behind_nginx import nginx
from tests.driving import ROOT, free_port

COOKIE = "lstm_viz_seat"
SCRIPT = b"export default 1; // and so on\n" * 100


class Replica(BaseHTTPRequestHandler):
    """Answers with its port and what it was told; takes a websocket; has a script at static/ and at assets/."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.headers.get("Upgrade") == "websocket":
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.send_header("X-Port", str(self.server.server_port))  # type: ignore[attr-defined]
            self.end_headers()
            self.close_connection = True
            return
        last = self.path.rpartition("/")[2]
        keep = {"own.js": "private, no-store"}.get(last, "public, max-age=31536000, immutable")
        content = SCRIPT if last.endswith(".js") else b"hello"
        self.send_response(404 if last == "nothing" else 200)
        self.send_header("Content-Type", "text/javascript; charset=utf-8" if content == SCRIPT else "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", keep)
        self.send_header("X-Port", str(self.server.server_port))  # type: ignore[attr-defined]
        for name in ("Host", "X-Forwarded-For", "X-Forwarded-Proto"):
            self.send_header(f"X-Told-{name}", self.headers.get(name, ""))
        self.end_headers()
        self.wfile.write(content)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.send_header("X-Port", str(self.server.server_port))  # type: ignore[attr-defined]
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def replica(port: int | None = None) -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", port or free_port()), Replica) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def ask(url: str, path: str = "/", method: str = "GET", body: bytes | None = None, **headers: Any) -> tuple:
    """Return the status, the headers and the body."""
    line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        return answer.status, answer.headers, b"" if answer.status == 101 else answer.read()
    finally:
        line.close()


def seat(headers: http.client.HTTPMessage) -> str:
    """Return the cookie that was given, "" for none."""
    given = [each for each in headers.get_all("Set-Cookie", []) if each.startswith(COOKIE)]
    return given[0].partition(";")[0] if given else ""


def websocket(url: str, **headers: Any) -> http.client.HTTPMessage:
    key = base64.b64encode(bytes(16)).decode()
    status, told, _ = ask(url, Upgrade="websocket", Connection="Upgrade", Sec_WebSocket_Key=key, **headers)
    assert status == 101
    return told


def test_a_reader_keeps_a_replica_and_gets_another_when_it_dies() -> None:
    with ExitStack() as second, replica() as first:
        other = second.enter_context(replica())
        ports = [str(each.server_port) for each in (first, other)]
        with nginx([f"http://127.0.0.1:{port}" for port in ports]) as url:
            # A class behind one address is spread over both, and each reader stays with one.
            readers = []
            for _ in range(8):
                _, headers, _ = ask(url)
                readers.append((seat(headers), headers["X-Port"]))
            assert len({cookie for cookie, _ in readers}) == len(readers), "no two readers are one"
            assert {port for _, port in readers} == set(ports)
            for cookie, port in readers:
                assert ports[int(cookie.partition("=")[2][0]) - 1] == port
                for _ in range(3):
                    _, headers, _ = ask(url, Cookie=cookie)
                    assert (headers["X-Port"], seat(headers)) == (port, "")
                assert ask(url, method="PUT", body=b"a file", Cookie=cookie)[1]["X-Port"] == port
            # One dies: its readers are answered by the other, and seated there with their websocket.
            second.close()
            lost = next(cookie for cookie, port in readers if port == ports[1])
            status, headers, _ = ask(url, Cookie=lost)
            assert (status, headers["X-Port"], seat(headers)) == (200, ports[0], "")
            anew = seat(websocket(url, Cookie=lost))
            assert anew.startswith(f"{COOKIE}=1-")
            assert ask(url)[1]["X-Port"] == ports[0], "who comes now too"
            # It is back: who was moved stays moved, for there the session is.
            with replica(int(ports[1])):
                assert ask(url, Cookie=anew)[1]["X-Port"] == ports[0]
                assert websocket(url, Cookie=anew)["X-Port"] == ports[0]
                assert ask(url, Cookie=lost)[1]["X-Port"] == ports[1]
            # What no replica has given leads nowhere else.
            for odd in ("9-a", "1", "", "x" * 3000, '1"; a=b'):
                assert ask(url, Cookie=f"{COOKIE}={odd}")[1]["X-Port"] == ports[0]


def test_what_is_passed_on_kept_compressed_and_refused() -> None:
    with replica() as server, nginx([f"http://127.0.0.1:{server.server_port}"], base="/courses/lstm") as url:
        base, host = "/courses/lstm", urlsplit(url).netloc
        status, headers, body = ask(url, f"{base}/", X_Forwarded_For="203.0.113.7", X_Forwarded_Proto="https")
        assert (status, body, headers["X-Told-Host"]) == (200, b"hello", host)
        assert headers["X-Told-X-Forwarded-For"] == "203.0.113.7, 127.0.0.1"
        assert headers["X-Told-X-Forwarded-Proto"] == "https"
        cookies = headers["Set-Cookie"]
        assert "; Path=/courses/lstm; HttpOnly; SameSite=None; Secure; Partitioned" in cookies
        assert ask(url, f"{base}/")[1]["Set-Cookie"].endswith("; HttpOnly; SameSite=Lax")
        assert ask(url, "/")[0:1] == (302,)
        # Compressed for who takes it, whoever asked first; kept where anybody may keep it, and told as the app told it.
        Replica.asked.clear()
        for place in ("static/a.js", "assets/a.js", "assets/own.js"):
            for encoding in ("gzip", "identity", "gzip"):
                status, headers, body = ask(url, f"{base}/{place}", Accept_Encoding=encoding)
                assert headers.get("Content-Encoding", "identity") == encoding
                assert (gzip.decompress(body) if encoding == "gzip" else body) == SCRIPT
                assert headers.get_all("Cache-Control") == [
                    "private, no-store" if "own" in place else "public, max-age=31536000, immutable"
                ]
        asked = [Replica.asked.count(f"{base}/{place}") for place in ("static/a.js", "assets/a.js", "assets/own.js")]
        assert asked == [1, 1, 3]
        # Numbers about the server are for who runs it.
        for place in ("metrics", "_stcore/metrics"):
            assert ask(url, f"{base}/{place}")[0] == 404
        assert not [each for each in Replica.asked if "metrics" in each]
        # A file that is too large is refused before it is sent.
        length = str((UPLOAD + 1) * 2**20)
        assert ask(url, base, "PUT", b"", Content_Length=length)[0] == 413
        server.shutdown()
        server.server_close()
        status, headers, body = ask(url, f"{base}/")
        assert (status, headers["Retry-After"]) == (503, "5")
        assert b"This page loads itself again" in body


def test_the_filled_configuration_is_one_that_nginx_takes(tmp_path: Path) -> None:
    for count in (1, 3, 64):
        places = [f"127.0.0.{k}:8501" for k in range(1, count + 1)]
        text = filled(places, listen="8080", base="/a/b", folder=str(tmp_path))
        left = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
        assert "@" not in left.replace("@another", "").replace("@starting", "")
        (tmp_path / "nginx.conf").write_text(text)
        tested = [program("nginx", "nginx"), "-t", "-e", "stderr", "-c", str(tmp_path / "nginx.conf")]
        done = subprocess.run(tested, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_what_cannot_be_filled_in_is_refused_in_a_sentence() -> None:
    for wrong in ("app-1:8501", "127.0.0.1", "127.0.0.1:8501; }", "[::1]:8501"):
        with pytest.raises(ValueError, match="expected an address and a port"):
            filled([wrong])
    with pytest.raises(ValueError, match="no replica was named"):
        filled([])
    assert (at(""), at("/"), at("/lstm/"), at("a/b")) == ("", "", "/lstm", "/a/b")
    for wrong in ("a b", "a;b", "ä", "{", "a\nb"):
        with pytest.raises(ValueError, match="expected letters, digits"):
            at(wrong)


def test_the_largest_upload_is_streamlits() -> None:
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    from streamlit import config

    most = settings["server"].get("maxUploadSize", config.get_option("server.maxUploadSize"))
    assert most + 1 == UPLOAD
