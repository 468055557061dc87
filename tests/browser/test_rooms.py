"""A show of hands as a class meets it: a lecturer's page, telephones, and what they show one another."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from lstm_viz.lessons import Lesson, shipped

LESSON = "4-reading-a-trained-network"
IS_IN = "Your answer is in"


def step_that_asks(lesson: Lesson, kind: str) -> int:
    """Return the first step with such a question, counted from 1."""
    return next(at for at, step in enumerate(lesson.steps, start=1) if step.question and step.question.kind == kind)


@pytest.fixture
def telephone(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Return a function that gives a page as wide as a telephone, in a browser of its own; no script may fail on it."""
    errors: list[str] = []
    contexts = []

    def note(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            errors.append(said.text)

    def take_one() -> Page:
        context = browser.new_context(viewport={"width": 390, "height": 760}, has_touch=True)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", note)
        return page

    yield take_one
    for context in contexts:
        context.close()
    assert errors == []


def lecturer_at(page: Page, url: str, at: int) -> str:
    """Open a lesson at a step, ask the room, and return its code."""
    page.goto(f"{url}/lessons?lesson={LESSON}&at={at}")
    page.get_by_role("button", name="Ask the room").click()
    expect(page.locator(".room .squares")).to_be_visible()
    return page.locator(".room .code").inner_text()


def test_two_telephones_choose(page: Page, telephone: Callable[[], Page], app_url: str) -> None:
    """One is loaded again and changes its mind, the other loses its network; the lecturer loads the page again."""
    at = step_that_asks(shipped()[LESSON], "choose")
    code = lecturer_at(page, app_url, at)
    one, other = telephone(), telephone()
    one.goto(f"{app_url}/room")
    one.get_by_label("The code").fill(f" {code.lower()} ")
    one.keyboard.press("Enter")
    one.get_by_role("radio").nth(0).check()
    one.get_by_role("button", name="Send").click()
    expect(one.get_by_text(IS_IN)).to_be_visible()

    other.goto(f"{app_url}/room/{code}")
    other.get_by_role("radio").nth(0).check()
    other.context.set_offline(True)
    other.get_by_role("button", name="Send").click()
    expect(other.get_by_text("Your answer is kept here")).to_be_visible()
    expect(page.locator(".room .count")).to_have_text("1 has answered")
    other.context.set_offline(False)
    expect(other.get_by_text(IS_IN)).to_be_visible()

    one.reload()
    expect(one.get_by_role("radio").nth(0)).to_be_checked()
    one.get_by_role("radio").nth(1).check()
    one.get_by_role("button", name="Send").click()
    expect(one.get_by_text(IS_IN)).to_be_visible()
    page.reload()
    expect(page.locator(".room .code")).to_have_text(code)
    expect(page.locator(".room .count")).to_have_text("2 have answered")
    assert code not in page.url
    for phone in (one, other):
        assert "truth" not in phone.evaluate("async () => (await fetch(`${location.href}/question`)).text()")
        assert phone.evaluate("document.documentElement.scrollWidth") == 390

    page.get_by_role("button", name="Reveal").click()
    expect(page.locator(".room .results .summary")).to_contain_text("2 predictions.")
    expect(page.locator(".lv-page[data-painted]")).to_be_visible()
    expect(one.locator(".option.yours")).to_have_count(1)
    expect(one.locator(".said")).to_contain_text("“")
    page.get_by_role("button", name="Close the room").click()
    page.get_by_role("button", name="Close it for everybody").click()
    expect(other.get_by_text("The room is closed. Nothing of it was kept.")).to_be_visible()


def test_a_telephone_draws_and_goes_on_to_the_next_question(
    page: Page, telephone: Callable[[], Page], app_url: str
) -> None:
    phone, lesson = telephone(), shipped()[LESSON]
    code = lecturer_at(page, app_url, step_that_asks(lesson, "draw"))
    phone.goto(f"{app_url}/room/{code}")
    box = phone.locator(".drawing").bounding_box()
    assert box
    phone.mouse.move(box["x"] + 4, box["y"] + 10)
    phone.mouse.down()
    phone.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2, steps=5)
    phone.mouse.up()
    phone.get_by_role("button", name="Send").click()
    expect(page.locator(".room .count")).to_have_text("1 has answered")
    page.get_by_role("button", name="Reveal").click()
    expect(page.locator(".room .results .summary")).to_contain_text("1 prediction.")
    expect(page.locator(".room .results .real polyline")).to_be_visible()
    expect(phone.locator(".real polyline")).to_be_visible()
    expect(phone.locator(".said")).to_contain_text("Your curve")
    page.goto(f"{app_url}/lessons?lesson={LESSON}&at={step_that_asks(lesson, 'choose')}")
    page.get_by_role("button", name=f"Ask room {code}").click()
    expect(phone.get_by_role("radio")).not_to_have_count(0)
    expect(page.locator(".room .count")).to_have_text("0 have answered")
