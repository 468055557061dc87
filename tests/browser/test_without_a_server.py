"""The server is held up, or killed: typing, stepping and clamping go on, and what was done is not lost."""

import os
import re
import signal
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from lstm_viz.tasks import TASKS
from tests.browser.conftest import LAPTOP
from tests.browser.pages import LOADING, LivePage
from tests.driving import ROOT, Server, free_port, serve

TEXT = "The film is good."
MORE = " It is truly not bad"
START = f"text={quote(TEXT)}&step=1&unit=5&order=index"
STEPPER = ".stepper >> nth=0"
SILENT = ".paper [role=status]"
"""Where it is said that the server is silent."""
PAGES = {
    "": STEPPER,
    "inside_the_cell": STEPPER,
    "memory_ledger": STEPPER,
    "what_if": ".token-form h3",
    "rnn_lstm_gru": "",
}
"""Page → what names the chosen step; there is none to choose where cells stand side by side."""
LAST = len(TASKS["sentiment"].tokenize(TEXT + MORE)) - 1
SAME_COLOUR = 2
"""Levels of 255 by which a colour may differ: two numbers that are equal to 1e-5 can lie on two sides of a limit."""
SAME_PLACE = 0.2
"""Pixels by which a line may."""

# All that is drawn from numbers: the colours of every canvas, the numbers of every line, what is written in pictures.
DRAWN = """root => {
  const shown = (selector) => [...root.querySelectorAll(selector)].filter((each) => each.getClientRects().length);
  const colours = (canvas) => [...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data];
  return {
    colours: shown("canvas").filter(({ width, height }) => width && height).map(colours),
    lines: shown("svg path").map((path) => (path.getAttribute("d").match(/-?[\\d.]+(e-?\\d+)?/g) ?? []).map(Number)),
    written: shown("svg text, .values").map((each) => each.textContent),
  };
}"""
# Sentences, with how pale they are; and those of them that say something else by now.
SAID = """root => {
  const paleness = (each) => (each === root ? 1 : getComputedStyle(each).opacity * paleness(each.parentElement));
  const sentences = [...root.querySelectorAll("p:not(.status, .waiting), .caption, .said")];
  const shown = sentences.filter((each) => each.getClientRects().length);
  window.said = shown.map((each) => ({ each, text: each.textContent, opacity: paleness(each) }));
}"""
NO_LONGER = """() => window.said.filter(({ each, text }) => each.isConnected && each.textContent !== text)
  .map(({ text, opacity }) => ({ text, opacity }))"""


@pytest.fixture
def python_counts(browser: Browser) -> Iterator[Page]:
    """Open a page in which the network cannot run: its weights do not come, so the server counts."""
    page = browser.new_page(**LAPTOP)
    page.route(re.compile(r"\.safetensors$"), lambda route: route.abort())
    yield page
    page.close()


def drawn(live: LivePage) -> dict[str, list[Any]]:
    """What is drawn, after the frame that is under way."""
    live.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    seen: dict[str, list[Any]] = live.root.evaluate(DRAWN)
    return seen


def assert_alike(seen: dict[str, list[Any]], wanted: dict[str, list[Any]]) -> None:
    """Compare two pictures; what is written must be the same."""
    assert seen["written"] == wanted["written"]
    for kind, apart in (("colours", SAME_COLOUR), ("lines", SAME_PLACE)):
        assert [len(each) for each in seen[kind]] == [len(each) for each in wanted[kind]]
        for mine, theirs in zip(seen[kind], wanted[kind], strict=True):
            np.testing.assert_allclose(mine, theirs, atol=apart, rtol=0)


def assert_nothing_alarms(live: LivePage) -> None:
    """No alert of ours is on show, and no dialog of Streamlit's."""
    alerts = live.root.get_by_role("alert").filter(visible=True)
    assert [each for each in alerts.all_inner_texts() if each] == []
    expect(live.page.get_by_role("dialog")).to_have_count(0)


