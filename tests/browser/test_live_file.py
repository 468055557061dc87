"""A trace as a file: opened from the disk, with no network, it shows what the app shows, and sums as Python does."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, expect

import lstm_viz as lv
from lstm_viz.analysis.equations.cell_arithmetic import cell_arithmetic
from lstm_viz.ui.pages.saved import saved_page
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.browser.conftest import LAPTOP
from tests.browser.pages import LivePage, eventually

TEXT = "The film is slow, but it is never dull."
QUANTITIES = ("input_gate", "forget_gate", "candidate", "output_gate", "cell_state", "hidden_state")
NASTY = "</script><img src=x onerror=\"document.title='ran'\">"
PIXELS = """canvas => {
  const { width, height } = canvas;
  return [width, height, ...canvas.getContext("2d").getImageData(0, 0, width, height).data].join();
}"""
MARKS = """() => [...document.querySelectorAll(".tracks .mark.hovered")].filter((each) => each.offsetParent)
  .map((each) => Math.round(each.getBoundingClientRect().left))"""


def test_a_file_without_a_network_shows_what_the_app_shows(
    open_page: Callable[..., Page], app_url: str, tmp_path: Path
) -> None:
    model = lv.load_model("sentiment")
    trace = model.trace(TEXT)
    trace.to_html(tmp_path / "run.html", order="index", step=2, unit=5, title=NASTY)
    app = LivePage(open_page(), app_url, "", f"text={quote(TEXT)}&step=2&unit=5&order=index").open()
    own = open_page(**LAPTOP, offline=True)
    own.goto((tmp_path / "run.html").as_uri())
    own.wait_for_selector(".lv-page[data-painted]")

    def canvas(page: Page, name: str) -> str:
        return str(page.locator(f".plot[data-view={name}] canvas").evaluate(PIXELS))

    for name in QUANTITIES:
        assert canvas(own, name) == canvas(app.page, name), name
    expect(own.locator("h1")).to_have_text(NASTY)

    view = own.locator(".plot[data-view=forget_gate]")
    box = view.bounding_box()
    assert box is not None
    column = box["width"] / len(trace)
    own.mouse.move(box["x"] + 4.5 * column, box["y"] + 4)
    lefts = eventually(lambda: own.evaluate(MARKS), lambda seen: len(seen) > len(QUANTITIES) and len(set(seen)) == 1)
    assert abs(lefts[0] - (box["x"] + 4 * column)) <= 3
    assert trace.labels[4] in own.locator(".tip").inner_text()

    own.mouse.click(box["x"] + 6.5 * column, box["y"] + 9.5 * box["height"] / 64)
    expect(own.locator(".stepper strong").first).to_have_text(f"“{trace.labels[6]}”")
    unit = int(own.locator(".stepper strong").nth(1).inner_text().removeprefix("Unit "))
    assert abs(unit - 9) <= 1, "rows are 1.5 pixels high"
    lines = cell_arithmetic(trace.layers[0], 6, unit)
    sums = own.locator(".chain .equation")
    assert sums.count() == len(lines)
    for k, line in enumerate(lines):
        shown = [part for part in ("".join(piece.text for piece in line.numbers), line.result) if part]
        for part in shown:
            expect(sums.nth(k)).to_contain_text(part)
    own.keyboard.press("ArrowLeft")
    expect(own.locator(".stepper strong").first).to_have_text(f"“{trace.labels[5]}”")
    own.set_viewport_size({"width": 390, "height": 800})
    eventually(lambda: own.evaluate("document.documentElement.scrollWidth"), lambda seen: seen <= 390)
    assert own.title() == NASTY


def test_a_saved_view_runs_its_network_on_what_is_typed(open_page: Callable[..., Page], tmp_path: Path) -> None:
    (tmp_path / "view.html").write_text(
        saved_page("gates", View.of(Settings(text=TEXT, step=2, unit=5))), encoding="utf-8"
    )
    own = open_page(**LAPTOP, offline=True)
    own.goto((tmp_path / "view.html").as_uri())
    own.wait_for_selector(".lv-page[data-painted]")
    caption = own.locator(".plot[data-view=forget_gate] + .caption")
    expect(caption).to_contain_text("Forget gates")
    own.locator("textarea.lv-editor").focus()
    own.keyboard.press("End")
    own.keyboard.type(f" {NASTY} bad")
    trace = lv.load_model("sentiment").trace(f"{TEXT} {NASTY} bad")
    expect(own.locator(".stepper strong").first).to_have_text(f"“{trace.labels[-1]}”")
    line = cell_arithmetic(trace.layers[0], len(trace) - 1, 5)[0]
    expect(own.locator(".chain .equation").first).to_contain_text("".join(piece.text for piece in line.numbers))
    expect(caption).to_be_hidden()
    own.get_by_role("button", name="But", exact=True).click()
    expect(caption).to_contain_text("Forget gates")
    own.keyboard.press("Escape")
    while own.locator("textarea.lv-editor").input_value() != TEXT:
        own.get_by_role("button", name="Undo").click()
    expect(own.locator(".stepper strong").first).to_have_text(f"“{trace.labels[2]}”")
    expect(caption).to_be_visible()
    own.get_by_role("button", name="Take away").click()
    with own.expect_download() as picture:
        own.locator("[data-kind=png]").click()
    assert picture.value.suggested_filename.endswith(".png")
    own.keyboard.press("Escape")
    own.get_by_label("Symbols").select_option("udacity")
    expect(own.locator(".chain").first).to_contain_text("LTM")
