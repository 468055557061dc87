"""The text of a lesson at an address, from those hosts alone that the deployer allows, and from no private network."""

import http.client
import ipaddress
import os
import socket
import ssl
import time
from urllib.parse import urlsplit

from lstm_viz.lessons.written import MOST_BYTES

HOSTS = "LSTM_VIZ_LESSON_HOSTS"
"""The environment variable that lists the hosts, with commas between them; without it, no address is ever asked."""
SECONDS = 6.0
"""That an answer may take in all."""
_PIECE = 16_384


def hosts() -> tuple[str, ...]:
    """Hosts that lessons may be fetched from."""
    return tuple(name for each in os.environ.get(HOSTS, "").split(",") if (name := each.strip().lower()))


def fetch(address: str) -> str:
    """The text at an address.

    Raises
    ------
    ValueError
        saying why it cannot be had.
    """
    place, path = _checked(address)
    try:
        content = _content(place, path)
    except (OSError, http.client.HTTPException, UnicodeError):
        raise ValueError(f"The lesson at {address} cannot be fetched: {place} does not answer as it should.") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"What is at {address} is not text in UTF-8.") from None


def _checked(address: str) -> tuple[str, str]:
    """Host and path of an address that may be asked."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ValueError(f"{address!r} is not an address.") from None
    host = (parts.hostname or "").lower()
    if parts.scheme != "https" or parts.username or parts.password or port not in (None, 443):
        raise ValueError("A lesson’s address begins with https:// and has neither a name nor a port before its path.")
    if host not in hosts():
        raise ValueError(f"Lessons are fetched from {', '.join(hosts())} only, and not from {host or 'nowhere'}.")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not target.isascii() or any(character <= " " for character in target):
        raise ValueError(f"{address!r} has characters that no address has.")
    return host, target


def _content(host: str, path: str) -> bytes:
    until = time.monotonic() + SECONDS
    connection = _Public(host, timeout=SECONDS / 2, context=ssl.create_default_context())
    try:
        connection.request("GET", path, headers={"Accept": "text/plain, text/markdown", "Connection": "close"})
        answer = connection.getresponse()
        # One that leads elsewhere is not followed: it could lead anywhere.
        if answer.status != http.client.OK:
            said = f"{host} answers {answer.status} {answer.reason} for {path}"
            raise ValueError(f"{said}; give the address of the file itself, which leads nowhere else.")
        content = b""
        while piece := answer.read(_PIECE):
            content += piece
            if len(content) > MOST_BYTES:
                raise ValueError(f"What is at that address is larger than a lesson can be, {MOST_BYTES:,} bytes.")
            if time.monotonic() > until:
                raise TimeoutError
        return content
    finally:
        connection.close()


class _Public(http.client.HTTPSConnection):
    """A connection to a host that everybody can reach; the number that was looked up is the one connected to."""

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        numbers = [str(each[4][0]) for each in found]
        if not numbers or not all(ipaddress.ip_address(each).is_global for each in numbers):
            raise ValueError(f"{self.host} is in a private network, from which no lesson is fetched.")
        plain = socket.create_connection((numbers[0], self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
