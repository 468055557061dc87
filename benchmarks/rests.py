"""What a page and its server say to each other: while one types, and when typing rests."""

from statistics import median

from playwright.sync_api import Browser, WebSocket

from benchmarks.live import PAGES, PAUSE, TEXT
from benchmarks.pages import EDITOR, open_running, replace_text
from benchmarks.report import Line, Section
from tests.driving import ROOT, serve

BUDGET = 15.0  # kB
KEYS = 20
RESTS = 5
LONGEST = 2.0  # seconds within which a rest is answered on any machine that runs this


def measure(browser: Browser) -> Section:
    """On every page with an editor, type without pause, rest, and type again."""
    lines = []
    with serve(ROOT / "app.py") as server:
        for name, more in PAGES.items():
            sent: list[int] = []
            received: list[int] = []

            def listen(socket: WebSocket, sent: list[int] = sent, received: list[int] = received) -> None:
                socket.on("framesent", lambda payload: sent.append(len(payload)))
                socket.on("framereceived", lambda payload: received.append(len(payload)))

            page = browser.new_page()
            page.on("websocket", listen)
            open_running(page, f"{server.url}/{name}?step=0&unit=0{more}")
            replace_text(page, TEXT)
            page.wait_for_timeout(1000 * LONGEST)
            page.locator(EDITOR).focus()
            page.keyboard.press("Control+End")
            typed, rested = 0, []
            for _ in range(RESTS):
                sent.clear()
                page.keyboard.type("s" * KEYS, delay=1000 * PAUSE)
                typed += KEYS
                while_typing = len(sent)
                received.clear()
                page.wait_for_timeout(1000 * LONGEST)
                rested.append((while_typing, len(sent) - while_typing, sum(received) / 1e3))
            keys, messages, kb = (list(column) for column in zip(*rested, strict=True))
            cells = (name, f"{sum(keys) / typed:g}", f"{median(messages):g}", f"{median(kb):.1f}")
            lines.append(Line(cells, median(kb), BUDGET))
            page.close()
    return Section(
        "Messages and rests",
        f"What a page sends while {KEYS} keys are pressed {PAUSE:g} s apart in a text of 60 words, {RESTS} times; and "
        "what the server sends in all when typing then rests (medians). A key should send nothing.",
        ("page", "messages a key", "messages a rest", "kB a rest"),
        lines,
    )
