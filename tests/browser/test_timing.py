"""The benchmarks' ways of timing: a key press, on the bare app that they compare with, and a simulated student."""

from collections.abc import Callable
from typing import Any, ClassVar

from playwright.sync_api import Page
from streamlit.proto.BidiComponent_pb2 import BidiComponent

from benchmarks.pages import EDITOR, open_live, painted, press_and_time, replace_text
from benchmarks.tabs import AppTab, Tab
from lstm_viz.ui.bridge.payload import unpack
from tests.apart import run_apart
from tests.driving import ROOT, Server, serve


def test_a_timed_key_is_one_painted_edit(open_page: Callable[..., Page]) -> None:
    with serve(ROOT / "benchmarks" / "echo_app.py", warm=True) as server:
        page = open_page()
        open_live(page, server.url)
        replace_text(page, "warm film")
        assert painted(page) == 1
        assert press_and_time(page, "s", caret=4) > 0
        assert painted(page) == 2
        assert page.locator(EDITOR).input_value() == "warms film"
        assert page.locator("pre").inner_text() == "warms film"
        page.goto("about:blank")


def test_a_simulated_student_is_told_what_a_browser_that_runs_the_network_is(app_server: Server) -> None:
    class Listening(AppTab):
        headers: ClassVar[list[dict[str, Any]]] = []

        def answered(self, component: BidiComponent) -> int:
            self.headers.append(unpack(component.bytes)[0])
            return super().answered(component)

    async def attend() -> Tab:
        tab = await Listening(app_server.url, runs=True).open("text=a+film&step=0&unit=0")
        await tab.say("a warm film", timed=True)
        await tab.answered_all()
        await tab.close()
        return tab

    tab = run_apart(attend())
    assert tab.errors == []
    assert len(tab.waits) == 1
    first, last = Listening.headers
    assert "numbers" in first
    assert "numbers" not in last
    assert "check" in last
    assert last["text"] == "a warm film"


def test_a_page_stays_where_a_part_of_it_runs_right_after_the_whole(app_server: Server) -> None:
    """A tab whose connection comes back asks for both; what Streamlit takes down is built anew, without a caret."""

    async def come_back() -> AppTab:
        tab = await AppTab(app_server.url, runs=True).open("text=a+film&step=0&unit=0")
        for word in range(10):
            await tab.say(f"a film {word}", timed=False)
            await tab.rerun()
            await tab.rerun(part=True)
            await tab.answered_all()
        await tab.close()
        return tab

    tab = run_apart(come_back())
    assert (tab.removed, tab.errors) == (0, [])
