"""The picture is the browser's, the words are the server's: when they come, and what the two say of each other."""

import re
from collections.abc import Callable
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect
from safetensors.numpy import load, save

from tests.browser.pages import LivePage, eventually
from tests.driving import Server

TEXT = "The film is good."
START = f"text={quote(TEXT)}&step=1&unit=5&order=index"
PAGES = ("", "inside_the_cell", "memory_ledger", "what_if", "rnn_lstm_gru")
WEIGHTS = re.compile(r"\.safetensors$")
MOVED = 0.001
"""The share of the window that may move, as browsers measure a layout's shift: less than a line of a small text."""

WATCH = """() => {
  window.shifts = [];
  const note = (list) => list.getEntries().forEach(({ value }) => window.shifts.push(value));
  new PerformanceObserver(note).observe({ type: "layout-shift" });
}"""
TWO_FRAMES = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"


@pytest.mark.parametrize("path", PAGES)
def test_typing_sends_nothing_and_a_rest_one_message_that_moves_nothing(
    page: Page, app_url: str, app_server: Server, path: str
) -> None:
    live = LivePage(page, app_url, path)
    live.open(START)
    # The first words leave room for those that follow them.
    live.type_at_end(" It is")
    before = live.sent()
    with app_server.held_up():
        live.draw(lambda: live.burst(" not bad"))
        assert live.sent() - before <= 1, "the keys of one burst were more than one message"
        eventually(live.sent, lambda sent: sent == before + 1)
        expect(live.root).to_have_class(re.compile(r"\bbehind\b"))
        page.evaluate(TWO_FRAMES)
        page.evaluate(WATCH)
    expect(live.root).to_have_attribute("data-said", str(live.painted()))
    expect(live.root).not_to_have_class(re.compile(r"\bbehind\b"))
    page.evaluate(TWO_FRAMES)
    assert sum(page.evaluate("window.shifts")) < MOVED
    assert live.sent() == before + 1


def test_that_the_server_is_silent_is_said_where_it_moves_nothing(page: Page, app_url: str, app_server: Server) -> None:
    live = LivePage(page, app_url, "memory_ledger").open(START)
    # The first words leave room for those that follow them.
    live.type_at_end(" It is")
    said = live.root.locator(".paper [role=status]")
    with app_server.held_up():
        live.draw(lambda: live.burst(" not bad"))
        page.evaluate(TWO_FRAMES)
        page.evaluate(WATCH)
        expect(said).to_contain_text("The server is silent")
        expect(said).to_be_in_viewport()
    expect(said).to_be_empty()
    page.evaluate(TWO_FRAMES)
    assert sum(page.evaluate("window.shifts")) < MOVED


def test_the_card_says_how_far_the_browser_is_from_pytorch_and_compares_all_when_asked(
    page: Page, app_url: str
) -> None:
    live = LivePage(page, app_url).open(START)
    live.type_at_end("!")
    page.get_by_role("button", name="Model card").click()
    said = live.root.locator(".card > dl dd").last
    expect(said).to_contain_text(
        re.compile(r"It and PyTorch (differ by at most [\d.]+×10⁻[⁰-⁹]+|give the same numbers)")
    )
    expect(said).to_contain_text("96 of the 384 hidden states")
    said.get_by_role("button", name="Compare all").click()
    expect(said).to_contain_text("all 384 hidden states")
    expect(live.root.locator(".disagreement")).to_be_hidden()


def test_where_the_browser_computes_otherwise_pytorchs_numbers_are_shown_and_the_page_says_so(
    open_page: Callable[..., Page], app_url: str
) -> None:
    wrong = LivePage(open_page(alone=True), app_url, query=START)
    wrong.page.route(WEIGHTS, with_other_weights)
    wrong.open()
    wrong.at_end()
    wrong.page.keyboard.type("!")
    expect(wrong.root.locator(".disagreement")).to_contain_text("PyTorch’s are shown")
    expect(wrong.root).not_to_have_attribute("data-runs", re.compile("."))
    # The link is written a moment later.
    expect(wrong.page).to_have_url(re.compile(r"good\.(!|%21)"))
    right = LivePage(open_page(), app_url).open(wrong.page.url.partition("?")[2])
    names = ("forget_gate", "cell_state")
    eventually(lambda: [wrong.pixels(name) for name in names], lambda seen: seen == [right.pixels(n) for n in names])
    # It goes on as without a network of its own.
    wrong.type_at_end("!")
    expect(wrong.root.locator(".status")).to_contain_text(f"{len(TEXT.split()) + 3} of")


def with_other_weights(route: Route) -> None:
    """Answer with the weights asked for, the recurrent ones a little larger."""
    answer = route.fetch()
    weights = load(answer.body())
    larger = {name: (part * np.float16(1.01) if "_hh_" in name else part) for name, part in weights.items()}
    route.fulfill(response=answer, body=save(larger), headers={**answer.headers, "content-encoding": "identity"})


def test_without_webassembly_the_page_runs_the_network_all_the_same(
    open_page: Callable[..., Page], app_url: str
) -> None:
    bare = LivePage(open_page(alone=True), app_url, query=START)
    bare.page.add_init_script("delete globalThis.WebAssembly")
    usual = LivePage(open_page(), app_url, query=START)
    for live in (bare.open(), usual.open()):
        live.type_at_end(" It is not bad")
    assert bare.page.evaluate("typeof WebAssembly") == "undefined"
    assert bare.pixels("cell_state") == usual.pixels("cell_state")
