"""Taking a view away: every file of the menu comes, is what it says, and shows what is on screen."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Download, Page, expect

import lstm_viz
from tests.browser.pages import LOADING, LivePage
from tests.driving import ROOT, serve

SVG = "{http://www.w3.org/2000/svg}"
LEAST = 14 - 0.05
"""Pixels of the smallest type on a picture that is 1,280 wide."""


def taken(page: Page, kind: str) -> Download:
    with page.expect_download() as download:
        page.locator(f".offers [data-kind={kind}]").click()
    expect(page.locator(".said-of-it")).to_contain_text(f"Saved as {download.value.suggested_filename}")
    return download.value


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def smallest(picture: ElementTree.Element) -> float:
    """The smallest type of a picture, in pixels at 1,280 wide, with what scales it."""
    width = float(picture.get("width", "0"))

    def sizes(node: ElementTree.Element, scale: float) -> list[float]:
        found = re.search(r"scale\(([\d.]+)\)", node.get("transform", ""))
        scale *= float(found[1]) if found else 1
        view = node.get("viewBox")
        if view and node is not picture:
            scale *= float(node.get("width", "0")) / float(view.split()[2])
        own = [float(node.get("font-size", "16px").removesuffix("px")) * scale] if node.tag == f"{SVG}text" else []
        return own + [size for child in node for size in sizes(child, scale)]

    return min(sizes(picture, 1280 / width))


NO_FILES = """() => {
  const { fetch } = window;
  window.refused = 0;
  window.fetch = (what, ...more) => {
    if (!String(what).endsWith("/made.bin")) return fetch(what, ...more);
    window.refused += 1;
    return Promise.reject(new TypeError("as the test asked"));
  };
}"""


def test_every_file_of_a_view(page: Page, app_url: str) -> None:
    live = LivePage(page, app_url)
    live.open("?text=a+warm+and+funny+film&step=3&unit=17")
    before = live.root.evaluate("root => [root.clientWidth, root.style.width]")
    # By the keyboard alone.
    page.locator(".take-away > button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".offers [data-kind=csv]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".offers [data-kind=npz]")).to_be_focused()

    trace = lstm_viz.load_model("sentiment").trace("a warm and funny film")
    npz = taken(page, "npz")
    assert npz.suggested_filename == "gates-over-time-sentiment-lstm.npz"
    saved = lstm_viz.load_trace(io.BytesIO(content(npz)))
    np.testing.assert_array_equal(saved.layers[0].cell_state, trace.layers[0].cell_state)
    table = pd.read_csv(io.BytesIO(content(taken(page, "csv"))))
    gates = table[(table.quantity == "forget_gate") & (table.unit == 17)]
    np.testing.assert_array_equal(gates.value.to_numpy(np.float32), trace.layers[0].forget_gate[:, 17])

    text = content(taken(page, "svg")).decode()
    picture = ElementTree.fromstring(text)
    assert {node.tag.removeprefix(SVG) for node in picture.iter()} >= {"text", "polyline", "rect"}
    assert not re.search(r"foreignObject|@import|var\(|(?:href|url)\W*=?\W*https?:", text)
    assert smallest(picture) >= LEAST
    words = " ".join("".join(node.itertext()) for node in picture.iter(f"{SVG}text"))
    for said in ("Gates over time", "step 3 “funny”, unit 17", "Forget gate", "how much old memory stays", "film"):
        assert said in words
    assert content(taken(page, "png")).startswith(b"\x89PNG")
    assert live.root.evaluate("root => [root.clientWidth, root.style.width]") == before

    page.locator(".offers [data-kind=py]").click()
    expect(page.locator(".take-away .code")).to_contain_text('lv.load_model("sentiment", cell="lstm")')
    page.keyboard.press("Escape")
    expect(page.locator(".take-away .panel")).to_be_hidden()
    expect(page.locator(".take-away > button")).to_be_focused()


def test_what_a_page_of_charts_gives_and_what_is_said_without_a_server(
    open_page: Callable[..., Page], app_url: str
) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, alone=True)
    page.goto(f"{app_url}/variant_lab")
    page.locator(".lv-take-away .take-away > button").click(timeout=LOADING)
    panel = page.locator(".take-away .panel").bounding_box()
    assert panel is not None
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= 390
    table = pd.read_csv(io.BytesIO(content(taken(page, "csv"))))
    found = lstm_viz.training_results("adding")[0]
    mine = table[(table.cell == "lstm") & (table.forget_bias == found.forget_bias) & (table.quantity == "score")]
    np.testing.assert_array_equal(mine.value.to_numpy(), found.scores.ravel())
    assert smallest(ElementTree.fromstring(content(taken(page, "svg")).decode())) >= LEAST
    page.clock.install()
    page.context.set_offline(True)
    page.evaluate("WebSocket.prototype.send = () => {}")
    page.locator(".offers [data-kind=csv]").click()
    page.clock.run_for(5000)
    expect(page.locator(".said-of-it")).to_contain_text("The server has not answered yet")
    page.context.set_offline(False)


def test_what_takes_long_says_how_far_it_is_waits_its_turn_and_is_stopped(
    open_page: Callable[..., Page],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    width, height = 390, 844  # where room is scarcest
    monkeypatch.setenv("HELD_WORK", str(tmp_path))
    with serve(ROOT / "tests" / "browser" / "held_take_app.py", warm=True) as server:
        page = open_page(viewport={"width": width, "height": height}, color_scheme="dark")
        live = LivePage(page, server.url, "").open("?text=a+warm+and+funny+film")
        said, making = page.locator(".said-of-it"), page.locator(".take-away .making")
        bar, stop = making.get_by_role("progressbar"), making.get_by_role("button", name="Stop")
        page.locator(".take-away > button").click()
        page.locator(".offers [data-kind=csv]").focus()
        page.keyboard.press("Enter")
        expect(said).to_have_text("Waits for its turn. It is the next to begin.")
        expect(said).to_have_role("status")
        expect(bar).to_be_visible()
        assert bar.get_attribute("aria-label") == "How much of it is made"
        box, panel = stop.bounding_box(), page.locator(".take-away .panel").bounding_box()
        assert box is not None
        assert panel is not None
        assert min(box["width"], box["height"]) >= 24
        assert panel["y"] + panel["height"] <= height, "all of the panel is on the screen"
        assert 0 <= panel["x"] <= panel["x"] + panel["width"] <= width

        (tmp_path / "free").touch()
        expect(said).to_have_text("Being made …")
        expect(making).to_be_visible()
        expect(making).to_contain_text("40 %")
        assert bar.evaluate("bar => bar.value") == 0.4
        stop.focus()
        page.keyboard.press("Space")
        expect(said).to_have_text("Stopped: nothing was saved.")
        expect(making).to_be_hidden()
        expect(page.locator(".offers [data-kind=csv]")).to_be_focused()

        # The page answers meanwhile, and what is saved is of the view that was asked for.
        page.keyboard.press("Enter")
        expect(making).to_be_visible()
        expect(making).to_contain_text("40 %")
        page.keyboard.press("Escape")
        live.fill("a dull film and a long one")
        with page.expect_download() as download, page.expect_response("**/made.bin"):
            (tmp_path / "let").touch()
        table = pd.read_csv(io.BytesIO(content(download.value)))
        assert table.token.dropna().unique().tolist() == ["a", "warm", "and", "funny", "film"]
        expect(making).to_be_hidden()

        # Where no file can be fetched, it comes in a message.
        (tmp_path / "let").unlink()
        page.evaluate(NO_FILES)
        page.locator(".take-away > button").click()
        page.locator(".offers [data-kind=csv]").click()
        expect(making).to_be_visible()
        expect(making).to_contain_text("40 %")
        with page.expect_download() as again:
            (tmp_path / "let").touch()
        assert page.evaluate("window.refused") == 1
        assert pd.read_csv(io.BytesIO(content(again.value))).token.dropna().unique().tolist() == [
            "a",
            "dull",
            "film",
            "and",
            "long",
            "one",
        ]
        expect(making).to_be_hidden()

        (tmp_path / "fail").touch()
        page.locator(".offers [data-kind=csv]").click()
        expect(said).to_have_text("This did not work: making Numbers, CSV. The server's log says why.")
