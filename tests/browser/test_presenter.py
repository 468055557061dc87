"""Presenter mode: a clicker's keys, pointing and dragging on a magnified page, and what the back row can read."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from benchmarks.hall import Seen
from tests.browser.pages import LOADING, LivePage, eventually

HALL = {"viewport": {"width": 1920, "height": 1080}}


def presented(page: Page, app_url: str, path: str, query: str) -> LivePage:
    live = LivePage(page, app_url, path).open(f"present=true&{query}")
    expect(page.locator("html")).to_have_class(re.compile("presented"))
    expect(live.root).to_have_class(re.compile("presented"))
    return live


def test_a_lecturer_steps_points_drags_and_leaves(open_page: Callable[..., Page], app_url: str) -> None:
    page = open_page(**HALL)
    live = presented(page, app_url, "what_if", "step=1&unit=3&shown=forget_gate")
    chosen = lambda: live.root.evaluate("root => getComputedStyle(root).getPropertyValue('--chosen')")  # noqa: E731
    # No click before it.
    page.keyboard.press("PageDown")
    eventually(chosen, lambda now: now == "2")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    eventually(chosen, lambda now: now == "0")
    eventually(lambda: page.evaluate("location.search"), lambda url: "step=0" in url and "present=true" in url)

    # A cell is where it is seen: in what is said of it, in the marks, and in a click.
    map_ = live.view("after")
    columns, rows = map_.locator("canvas").evaluate("canvas => [canvas.width, canvas.height]")
    box = map_.bounding_box()
    assert box
    at = lambda column, row: (  # noqa: E731
        box["x"] + box["width"] * (column + 0.5) / columns,
        box["y"] + box["height"] * (row + 0.5) / rows,
    )
    page.mouse.move(*at(3, rows - 1))
    tip = live.root.locator("> .tip")
    expect(tip).to_contain_text("“not”")
    mark = map_.locator(".mark.hovered").bounding_box()
    assert mark
    assert abs(mark["x"] + mark["width"] / 2 - at(3, 0)[0]) < 2
    expect(page.locator(".lv-ring.moving")).to_have_count(1)
    page.mouse.click(*at(2, 10))
    eventually(chosen, lambda now: now == "2")
    page.mouse.move(*at(1, 5))
    page.mouse.down()
    page.mouse.move(*at(3, 14), steps=3)
    drag = map_.locator(".drag").bounding_box()
    assert drag
    assert abs(drag["x"] - box["x"] - box["width"] / columns) < 2
    assert abs(drag["width"] - 3 * box["width"] / columns) < 2
    assert abs(drag["y"] - box["y"] - 5 * box["height"] / rows) < 2
    assert abs(drag["height"] - 10 * box["height"] / rows) < 2
    page.mouse.up()

    # Letters are the text's, once the text has the focus; a black screen takes any key.
    page.keyboard.press("e")
    page.keyboard.press("Control+End")
    page.keyboard.type(" p b.")
    expect(live.editor).to_have_value(re.compile(r" p b\.$"))
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    expect(page.locator(".lv-screen.black")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".lv-screen.black")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("html")).not_to_have_class(re.compile("presented"))
    expect(page.get_by_role("heading", name="What if?", exact=True)).to_be_visible()
    eventually(lambda: page.evaluate("location.search"), lambda url: "present" not in url)


def test_stages_come_one_by_one_and_the_back_row_can_read_them(open_page: Callable[..., Page], app_url: str) -> None:
    page = open_page(**HALL)
    live = presented(page, app_url, "inside_the_cell", "step=1&unit=3")
    stages = live.root.locator(".stage").count()
    for _ in range(stages):
        page.keyboard.press("PageDown")
    expect(live.root.locator(".stage").last).to_have_attribute("aria-pressed", "true")
    expect(live.root).to_have_attribute("data-step", "1")
    seen = Seen.of(page)
    assert (seen.small, seen.sideways) == (0, 0)
    assert seen.words <= 40
    assert seen.first is not None
    assert seen.first < 1 / 3
    page.keyboard.press("PageDown")
    expect(live.root).to_have_attribute("data-step", "2")
    expect(live.root.locator(".stage").first).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("PageUp")
    expect(live.root).to_have_attribute("data-step", "1")
    expect(live.root.locator(".stage").last).to_have_attribute("aria-pressed", "true")


def test_a_clicker_goes_from_words_to_the_question_to_what_is_so(open_page: Callable[..., Page], app_url: str) -> None:
    page = open_page(viewport={"width": 1366, "height": 768})
    page.goto(f"{app_url}/lessons?lesson=1-four-calculations&at=7&present=true")
    words, question = page.locator(".st-key-lv_lesson_text p"), page.locator(".lv-prediction")
    expect(page.locator("html")).to_have_class(re.compile("presented"), timeout=LOADING)
    expect(words.first).to_be_visible(timeout=LOADING)
    expect(question.locator(".prompt")).to_have_count(1, timeout=LOADING)
    expect(question).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(question.locator(".option").last).to_be_visible()
    expect(page.get_by_role("button", name="Ask the room")).to_be_in_viewport()
    expect(words.first).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(question.locator(".option.so")).to_be_visible(timeout=LOADING)
    expect(page.locator(".lv-inside")).to_be_visible(timeout=LOADING)
    page.keyboard.press("PageDown")
    expect(page.locator(".st-key-lv_lesson_asking p").first).to_be_visible()
    expect(question).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile("at=8"), timeout=LOADING)
    page.keyboard.press("PageUp")
    expect(page).to_have_url(re.compile("at=7"), timeout=LOADING)
