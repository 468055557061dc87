"""The time-line of a network's training in a browser: dragged without the server, explained at rest, kept by a link."""

import re

from playwright.sync_api import Page, expect

from lstm_viz.sources import shipped
from tests.browser.pages import LOADING, LivePage, eventually


def test_dragged_through_training_the_server_is_asked_at_rest_only(page: Page, app_url: str) -> None:
    states = shipped("counting").states
    assert states is not None
    live = LivePage(page, app_url, query="task=counting&text=aabb").open()
    through = live.root.locator(".through")
    expect(through.locator(".inside")).to_be_hidden()
    through.get_by_role("button", name="Through training").click()
    expect(live.root).to_have_attribute("data-states", "", timeout=LOADING)
    expect(through.get_by_text("Untrained → the end.")).to_be_visible()
    line = through.get_by_role("slider", name="Training steps")
    expect(line).to_have_attribute("aria-valuenow", str(len(states.steps) - 1))
    sent, trained = live.root.get_attribute("data-sent"), live.pixels("forget_gate")
    box = line.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 14, box["y"] + 40)
    page.mouse.down()
    seen: set[str] = set()
    for share in (0.8, 0.6, 0.4, 0.2, 0.001):
        page.mouse.move(box["x"] + 14 + share * (box["width"] - 28), box["y"] + 40)
        at = int(line.get_attribute("aria-valuenow") or 0)
        eventually(lambda: live.pixels("forget_gate"), lambda now: now not in seen | {trained})
        seen.add(live.pixels("forget_gate"))
    assert at == 0
    expect(through.locator(".timeline-now")).to_contain_text("untrained")
    assert live.root.get_attribute("data-sent") == sent
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"[?&]checkpoint=0&"))
    # Keys: a state at a time, and the two marks.
    expect(through.get_by_role("button", name="Compare from here")).to_be_disabled()
    line.press("PageUp")
    expect(page).to_have_url(re.compile(rf"[?&]checkpoint={states.steps[5]}&"))
    expect(through.locator(".said")).to_contain_text(f"Untrained → {states.steps[5]} steps.")
    # The numbers that are shown are torch's, and the link holds them.
    drawn = live.pixels("forget_gate")
    live.reload()
    expect(line).to_have_attribute("aria-valuenow", "5")
    eventually(lambda: live.pixels("forget_gate"), lambda now: now == drawn)
    through.get_by_role("button", name="To the end").click()
    eventually(lambda: live.pixels("forget_gate"), lambda now: now == trained)
