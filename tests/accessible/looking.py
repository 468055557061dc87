"""What is asked of a view: axe's rules, and measures that axe does not have."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.pages import LAID_OUT

AXE = Path(__file__).with_name("axe.js").read_text(encoding="utf-8")
TO_THE_TOP = "() => document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0)"
"""What has scrolled under a bar that stays is no smaller for it."""
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8").strip().rstrip(";")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""Rules of WCAG 2.2, levels A and AA, and what axe's makers recommend beyond: headings in order, landmarks."""
OUTSIDE: dict[str, tuple[tuple[str, str], ...]] = {
    "presentation-role-conflict": (
        (
            "[data-testid=stFileUploaderDropzone]",
            "a section without a role of its own that has a name; the button in it, which is what is used, has both",
        ),
    ),
    "list": (("[data-testid=stSidebarNavItems]", "a menu whose sections are elements between the list and its items"),),
    "listitem": (("[data-testid=stSidebarNavItems]", "the same, seen from the items"),),
    "region": (
        (
            "[data-testid=stSkipToContent]",
            "a link past the landmarks stands before them; axe knows it by the next link, which it does not find where "
            "that is in a shadow root",
        ),
    ),
}
"""Rule → what of Streamlit's own is not asked it, as (selector, why it cannot be mended here)."""
TARGETS: dict[str, str] = {
    ".tokens, .reading-line": "one target, in which a place chooses a step; buttons and arrow keys choose it as well",
    ".weighed": "the same",
    ".dots .dot": "one target, in which a place chooses a unit; buttons, a field and arrow keys choose it as well",
}
"""What may be smaller than 24 × 24 px → why."""


def axe(page: Page) -> list[tuple[str, str]]:
    """What axe finds on a page, shadow roots included → (rule, which element and why)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(TO_THE_TOP)
    outside = {rule: [selector for selector, _ in listed] for rule, listed in OUTSIDE.items()}
    return [(rule, said) for rule, said in page.evaluate(AXE, [list(TAGS), outside])]


def look(page: Page, name: str, given: Any = None) -> Any:
    """Call one of the functions of ``look.js`` on a page."""
    if not page.evaluate("'accessible' in window"):
        page.evaluate(f"() => {{ window.accessible = {LOOK} }}")
    return page.evaluate("([name, given]) => window.accessible[name](given)", [name, given])


def small_targets(page: Page) -> list[str]:
    """Pointer targets under 24 × 24 px that are not far enough from others either (WCAG 2.5.8)."""
    found: list[str] = look(page, "targets", list(TARGETS))
    return found


def counted(findings: Iterable[tuple[str, str]]) -> str:
    """Findings as a cell of a table: how many of each rule."""
    counts = Counter(rule for rule, _ in findings)
    return ", ".join(f"{rule} {count}" for rule, count in sorted(counts.items())) or "0"


def narrow(page: Page) -> list[str]:
    """What cannot be seen at 320 px without scrolling sideways (WCAG 1.4.10)."""
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate(LAID_OUT)
    found: list[str] = look(page, "sideways")
    if size is not None:
        page.set_viewport_size(size)
    return found


def spaced(page: Page) -> list[str]:
    """What is cut off, or past an edge, once letters, words and lines are as far apart as a reader may ask (1.4.12).

    The page stays so.
    """
    before = {*look(page, "cut"), *look(page, "sideways")}
    look(page, "space")
    page.evaluate(LAID_OUT)
    return [each for each in (*look(page, "cut"), *look(page, "sideways")) if each not in before]


def behind_others(page: Page, most: int = 300) -> list[str]:
    """What has the focus, as the Tab key brings it, and lies wholly behind something else (WCAG 2.4.11)."""
    found: list[str] = []
    page.evaluate("() => { document.activeElement?.blur(); getSelection()?.removeAllRanges(); scrollTo(0, 0) }")
    for _ in range(most):
        page.keyboard.press("Tab")
        seen = look(page, "hidden")
        if seen is None:
            break
        if seen["hidden"] and seen["name"] not in found:
            found.append(seen["name"])
    return found
