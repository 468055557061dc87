"""What if? in a browser: clicking a clamp in and undoing it, dragging, editing tokens, ranking, and reloading."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import LivePage, unfold
from tests.driving import Server

TEXT = "The film is not good."


@pytest.fixture
def what_if(page: Page, app_url: str) -> LivePage:
    start = f"text={quote(TEXT)}&step=1&unit=5&order=index&shown=input_gate"
    return LivePage(page, app_url, "what_if", start).open()


def test_a_clamp_is_clicked_in_undone_and_done_again(what_if: LivePage) -> None:
    page, panel = what_if.page, what_if.root.get_by_label("Clamps and edits")
    expect(what_if.root.get_by_role("button", name="Undo")).to_be_disabled()
    free = what_if.pixels("after")
    what_if.click_cell("before", column=3, row=10)
    expect(panel.get_by_label("steps")).to_have_value("3")
    # A row is a pixel or two high, and a browser tells whole pixels.
    expect(panel.get_by_label("units")).to_have_value(re.compile("^(9|10|11)$"))
    panel.get_by_role("button", name="all").first.click()
    panel.get_by_role("button", name="Shut (0)").click()
    held = panel.get_by_label("What is held")
    expect(held).to_contain_text("Input gate = 0all units, step 3 “not”")
    expect(what_if.caption("prediction")).to_contain_text(re.compile(r"rises from 0\.\d\d to 0\.9\d"))
    assert what_if.pixels("after") != free
    expect(page).to_have_url(re.compile(r"clamps=input_gate\+0\+t3"))
    what_if.root.get_by_role("button", name="Undo").click()
    expect(held.locator("li")).to_have_count(0)
    assert what_if.pixels("after") == free
    page.keyboard.press("Control+Shift+z")
    expect(held.locator("li")).to_have_count(1)
    expect(page).to_have_url(re.compile("clamps="))
    what_if.reload()
    expect(held).to_contain_text("step 3 “not”")
    what_if.root.get_by_role("button", name="Release Input gate").click()
    expect(held.locator("li")).to_have_count(0)


def test_an_experiment_is_done_by_its_button_and_the_next_in_its_place(what_if: LivePage, app_server: Server) -> None:
    tried, held = what_if.root.locator(".tried button"), what_if.root.get_by_label("What is held").locator("li")
    by_gate, by_token = tried.filter(has_text="gates").first, tried.filter(has_text="Leave out").first
    reached = by_gate.locator("strong").inner_text()
    by_gate.click()
    expect(what_if.caption("prediction")).to_contain_text(f"to {reached}")
    expect(held).to_have_count(1)
    expect(by_gate).to_have_attribute("aria-pressed", "true")
    reached = by_token.locator("strong").inner_text()
    with app_server.held_up():
        by_token.click()
        expect(held).to_have_count(0)
        expect(what_if.view("tokens before")).to_be_visible()
    expect(what_if.caption("prediction")).to_contain_text(f"to {reached}")
    what_if.root.get_by_role("button", name="Undo").click()
    what_if.root.get_by_role("button", name="Undo").click()
    expect(what_if.editor).to_have_value(TEXT)
    expect(what_if.root).to_contain_text("Nothing is held or changed yet")


def test_the_page_opens_on_the_experiment_that_does_most_and_what_is_let_go_stays_so(page: Page, app_url: str) -> None:
    live = LivePage(page, app_url, "what_if").open()
    held = live.root.get_by_label("What is held").locator("li")
    expect(held).to_have_count(1)
    expect(live.root.locator(".tried button[aria-pressed=true]")).to_have_count(1)
    expect(page).to_have_url(re.compile("clamps="))
    live.root.get_by_role("button", name="Release").first.click()
    expect(held).to_have_count(0)
    page.get_by_role("link", name="Memory ledger").first.click()
    expect(page.locator(".lv-ledger")).to_be_visible()
    unfold(page, "Experiment").filter(has_text="What if?").click()
    expect(live.root).to_contain_text("Nothing is held or changed yet")


def test_dragging_chooses_several_units_and_steps(what_if: LivePage) -> None:
    panel = what_if.root.get_by_label("Clamps and edits")
    what_if.drag("after", (1, 3), (4, 20))
    expect(panel.get_by_label("steps")).to_have_value("1-4")
    expect(panel.get_by_label("units")).to_have_value("3-20")
    panel.get_by_role("button", name="Its mean").click()
    expect(panel.get_by_label("What is held")).to_contain_text("Input gate = its meanunits 3-20, steps 1-4")


def test_a_shorter_text_keeps_the_clamp_inactive_with_the_reason(what_if: LivePage) -> None:
    panel = what_if.root.get_by_label("Clamps and edits")
    panel.get_by_label("steps").fill("5")
    panel.get_by_label("units").fill("all")
    panel.get_by_role("button", name="Open (1)").click()
    expect(panel.get_by_label("What is held")).to_contain_text("step 5 “.”")
    what_if.fill("The film")
    expect(panel.get_by_label("What is held")).to_contain_text(
        "Inactive: there is no such step now: steps run from 0 to 1."
    )
    panel.get_by_label("value").fill("much")
    panel.get_by_role("button", name="Hold", exact=True).click()
    expect(panel.get_by_role("alert")).to_contain_text("“much” is not a number to hold a gate at")


def test_a_token_is_dropped_and_the_rest_lines_up(what_if: LivePage) -> None:
    panel = what_if.root.get_by_label("Clamps and edits")
    what_if.click_cell("tokens", column=3, row=0, columns=6)
    expect(panel).to_contain_text("Change “not” (step 3)")
    panel.get_by_role("button", name="Drop").click()
    expect(what_if.editor).to_have_value("The film is good.")
    before = what_if.view("tokens before").locator(".token")
    expect(before).to_have_text(["The", "film", "is", "not", "good", "."])
    expect(what_if.view("tokens").locator(".token")).to_have_text(["The", "film", "is", "", "good", "."])
    panel.get_by_role("button", name="Take it back").click()
    expect(what_if.editor).to_have_value(TEXT)
    expect(what_if.view("tokens before")).to_be_hidden()


def test_a_preset_and_the_ranking(what_if: LivePage) -> None:
    root = what_if.root
    root.get_by_role("button", name="Keep “not” out").click()
    expect(root).to_contain_text("nothing of “not” is added to the")
    root.get_by_role("button", name="Rank the units").click()
    rows = root.locator(".ranks li")
    expect(rows).to_have_count(12)
    name = rows.first.locator(".name").inner_text()
    unit = re.search(r"unit (\d+)", name)
    assert unit is not None
    rows.first.locator("button").click()
    expect(root.get_by_label("What is held")).to_contain_text(f"unit {unit[1]}, all steps")
    what_if.choose("Shut", "forget_gate")
    expect(rows.first).to_contain_text("Forget gate")


def test_the_form_names_the_place_that_an_experiment_chooses(what_if: LivePage) -> None:
    panel, title = what_if.root.get_by_label("Clamps and edits"), what_if.page.locator(".token-form h3")
    what_if.page.get_by_role("button", name="Forget at “but”").click()
    expect(title).to_contain_text("but")
    step = title.inner_text().split("step ")[1].rstrip(")")
    expect(panel.get_by_label("steps")).to_have_value(step)
    panel.get_by_role("button", name="Open (1)").click()
    expect(panel.get_by_label("What is held").locator("li").last).to_contain_text(f"step {step} “but”")


def test_with_the_server_held_up_clamps_hold_and_let_go(what_if: LivePage, app_server: Server) -> None:
    page, panel = what_if.page, what_if.root.get_by_label("Clamps and edits")
    held, free = panel.get_by_label("What is held").locator("li"), what_if.pixels("after")
    with app_server.held_up():
        panel.get_by_label("steps").fill("3")
        panel.get_by_label("units").fill("all")
        panel.get_by_role("button", name="Shut (0)").click()
        expect(held).to_have_text(re.compile("Input gate = 0"))
        assert what_if.pixels("after") != free
        panel.get_by_role("button", name="Its mean").click()
        expect(held).to_have_count(2)
        held.first.get_by_role("button").click()
        expect(held).to_have_text(re.compile("Input gate = its mean"))
        held.first.get_by_role("button").click()
        expect(held).to_have_count(0)
        assert what_if.pixels("after") == free
        panel.get_by_role("button", name="Open (1)").click()
        expect(held).to_have_count(1)
    # What the server then says of it, it says of the same.
    expect(held).to_have_text(re.compile("Input gate = 1all units, step 3 “not”"))
    expect(page).to_have_url(re.compile(r"clamps=input_gate\+1\+t3"))
