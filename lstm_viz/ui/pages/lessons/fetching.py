"""The text of a lesson at an address, from those hosts alone that the deployer allows, and from no private network."""

import http.client
import ipaddress
import socket
import ssl
from contextlib import suppress
from threading import Timer
from urllib.parse import urlsplit

from lstm_viz.lessons.quoting import short
from lstm_viz.lessons.written import MOST_BYTES
from lstm_viz.ui.pages.lessons.fields import LONGEST_NAME
from lstm_viz.ui.server.options import LESSON_HOSTS

SECONDS = 6.0
"""That an answer may take in all."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def hosts() -> tuple[str, ...]:
    """Hosts that lessons may be fetched from."""
    return LESSON_HOSTS.value()


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
    if len(address) > LONGEST_NAME:
        raise ValueError(f"A lesson’s address has at most {LONGEST_NAME} characters, and this has {len(address):,}.")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ValueError(f"{short(address)!r} is not an address.") from None
    host = (parts.hostname or "").lower()
    if parts.scheme != "https" or parts.username or parts.password or port not in (None, 443):
        raise ValueError("A lesson’s address begins with https:// and has neither a name nor a port before its path.")
    if host not in hosts():
        raise ValueError(f"Lessons are fetched from {', '.join(hosts())} only, and not from {host or 'nowhere'}.")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not target.isascii() or any(character <= " " for character in target):
        raise ValueError(f"{short(address)!r} has characters that no address has.")
    return host, target


def _content(host: str, path: str) -> bytes:
    connection = _Public(host, timeout=SECONDS, context=ssl.create_default_context())
    try:
        connection.request("GET", path, headers={"Accept": "text/plain, text/markdown", "Connection": "close"})
        answer = connection.getresponse()
        # One that leads elsewhere is not followed: it could lead anywhere.
        if answer.status != http.client.OK:
            said = f"{host} answers {answer.status} {short(answer.reason)} for {short(path)}"
            raise ValueError(f"{said}; give the address of the file itself, which leads nowhere else.")
        content = answer.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValueError(f"What is at that address is larger than a lesson can be, {MOST_BYTES:,} bytes.")
        if connection.late:
            raise TimeoutError
        return content
    finally:
        connection.finish()


class _Public(http.client.HTTPSConnection):
    """A connection to a host that everybody can reach; the number that was looked up is the one connected to."""

    late = False
    """Whether its time was over before the answer was."""

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        numbers = [str(each[4][0]) for each in found]
        if not numbers or not all(map(_is_public, numbers)):
            raise ValueError(f"{self.host} is in a private network, from which no lesson is fetched.")
        plain = socket.create_connection((numbers[0], self.port), self.timeout)
        # A socket's own limit starts anew with every byte, so one that trickles would go on for ever.
        self._same = plain.dup()
        self._end = Timer(SECONDS, self._stop)
        self._end.daemon = True
        self._end.start()
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)

    def finish(self) -> None:
        """Close it, its answer too, which http.client keeps open past `close`."""
        if hasattr(self, "_end"):
            self._end.cancel()
            self._same.close()
        self.close()

    def _stop(self) -> None:
        self.late = True
        with suppress(OSError):
            self._same.shutdown(socket.SHUT_RDWR)


def _is_public(number: str) -> bool:
    """Whether everybody can reach a host by this number; of IPv6, by the number of IPv4 that it may hold."""
    found = ipaddress.ip_address(number)
    if isinstance(found, ipaddress.IPv6Address):
        meant = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            meant = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if meant is not None:
            return meant.is_global and not meant.is_multicast
    return found.is_global and not found.is_multicast
