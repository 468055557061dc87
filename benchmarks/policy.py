"""``python -m benchmarks.policy``: what each page would be stopped from, were everything forbidden.

A source that nothing needs has no place in `POLICY`. One that a page needs and that is not there is an error on that
page, which every browser test fails on. What only an act needs (a file that is taken away, a worker) is not seen here.
"""

from collections import defaultdict
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from lstm_viz.ui.navigation import PAGES
from lstm_viz.ui.server.headers import HASHES, POLICY
from tests.driving import launch, serve

APP = Path(__file__).with_name("policy_app.py")
LISTEN = """
  window.stopped = [];
  addEventListener("securitypolicyviolation", (event) => {
    const { effectiveDirective, blockedURI, disposition } = event;
    if (disposition === "report") window.stopped.push([effectiveDirective, blockedURI, location.origin]);
  });
"""
REST = 3000
"""Milliseconds that a page has after its first picture, for what it fetches then."""
NAMED = {"wasm-eval": "'wasm-unsafe-eval'", "eval": "'unsafe-eval'", "data": "data:", "blob": "blob:"}


def source(directive: str, address: str, origin: str) -> str:
    """The source that would have allowed it."""
    if address == "inline":
        return HASHES if directive.startswith("script") else "'unsafe-inline'"
    if address.startswith((origin, origin.replace("http", "ws", 1))):
        return "'self'"
    return NAMED.get(address.partition(":")[0], address[:60])


def stopped(page: Page, address: str) -> set[tuple[str, str]]:
    """Directives, each with a source that a page asks of it."""
    page.goto(address)
    with suppress(TimeoutError):  # of a page that has no live component
        page.wait_for_selector(".lv-page[data-painted]", timeout=20_000)
    page.wait_for_timeout(REST)
    found: list[list[str]] = page.evaluate("window.stopped")
    return {(name.removesuffix("-elem").removesuffix("-attr"), source(name, *rest)) for name, *rest in found}


def measure(browser: Browser) -> dict[tuple[str, str], list[str]]:
    """Directive and source → the pages that need it."""
    needed: dict[tuple[str, str], list[str]] = defaultdict(list)
    with serve(APP) as server:
        for name, _ in (each for section in PAGES.values() for each in section):
            page = browser.new_page()
            page.add_init_script(LISTEN)
            for each in stopped(page, f"{server.url}/{name}"):
                needed[each].append(name)
            page.close()
    return needed


def lines(needed: dict[tuple[str, str], list[str]]) -> list[list[str]]:
    """A row for each source that is allowed or was asked for."""
    allowed = [(name, each) for name, sources in POLICY.items() for each in sources if each != "'none'"]
    pages = sum(map(len, PAGES.values()))
    rows = []
    for name, each in [*allowed, *(other for other in needed if other not in allowed)]:
        on = needed.get((name, each), [])
        where = "all pages" if len(on) == pages else ", ".join(on) or "none that is only opened"
        rows.append([name, each, where, "yes" if (name, each) in allowed else "no"])
    return rows


if __name__ == "__main__":
    with sync_playwright() as playwright:
        opened = launch(playwright)
        rows = [["directive", "source", "needed by", "allowed"], ["---"] * 4, *lines(measure(opened))]
        print("\n".join(f"| {' | '.join(row)} |" for row in rows))
        opened.close()