def assert_what_was_not_true_was_pale(live: LivePage) -> None:
    """What says something else since the server spoke was pale when `SAID` was looked at."""
    changed = live.page.evaluate(NO_LONGER)
    assert changed or live.path == "inside_the_cell"  # which has numbers in place of sentences
    assert [each["text"] for each in changed if each["opacity"] == 1 and each["text"]] == []


def all_is_said(live: LivePage) -> None:
    """Wait until the server has said all it has to say of what is on show."""
    expect(live.root).not_to_have_class(re.compile(r"\bbehind"), timeout=LOADING)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_goes_on_while_the_server_is_held_up(
    page: Page, app_url: str, app_server: Server, python_counts: Page, path: str
) -> None:
    live = LivePage(page, app_url, path, START).open()
    at_first = drawn(live)
    with app_server.held_up():
        live.at_end()
        live.draw(lambda: page.keyboard.type(MORE))
        typed = drawn(live)
        assert typed["colours"] != at_first["colours"]
        live.leave_the_editor()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        if PAGES[path]:
            expect(live.root.locator(PAGES[path])).to_contain_text(f"step {LAST - 2}")
        stepped = drawn(live)
        live.root.evaluate(SAID)
        expect(live.root.locator(SILENT)).to_contain_text("wait")
        assert_nothing_alarms(live)
    all_is_said(live)
    expect(live.editor).to_have_value(TEXT + MORE)
    expect(page).to_have_url(re.compile("truly"))
    expect(live.root.locator(SILENT)).to_be_empty()
    assert_what_was_not_true_was_pale(live)
    assert_alike(drawn(live), stepped)
    other = LivePage(python_counts, app_url, path)
    other.runs = False
    assert_alike(drawn(other.open(page.url.partition("?")[2])), stepped)


def test_a_gate_is_held_while_the_server_is_held_up(page: Page, app_url: str, app_server: Server) -> None:
    live = LivePage(page, app_url, "what_if", START).open()
    panel = live.root.get_by_label("Clamps and edits")
    free = live.pixels("after")
    with app_server.held_up():
        panel.get_by_role("button", name="Open (1)").click()
        live.wait_for_other_pixels("after", free)
        held = live.pixels("after")
        assert_nothing_alarms(live)
    all_is_said(live)
    expect(panel.get_by_label("What is held")).to_contain_text("Forget gate = 1")
    expect(page).to_have_url(re.compile("clamps=forget_gate"))
    assert live.pixels("after") == held
    live.root.get_by_role("button", name="Undo").click()
    live.wait_for_other_pixels("after", held)
    assert live.pixels("after") == free


@pytest.mark.parametrize("path", ["", "what_if"])
def test_a_page_goes_on_when_the_server_is_killed_and_tells_the_next_one_all(browser: Browser, path: str) -> None:
    port, page = free_port(), browser.new_page(**LAPTOP)
    with serve(ROOT / "app.py", port=port, warm=True) as server:
        live = LivePage(page, server.url, path, START).open()
        os.kill(server.pid, signal.SIGKILL)
    live.at_end()
    live.draw(lambda: page.keyboard.type(MORE))
    live.leave_the_editor()
    page.keyboard.press("ArrowLeft")
    expect(live.root.locator(PAGES[path])).to_contain_text(f"step {LAST - 1}")
    expect(live.root.locator(SILENT)).to_contain_text("wait")
    without = drawn(live)
    assert_nothing_alarms(live)
    with serve(ROOT / "app.py", port=port, warm=True):
        all_is_said(live)
        expect(live.editor).to_have_value(TEXT + MORE)
        expect(page).to_have_url(re.compile("truly"))
        assert_alike(drawn(live), without)
        live.root.get_by_role("button", name="Undo").click()
        expect(live.editor).to_have_value(TEXT + MORE.removesuffix("bad"))
        page.close()
