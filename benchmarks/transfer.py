"""What comes to the browser: after one edit, for texts of several lengths, and with a first and a second visit."""

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, WebSocket

from benchmarks.live import WORDS
from benchmarks.pages import open_live, replace_text
from benchmarks.report import Line, Section
from tests.driving import ROOT, serve

BUDGET = 4.0
REFERENCE = 60
SETTLING = 4000
"""Milliseconds in which a page that was opened asks for all that it wants."""
LENGTHS = (60, 250, 1000)
FIRST, SECOND = 1400, 50
"""Kilobytes, at most, of all that comes with a visit beyond Streamlit's own files."""
OURS = re.compile(r"\w+://[^/]+/(assets|media)/")


def measure(browser: Browser) -> Section:
    """Add up the websocket messages that answer one edit."""
    received: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: received.append(len(payload)))

    sizes: dict[int, int] = {}
    with serve(ROOT / "app.py") as server, browser.new_context() as context:
        page = context.new_page()
        page.on("websocket", listen)
        open_live(page, server.url)
        for length in LENGTHS:
            page.wait_for_timeout(2000)
            received.clear()
            replace_text(page, " ".join(WORDS[step % len(WORDS)] for step in range(length)))
            page.wait_for_timeout(2000)  # what follows the repaint counts as well
            sizes[length] = sum(received)
    return Section(
        "Sent to the browser",
        f"Bytes of all messages from the server that answer one edit, against those for a text of {REFERENCE} words.",
        ("words", "kB", f"÷ {REFERENCE} words"),
        [
            Line((str(length), f"{size / 1e3:.0f}", f"{size / sizes[REFERENCE]:.2f}"), size / sizes[REFERENCE], BUDGET)
            for length, size in sizes.items()
        ],
    )


def visits(browser: Browser) -> Section:
    """Open the home page twice in a browser that has never seen it."""
    with serve(ROOT / "app.py") as server, browser.new_context() as context:
        sizes = [visit(context, server.url) for _ in range(2)]
    lines = [
        Line((name, f"{files / 1e3:.0f}", f"{messages / 1e3:.0f}"), (files + messages) / 1e3, budget)
        for name, (files, messages), budget in zip(("first", "second"), sizes, (FIRST, SECOND), strict=True)
    ]
    return Section(
        "A visit",
        "Bytes that come when the home page is opened, but for Streamlit's own files: the app's files as they are on "
        "the network, compressed, and all messages from the server. What the browser holds already does not count.",
        ("visit", "files, kB", "messages, kB"),
        lines,
    )


def visit(context: BrowserContext, url: str) -> tuple[int, int]:
    """Open a page of its own and return the bytes of files and of messages that came until it was at rest."""
    page, ours, sizes = context.new_page(), set[str](), {"files": 0, "messages": 0}
    network = context.new_cdp_session(page)
    network.send("Network.enable")

    def note(event: dict[str, Any]) -> None:
        if OURS.match(event["response"]["url"]):
            ours.add(event["requestId"])

    def add(event: dict[str, Any]) -> None:
        if event["requestId"] in ours:
            sizes["files"] += int(event["encodedDataLength"])

    def message(payload: str | bytes) -> None:
        sizes["messages"] += len(payload)

    network.on("Network.responseReceived", note)
    network.on("Network.loadingFinished", add)
    page.on("websocket", lambda socket: socket.on("framereceived", message))
    open_live(page, url)
    page.wait_for_timeout(SETTLING)
    return sizes["files"], sizes["messages"]
