"""Lessons in a browser: walked by keyboard, what is hidden until it is predicted, and what the browser keeps."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, WebSocket, expect

from benchmarks.lessons import LIVE, WIDTHS, Reader, walks
from tests.browser.pages import LOADING, at_rest

STEPS = 3
"""Of a walk at a phone's width; all steps of all walks are walked by ``python -m benchmarks lessons``."""
KEPT = "() => JSON.stringify({...localStorage})"


def test_a_part_of_one_walk(open_page: Callable[..., Page], app_url: str) -> None:
    walk = min(walks(), key=lambda walk: walk.width)
    first = len(walk.lesson.steps) // 2
    page = open_page(viewport={"width": walk.width, "height": WIDTHS[walk.width]})
    Reader(page, app_url, walk).go(first, first + STEPS - 1)


def test_an_open_question_is_answered_by_nothing_on_the_page_and_its_answer_is_kept(
    open_page: Callable[..., Page], app_url: str
) -> None:
    page = open_page(viewport={"width": 1024, "height": 768})
    came: list[str | bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: came.append(frame))

    page.on("websocket", listen)
    page.goto(f"{app_url}/start_here")
    question = page.locator(".lv-prediction")
    expect(question.locator(".submit")).to_be_visible(timeout=LOADING)
    expect(page.locator(".lv-lesson")).to_have_attribute("data-heard", "true")
    # No table, no hover, no link to the view, nothing to take away, and no component that could have been sent numbers.
    assert page.locator(LIVE).count() == 0
    assert page.locator("table, .take-away, .keeping, .tip, .plot").count() == 0
    assert page.get_by_role("link", name="Open this view").count() == 0
    assert page.url == f"{app_url}/start_here"
    sent = b"".join(each.encode() if isinstance(each, str) else each for each in came)
    assert b"lstm_viz_prediction" in sent
    assert b"lstm_viz_gates" not in sent
    assert b'"answered": null' in sent or b'"answered":null' in sent
    question.locator("input[type=radio]").first.check()
    question.locator(".submit").click()
    expect(page.locator(".lv-page")).to_be_visible(timeout=LOADING)
    expect(question.locator(".said")).not_to_be_empty()
    page.wait_for_function(f"({KEPT})().includes('predicted')")
    # Another session of the same browser is told, and by the address alone nobody is.
    assert page.url.partition("?")[2] == ""
    page.reload()
    expect(page.locator(".lv-page")).to_be_visible(timeout=LOADING)
    expect(question.locator("input[type=radio]").first).to_be_checked()


def test_back_to_a_step_shows_it_as_its_author_made_it(open_page: Callable[..., Page], app_url: str) -> None:
    page, step = open_page(viewport={"width": 1440, "height": 900}), "lessons?lesson=1-four-calculations&at=2"
    page.goto(f"{app_url}/{step}")
    editor = page.locator("textarea.lv-editor")
    expect(editor).to_have_value(re.compile("."), timeout=LOADING)
    made = editor.input_value()
    page.get_by_role("link", name="Memory ledger").first.click()
    expect(page).to_have_title(re.compile("Memory ledger"), timeout=LOADING)
    expect(editor).not_to_have_value(made, timeout=LOADING)
    page.go_back()
    expect(editor).to_have_value(made, timeout=LOADING)
    at_rest(page)
    expect(page).to_have_url(f"{app_url}/{step}")
    expect(editor).to_have_value(made)


def test_one_may_wander_off_and_come_back_to_the_step_as_one_left_it(
    open_page: Callable[..., Page], app_url: str
) -> None:
    page = open_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{app_url}/start_here?at=2")
    editor = page.locator("textarea.lv-editor")
    editor.fill("A film of my own")
    expect(page.locator(".st-key-lv_lesson_done")).to_be_visible(timeout=LOADING)
    page.get_by_role("link", name="Open this view").click()
    expect(page).to_have_title("Gates over time · LSTM Viz", timeout=LOADING)
    expect(editor).to_have_value("A film of my own", timeout=LOADING)
    page.get_by_role("link", name="Back to").click()
    expect(page.locator(".lv-lesson")).to_have_attribute("data-at", "2", timeout=LOADING)
    expect(editor).to_have_value("A film of my own", timeout=LOADING)
    page.get_by_role("button", name="As it was").click()
    expect(editor).not_to_have_value("A film of my own", timeout=LOADING)
    expect(page).to_have_url(f"{app_url}/start_here?at=2")
