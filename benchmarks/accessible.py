"""WCAG 2.2 AA, as far as a machine can tell: every view, in both themes, at the sizes that a page is read at."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, Page

from benchmarks.report import Line, Section
from tests.accessible.looking import axe, behind_others, counted, narrow, small_targets, spaced
from tests.accessible.views import PAGE_VIEWS, VIEWS, View
from tests.browser.pages import LAID_OUT
from tests.driving import ROOT, serve

LAPTOP, PHONE, ZOOMED = (1440, 900), (390, 844), (720, 450)
SIZES = {"1440": LAPTOP, "390": PHONE, "200 %": ZOOMED}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
METHOD = (
    "axe-core, shadow roots included, with its rules for WCAG 2.0 to 2.2, levels A and AA, and its best practices: "
    "of how many elements a rule is broken. What of Streamlit’s own cannot be mended is left out, by element and rule, "
    "with its reason, in `tests/accessible/looking.py`. 200 %: a window of 1440 × 900 zoomed to twice its size gives a "
    "page 720 × 450 CSS pixels, which is what it is given here; no rule asks how many dots draw one of them. "
    "Before anything was done, on 5a66e4a, in the 35 views to which the run came: heading-order 125 elements in 21 "
    "views, scrollable-region-focusable 16 in 5, color-contrast 16 in 2, target-size 10 in 1, empty-table-header 6 "
    "in 1, page-has-heading-one 6 in 1."
)
MEASURED = (
    "What axe does not measure, by number of elements: pointer targets under 24 × 24 px that are not far enough from "
    "others either (2.5.8), at 1440 and 390 px; what needs scrolling sideways at 320 px (1.4.10); what is cut off "
    "once lines, words and letters are as far apart as a reader may ask (1.4.12), at 390 px; and of all that the Tab "
    "key comes to, what lies wholly behind something else (2.4.11), at 720 × 450 px. "
    "The first run of all views, on fb2217e: 3 targets at 390 px in 3 views, 47 elements at 320 px in 4, 51 with other "
    "spacing in 7, and 181 links of the closed menu that took the focus, 13 or 14 on each of 13 pages."
)


def measure(browser: Browser) -> Section:
    """Ask axe of every view, and print what it says of each element."""
    lines: list[Line] = []
    combined = [(f"{name}, {theme}", size, theme) for name, size in SIZES.items() for theme in THEMES]
    for view, page in _each(browser, VIEWS):
        cells, total = [], 0
        for name, (width, height), theme in combined:
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size({"width": width, "height": height})
            view.wait(page)
            found = axe(page)
            total += len(found)
            cells.append(counted(found))
            for rule, said in dict.fromkeys(found):
                print(f"{view.name}, {name}: {rule}: {said}", flush=True)
        lines.append(Line((view.name, *cells), total, 0))
    return Section("Accessibility: what axe finds", METHOD, ("view", *(name for name, _, _ in combined)), lines)


def beyond_axe(browser: Browser) -> Section:
    """Measure what axe does not, and print which elements are concerned."""
    lines: list[Line] = []
    for view, page in _each(browser, VIEWS):
        found = {"targets, 1440": small_targets(page)}
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        view.wait(page)
        found["targets, 390"] = small_targets(page)
        found["320 px"] = narrow(page)
        if view in PAGE_VIEWS:
            page.set_viewport_size({"width": ZOOMED[0], "height": ZOOMED[1]})
            page.evaluate(LAID_OUT)
            found["focus"] = behind_others(page)
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        view.wait(page)
        found["spaced"] = spaced(page)
        for name, listed in found.items():
            for said in listed:
                print(f"{view.name}, {name}: {said}", flush=True)
        cells = [str(len(found[name])) if name in found else "–" for name in MEASURES]
        lines.append(Line((view.name, *cells), sum(map(len, found.values())), 0))
    return Section("Accessibility: beyond axe", MEASURED, ("view", *MEASURES), lines)


MEASURES = ("targets, 1440", "targets, 390", "320 px", "spaced", "focus")


def _each(browser: Browser, views: tuple[View, ...]) -> Iterator[tuple[View, Page]]:
    with serve(ROOT / "app.py") as server:
        for view in views:
            with _opened(browser, view, server.url) as page:
                print(f"{view.name} …", file=sys.stderr, flush=True)
                yield view, page


@contextmanager
def _opened(browser: Browser, view: View, url: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": LAPTOP[0], "height": LAPTOP[1]})
    try:
        page = context.new_page()
        view.open(page, url)
        yield page
    finally:
        context.close()
