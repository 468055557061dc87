"""``python -m benchmarks.hall [--pictures FOLDER]``: what the back row of a lecture hall sees of every page.

Each page on a large screen and on two small projectors, as it is and in presenter mode: the share of letters that are
too small there, the smallest, where the first picture begins, the words outside of pictures, and whether anything
scrolls sideways.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from lstm_viz.ui.navigation import HOME, PAGES
from tests.driving import ROOT, launch, serve

LOOK = (Path(__file__).with_suffix(".js")).read_text(encoding="utf-8")
SCREENS = {(1920, 1080): 22, (1366, 768): 16, (1024, 768): 16}
"""Width and height of a screen → the least pixels of a letter on it that matters."""
THEMES = ("light", "dark")
SETTLED = """presents => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && document.documentElement.classList.contains('presented') === presents"""
ROW = "{:24}{:>11}  {:9}{:>10}{:>10}{:>10}{:>7}{:>10}"
PATIENCE = 60_000
REST = 2_500
"""Milliseconds for what a page does after its script: numbers, work in the background, fonts."""


@dataclass(frozen=True)
class Seen:
    """What is seen of a page.

    Attributes
    ----------
    small : share of the letters on the screen that are smaller than they should be
    smallest : pixels of the smallest letter, None where there is none
    first : where the first heatmap, chart or drawing begins, as a share of the screen's height
    words : number of words outside of pictures
    sideways : pixels by which the page is wider than the screen
    """

    small: float
    smallest: float | None
    first: float | None
    words: int
    sideways: float

    @classmethod
    def of(cls, page: Page) -> "Seen":
        """Look at a page."""
        found: dict[str, Any] = page.evaluate(LOOK)
        size = page.viewport_size or {"width": 0, "height": 1}
        least = SCREENS.get((size["width"], size["height"]), 16)
        first = None if found["first"] is None else found["first"] / size["height"]
        return cls(found[f"under{least}"], found["smallest"], first, found["words"], found["sideways"])


def main() -> None:
    """Print a line for every page, screen and mode."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--pictures", type=Path, help="a folder for a picture of each, of presenter mode light and dark"
    )
    parser.add_argument("--pages", nargs="*", help="addresses of pages; all by default")
    given = parser.parse_args()
    names = [name for section in PAGES.values() for name, _ in section]
    addresses = given.pages or ["" if name == HOME else name for name in names]
    print(ROW.format("page", "screen", "mode", "too small", "smallest", "first at", "words", "sideways"))
    with serve(ROOT / "app.py") as server, sync_playwright() as playwright:
        browser = launch(playwright)
        for address in addresses:
            for width, height in SCREENS:
                for mode in ("as it is", "presenter"):
                    for theme in THEMES if given.pictures and mode == "presenter" else THEMES[:1]:
                        query = "?present=true" if mode == "presenter" else ""
                        page = _opened(browser, f"{server.url}/{address}{query}", (width, height), theme)
                        if theme == THEMES[0]:
                            print(_line(address or HOME, f"{width}×{height}", mode, Seen.of(page)), flush=True)
                        if given.pictures:
                            given.pictures.mkdir(parents=True, exist_ok=True)
                            name = f"{(address or HOME).split('?')[0]}-{width}-{mode.split()[0]}-{theme}.png"
                            page.screenshot(path=given.pictures / name)
                        page.context.close()
        browser.close()


def _opened(browser: Browser, address: str, size: tuple[int, int], theme: str) -> Page:
    viewport = {"width": size[0], "height": size[1]}
    page = browser.new_context(viewport=viewport, color_scheme=theme).new_page()  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_function(SETTLED, arg="present=true" in address, timeout=PATIENCE)
    page.wait_for_timeout(REST)
    return page


def _line(name: str, screen: str, mode: str, seen: Seen) -> str:
    smallest = "–" if seen.smallest is None else f"{seen.smallest:.1f} px"
    first = "–" if seen.first is None else f"{seen.first:.0%}"
    return ROW.format(name, screen, mode, f"{seen.small:.0%}", smallest, first, seen.words, f"{seen.sideways:.0f} px")


if __name__ == "__main__":
    main()
