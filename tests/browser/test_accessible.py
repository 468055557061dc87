"""Every page under axe, every second light on a laptop and the others dark on a telephone; all of both with ``--all``.

Each view in both themes, at all sizes: ``python -m benchmarks accessible``.
"""

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.accessible.looking import axe, look, small_targets, spaced
from tests.accessible.views import PAGE_VIEWS, View
from tests.browser.conftest import LAPTOP

PHONE: ViewportSize = {"width": 390, "height": 844}
DARK = PAGE_VIEWS[1::2]
"""Those that are looked at as a telephone shows them."""


@pytest.mark.parametrize("view", PAGE_VIEWS, ids=lambda view: view.name)
def test_a_page_breaks_no_rule(page: Page, app_url: str, view: View, every_page: bool) -> None:
    if view in DARK:
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
    view.open(page, app_url)
    assert axe(page) == []
    if every_page:
        page.emulate_media(color_scheme="light" if view in DARK else "dark")
        page.set_viewport_size(LAPTOP["viewport"] if view in DARK else PHONE)
        view.wait(page)
        assert axe(page) == []
    assert small_targets(page) == []


def test_less_motion_forced_colours_and_wider_type(page: Page, app_url: str) -> None:
    PAGE_VIEWS[[view.address for view in PAGE_VIEWS].index("")].open(page, app_url)
    assert look(page, "moving")
    try:
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
        assert look(page, "moving") == []
        chosen = page.locator(".lv-page [aria-pressed=true]").first
        assert chosen.evaluate("node => getComputedStyle(node).forcedColorAdjust") == "none"
        assert look(page, "alike") == []
    finally:
        page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    page.set_viewport_size(PHONE)
    assert spaced(page) == []
