"""Every page under axe, light on a laptop and dark on a telephone; the rest: ``python -m benchmarks accessible``."""

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.accessible.looking import axe, small_targets
from tests.accessible.views import PAGE_VIEWS, View

PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.mark.parametrize("view", PAGE_VIEWS, ids=lambda view: view.name)
def test_a_page_breaks_no_rule(page: Page, app_url: str, view: View) -> None:
    view.open(page, app_url)
    found = axe(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    view.wait(page)
    assert found + axe(page) == []
    assert small_targets(page) == []
