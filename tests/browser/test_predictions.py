"""A prediction drawn with a finger on a telephone, in a lesson of the app."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.pages import LOADING

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_a_finger_draws_a_curve_and_the_next_tap_shows_what_happens(
    app_url: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(**PHONE)
    page.goto(f"{app_url}/lessons?lesson=4-reading-a-trained-network&at=3")
    drawing = page.locator(".drawing")
    expect(drawing).to_be_visible(timeout=LOADING)
    submit, answered = page.locator(".predict .submit"), page.locator(".predict.answered")
    expect(submit).to_have_attribute("aria-disabled", "true")
    drawing.scroll_into_view_if_needed()
    box, before = drawing.bounding_box(), page.evaluate("scrollY")
    assert box
    touch = page.context.new_cdp_session(page)
    across = [box["x"] + 4 + share * (box["width"] - 8) for share in (0, 0.3, 0.6, 1)]
    down = [box["y"] + share * box["height"] for share in (0.5, 0.2, 0.8, 0.9)]
    for kind, x, y in zip(["touchStart", *["touchMove"] * 3], across, down, strict=True):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    # Lifted in flight, as a finger is that draws fast.
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(drawing).to_have_attribute("aria-label", "Your drawing: P(positive), 6 of 6 steps drawn")
    assert page.evaluate("scrollY") == before

    submit.tap()
    expect(answered).to_be_visible(timeout=LOADING)
    expect(page.locator(".predict .real .between")).to_have_count(1)
    mine, so = page.locator(".predict .marks text").all_text_contents()
    said = page.locator(".predict > .said")
    expect(said).to_contain_text(f"you drew {mine.removeprefix('you: ')}, {so}.")
