"""The benchmarks' way of timing a key press, tried on the bare app that they compare with."""

from collections.abc import Callable

from playwright.sync_api import Page

from benchmarks.pages import EDITOR, open_live, painted, press_and_time, replace_text
from tests.driving import ROOT, serve


def test_a_timed_key_is_one_painted_edit(open_page: Callable[..., Page]) -> None:
    with serve(ROOT / "benchmarks" / "echo_app.py") as server:
        page = open_page()
        open_live(page, server.url)
        replace_text(page, "warm film")
        assert painted(page) == 1
        assert press_and_time(page, "s", caret=4) > 0
        assert painted(page) == 2
        assert page.locator(EDITOR).input_value() == "warms film"
        assert page.locator("pre").inner_text() == "warms film"
        page.goto("about:blank")
