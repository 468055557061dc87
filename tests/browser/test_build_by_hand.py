"""Build by hand: a unit is built and a network broken by keyboard; what was done is in the link and can be undone."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from lstm_viz.challenges import COMMA
from lstm_viz.challenges.breaking import allowed, counter
from lstm_viz.ui.settings.kinds import write_numbers
from lstm_viz.words.by_hand import OWN_STATE
from tests.browser.pages import eventually

SOLVED = re.compile("^✓ Solved")
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"


def opened(page: Page, url: str, query: str) -> Locator:
    page.goto(f"{url}/build_by_hand?{query}")
    root = page.locator(".lv-by-hand[data-painted]")
    expect(root).to_be_visible(timeout=90_000)
    return root


def test_a_unit_is_built_by_keys_and_its_link_and_a_reload_keep_it(page: Page, app_url: str) -> None:
    root = opened(page, app_url, "challenge=comma")
    expect(root.locator(".state")).not_to_have_text(SOLVED)
    root.get_by_role("button", name="Hint (1 of").press("Enter")
    expect(root.locator(".hints li")).to_have_text([COMMA.hints[0]])
    for row, weights in COMMA.solution.items():
        for column, value in weights.items():
            name = {"bias": "the bias", ",": "comma"}.get(column, column)
            label = re.compile(f"^{row.replace('_', ' ').capitalize()}: weight of {name}\\b(?!.*as a number)")
            slider = root.get_by_role("slider", name=label)
            # Each press is 5.
            for _ in range(round(abs(value) / 5)):
                slider.press("PageUp" if value > 0 else "PageDown")
            expect(slider).to_have_attribute("aria-valuetext", f"{value:g}".replace("-", "−"))
    expect(root.locator(".state")).to_have_text(SOLVED)
    expect(root.get_by_role("tab", name="✓ Forget at a comma")).to_be_visible()
    # Which is not written at every press.
    written = write_numbers(COMMA.solved.ravel().tolist(), 3)
    expect(page).to_have_url(re.compile(rf"weights={written}(&|$)"))
    address = page.url
    page.reload()
    expect(root.locator(".state")).to_have_text(SOLVED, timeout=90_000)
    assert page.url == address
    sequence = root.get_by_role("textbox", name="The sequence")
    sequence.fill("")
    expect(root.locator(".told")).to_have_text(OWN_STATE["empty"])
    sequence.press_sequentially("aa,a")
    expect(root.locator(".told")).to_have_text(OWN_STATE["right"])
    root.get_by_role("slider").first.press("End")
    root.get_by_role("slider").first.press("Home")
    expect(root.locator(".first-miss")).to_have_text(re.compile("^First miss: trial 1"))
    root.get_by_role("slider").first.press("Control+z")
    expect(root.locator(".state")).to_have_text(SOLVED)


def test_gates_are_shut_until_the_counter_breaks_and_a_search_says_how_few_do(
    open_page: Callable[..., Page], app_url: str
) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    root = opened(page, app_url, "challenge=breaking")
    own = int(counter().right([()]).sum())
    expect(root.locator(".state")).to_have_text(f"0 gates shut: right on {own} of {own} strings.")
    right = int(counter().right([(("input_gate", 2),)]).sum())
    root.get_by_role("button", name="Input gate of unit 1", exact=True).press("ArrowRight")
    page.keyboard.press("Space")
    expect(root.locator(".state")).to_have_text(f"1 gate shut: right on {right} of {own} strings.")
    assert right <= allowed(own, 0.5)
    expect(root.locator(".goals .done")).to_have_count(1)
    root.get_by_role("button", name="How few does a search need?").press("Enter")
    expect(root.locator(".best li")).to_have_count(3)
    root.get_by_role("button", name="Shut these").last.press("Enter")
    expect(root.locator(".state")).to_contain_text(f"right on 0 of {own} strings")
    assert eventually(lambda: page.url, lambda url: "shut=input_gate.2" in url)
    assert page.evaluate(SIDEWAYS) <= 0, "the page does not scroll sideways"


def test_an_address_that_streamlit_writes_over_is_written_again(page: Page, app_url: str) -> None:
    root = opened(page, app_url, "")
    # Where a reader comes back to a page that is still there; after the page has written its own, before it tells.
    written = root.get_by_role("tab", name="Add two marked numbers").evaluate(
        """tab => new Promise((resolve) => {
             tab.click();
             setTimeout(() => {
               resolve(location.search);
               history.replaceState(history.state, '', location.pathname);
             }, 250);
           })"""
    )
    assert "challenge=adding" in written
    expect(page).to_have_url(re.compile("challenge=adding"))


def test_what_a_page_opens_on_stays_when_the_server_says_something_else_of_it(page: Page, app_url: str) -> None:
    root = opened(page, app_url, "challenge=comma&trial=1&step=5")
    trial, at = root.get_by_label("Which sequence is on show"), root.locator(".stepping .at")
    chosen = trial.input_value()
    expect(at).to_contain_text("step 5 of")
    root.get_by_role("slider").first.press("End")
    expect(page).to_have_url(re.compile("weights="))
    heaviest = root.get_by_role("slider").first.get_attribute("aria-valuetext")
    # Weights that were left in a challenge are shown where an address says none, and are told with the place.
    root = opened(page, app_url, "challenge=comma&task=adding")
    expect(root.get_by_role("slider").first).to_have_attribute("aria-valuetext", str(heaviest))
    assert trial.input_value() != chosen
    expect(page).to_have_url(re.compile("step=0.*weights="))
    where = at.inner_text()
    page.get_by_role("button", name="Present", exact=True).click()
    expect(page).to_have_url(re.compile("present=true"))
    expect(root.get_by_role("slider").first).to_have_attribute("aria-valuetext", str(heaviest))
    expect(at).to_have_text(where)
    page.reload()
    expect(at).to_have_text(where, timeout=90_000)
