"""What one edit sends to the browser, for texts of several lengths."""

from playwright.sync_api import Browser, WebSocket

from benchmarks.live import WORDS
from benchmarks.pages import open_live, replace_text
from benchmarks.report import Line, Section
from tests.driving import ROOT, serve

BUDGET = 4.0
REFERENCE = 60
LENGTHS = (60, 250, 1000)


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
