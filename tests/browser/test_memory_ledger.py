"""The memory ledger in a browser: choosing a time and a source, typing, and what a plain RNN is told."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import LivePage, eventually, nothing_scrolls_sideways
from tests.driving import Server

TEXT = "The film is not good."


@pytest.fixture
def ledger(page: Page, app_url: str) -> LivePage:
    return LivePage(page, app_url, "memory_ledger", f"text={quote(TEXT)}&step=4&unit=7&source=3").open()


def test_clicks_and_keys_choose_a_time_and_a_source_and_the_link_keeps_them(ledger: LivePage) -> None:
    panel = ledger.root.get_by_label("The chosen part of the memory")
    expect(panel).to_contain_text("read at“good”step 4 of 0 … 5")
    expect(panel).to_contain_text("put in at“not”step 3")
    ledger.click_cell("map", column=5, row=1)
    expect(panel).to_contain_text("read at“.”step 5")
    expect(panel).to_contain_text("put in at“film”step 1")
    expect(ledger.caption("makeup")).to_contain_text("At “.”, unit 7’s cell state is")
    expect(ledger.page).to_have_url(re.compile(r"step=5.*source=1\b"))
    ledger.page.keyboard.press("ArrowLeft")
    ledger.page.keyboard.press("ArrowDown")
    expect(panel).to_contain_text("read at“good”step 4")
    expect(panel).to_contain_text("put in at“is”step 2")
    ledger.click_cell("makeup", column=3, row=0, columns=6)
    expect(panel).to_contain_text("put in at“not”step 3")
    expect(ledger.page).to_have_url(re.compile(r"step=4.*source=3\b"))
    ledger.hover_cell("map", column=4, row=3)
    tip = ledger.root.locator(".tip")
    expect(tip).to_contain_text("put in at “not”")
    expect(tip).to_contain_text("read at “good”")
    expect(ledger.view("stack").locator(".mark.hovered")).to_be_visible()


def test_typing_updates_in_place_and_what_is_typed_stays_text(ledger: LivePage) -> None:
    canvas = ledger.view("map").locator("canvas")
    canvas.evaluate("node => (node.kept = true)")
    ledger.type_at_end(" It drags")
    expect(ledger.root.locator(".sources span").last).to_have_text("drags")
    assert canvas.evaluate("node => node.kept"), "the same node, not a new one"
    expect(ledger.view("split").locator("rect")).to_have_count(8)
    ledger.fill("<img src=x onerror=alert(1)> film")
    expect(ledger.root.locator("img")).to_have_count(0)
    expect(ledger.root.locator(".sources span").first).to_have_text("<")
    ledger.fill("")
    expect(ledger.root.locator(".editor .problem")).to_contain_text("There are no words here yet")
    expect(ledger.view("map")).to_be_hidden()


def test_without_the_server_all_is_counted_and_sentences_that_no_longer_hold_are_pale(
    ledger: LivePage, app_server: Server
) -> None:
    panel = ledger.root.get_by_label("The chosen part of the memory")
    values, stacked = panel.locator(".values"), ledger.caption("stack")
    before, unit = values.inner_text(), stacked.inner_text()
    with app_server.held_up():
        ledger.leave_the_editor()
        ledger.page.keyboard.press("ArrowRight")
        expect(panel).to_contain_text("read at“.”step 5")
        eventually(values.inner_text, lambda now: now != before)
        expect(ledger.caption("makeup")).to_have_css("opacity", "0.4")
        expect(stacked).to_have_css("opacity", "1")
        panel.get_by_role("button", name="next unit").click()
        expect(ledger.view("stack").locator("xpath=../..")).to_contain_text("Unit 8, stacked")
        expect(stacked).to_have_css("opacity", "0.4")
        ledger.draw(lambda: ledger.editor.fill("A slow film, and never a good one"))
        expect(ledger.root.locator(".sources span").last).to_have_text("one")
        one = ledger.pixels("map")
        ledger.choose("Show", "all")
        ledger.wait_for_other_pixels("map", one)
    expect(ledger.root).to_contain_text("by size and over all units, the memory holds most of")
    expect(ledger.caption("makeup")).to_have_css("opacity", "1")
    assert stacked.inner_text() != unit


def test_a_row_of_attention_follows_time_unit_and_text(ledger: LivePage) -> None:
    row = ledger.root.locator(".attention")
    tokens, caption = row.locator(".weighed span"), ledger.caption("weights")
    expect(tokens).to_have_text(["The", "film", "is", "not", "good", "."])
    expect(caption).to_contain_text("At “good”, the attention weights in unit 7’s cell state sum to ")
    expect(row).to_contain_text("its input gate × every forget gate since")
    expect(row.locator(".unread")).to_have_text(".")
    total = row.locator(".label > strong").inner_text().removeprefix("Σ ")
    assert f"sum to {total}" in caption.inner_text()
    tokens.first.click()
    expect(ledger.page).to_have_url(re.compile(r"source=0\b"))
    expect(tokens.first).to_have_class("source")
    ledger.page.keyboard.press("ArrowRight")
    expect(row.locator(".unread")).to_have_count(0)
    expect(caption).to_contain_text("At “.”, the attention weights")
    assert row.locator(".label > strong").inner_text().removeprefix("Σ ") in caption.inner_text()
    ledger.root.locator(".table summary").click()
    whole = ledger.root.locator(".table tr").last.locator("td")
    expect(ledger.root.locator(".table th[scope=col]").nth(5)).to_have_text("weight at “.”")
    left = ledger.root.locator(".table tr", has_text="initial state").locator("td").nth(4)
    total = row.locator(".label > strong").inner_text().removeprefix("Σ ")
    assert float(whole.nth(4).inner_text()) - float(left.inner_text()) == pytest.approx(float(total), abs=0.006)
    ledger.choose("Show", "all")
    expect(ledger.view("contents")).to_be_hidden()
    expect(caption).to_contain_text("on average over 64 units")


def test_all_units_and_other_networks(ledger: LivePage) -> None:
    before = ledger.pixels("map")
    ledger.choose("Show", "all")
    expect(ledger.root).to_contain_text("by size and over all units, the memory holds most of")
    ledger.wait_for_other_pixels("map", before)
    ledger.root.get_by_role("button", name="RNN", exact=True).click()
    expect(ledger.root.locator(".reason")).to_contain_text("The RNN has no ledger")
    expect(ledger.view("map")).to_be_hidden()
    ledger.root.get_by_role("button", name="GRU", exact=True).click()
    expect(ledger.root).to_contain_text("the parts of a column sum to the recorded memory", ignore_case=True)


def test_it_fits_a_telephone(open_page: Callable[..., Page], app_url: str) -> None:
    page = open_page(viewport={"width": 390, "height": 800})
    LivePage(page, app_url, "memory_ledger").open(f"text={quote(TEXT)}&step=4&unit=7")
    nothing_scrolls_sideways(page)
