"""Watch it learn in a browser: gates are redrawn while a network learns, and its past is there to go back to."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from lstm_viz.learning import Plan

SMALL = Plan(units=3, length=6, updates=300, curriculum=False)
AGAINST = Plan(units=3, length=6, updates=300, curriculum=False, cell="rnn")


def test_a_race_is_drawn_while_it_trains_and_goes_back(open_page: Callable[..., Page], app_url: str) -> None:
    page = open_page()
    page.goto(f"{app_url}/watch_it_learn?watch={SMALL.written}&watch_against={AGAINST.written}")
    root = page.locator(".lv-watch[data-lives]")
    root.wait_for()
    expect(root.locator(".lane")).to_have_count(2)
    maps = root.locator(".lane [data-view=forget_gate] canvas").first
    before = maps.evaluate("canvas => canvas.toDataURL()")
    root.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function("root => Number(root.dataset.update) > 20", arg=root.element_handle())
    assert maps.evaluate("canvas => canvas.toDataURL()") != before
    assert int(root.get_attribute("data-lives") or 0) > 1
    pause = root.get_by_role("button", name="Pause", exact=True)
    if pause.is_visible():
        pause.click()
    expect(root.locator(".open-on .offer")).to_have_count(2)
    line = root.get_by_role("slider", name="Training steps")
    line.press("Home")
    expect(root.locator(".stands").first).to_have_text("As it was after update 0.")
    page.wait_for_function("([canvas, before]) => canvas.toDataURL() === before", arg=[maps.element_handle(), before])
    root.get_by_role("button", name="Go back to here").click()
    expect(root.locator(".status")).to_contain_text("Ready.")
    assert root.locator(".bar .main").text_content() == "Train"
