"""The pages of charts in a browser: they update in place, answer to pointer and keys, and keep all in the address."""

import re

import pytest
from playwright.sync_api import Page, expect

from lstm_viz.claims import CLAIMS
from lstm_viz.ui.pages.variants.lab import table
from tests.browser.pages import LOADING, LivePage, at_rest, eventually


def line_of(page: Page, chart: str, series: int = 0) -> str:
    return str(page.locator(f'[data-chart="{chart}"] path[data-series="{chart}.{series}"]').get_attribute("d"))


def test_gradients_update_in_place_and_answer_to_pointer_and_keys(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/vanishing_gradient?length=60&seed=2")
    chart = page.locator('[data-chart="distance"]')
    expect(chart.locator("path")).to_have_count(5, timeout=LOADING)
    expect(page.locator('[data-chart="clipping"] path').first).to_be_attached(timeout=LOADING)
    at_rest(page)
    chart.evaluate("node => { node.stays = true }")
    line = chart.locator('path[data-series="distance.3"]')
    before = line.get_attribute("d") or ""
    page.get_by_test_id("stButtonGroup").get_by_text("sigmoid", exact=True).click()
    expect(chart).to_contain_text("RNN (sigmoid)")
    expect(line).not_to_have_attribute("d", before)
    assert chart.evaluate("node => node.stays === true")
    expect(page).to_have_url(re.compile("nonlinearity=sigmoid"))
    # With all charts drawn, nothing moves away from under the pointer.
    at_rest(page)
    picture = chart.locator("svg[role=slider]")
    picture.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(chart.locator(".tip")).to_contain_text("steps before the end, n: 1")
    # Two charts share one time axis, so what is pointed at in one is marked in the other.
    page.locator('[data-chart="forget"] svg[role=slider]').hover()
    expect(page.locator('[data-chart="paths"] .tip')).to_be_visible()
    page.reload()
    expect(chart).to_contain_text("RNN (sigmoid)", timeout=LOADING)
    expect(page.get_by_text("0.25¹⁰ = 9.5×10⁻⁷")).to_be_visible()


def test_trained_networks_that_cannot_read_the_text_say_so(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/vanishing_gradient?networks=trained&text=")
    expect(page.get_by_text("There are no words here yet")).to_be_visible(timeout=LOADING)


@pytest.fixture
def compare(page: Page, app_url: str) -> LivePage:
    return LivePage(page, app_url, "rnn_lstm_gru", "text=The+film+is+good.&step=1&unit=5").open()


def test_three_cells_read_every_key(compare: LivePage) -> None:
    page = compare.page
    said = compare.caption("answer")
    before, pixels = said.inner_text(), [compare.pixels(cell) for cell in ("lstm", "gru", "rnn")]
    compare.fill("The film is <b>not</b> good.")
    expect(said).not_to_have_text(before)
    assert all(compare.pixels(cell) != old for cell, old in zip(("lstm", "gru", "rnn"), pixels, strict=True))
    assert "<" in compare.view("tokens").inner_text()
    assert page.locator(".lv-page b").count() == 0
    compare.fill("")
    expect(page.locator(".lv-cells-compared .editor .problem")).to_contain_text("There are no words here yet")
    compare.fill("The film is not good.")
    expect(page).to_have_url(re.compile(r"text=The\+film\+is\+not\+good"))
    page.keyboard.press("Tab")
    expect(page.locator(".scores thead th")).to_have_count(4)
    compare.view("rnn").hover()
    expect(page.locator(".lv-cells-compared > .tip")).to_contain_text("RNN, unit")


def test_a_longer_sequence_is_run_through_all(compare: LivePage) -> None:
    page = compare.page
    chart = page.locator('[data-chart="over_time"]')
    # All of its lines are there, so that none that is still to come is taken for a change.
    expect(chart.locator("path[data-series]")).to_have_count(4, timeout=LOADING)
    before = line_of(page, "over_time", 1)
    page.get_by_role("slider", name="Time steps").press("PageUp")
    page.get_by_role("slider", name="Time steps").press("ArrowRight")
    expect(page).to_have_url(re.compile("length="))
    eventually(lambda: line_of(page, "over_time", 1), lambda now: now != before)


def test_a_variant_is_compared_and_inspected(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/variant_lab?memory_task=counting&variant=peepholes")
    expect(page.locator('[data-chart="against"]')).to_contain_text("LSTM with peepholes", timeout=LOADING)
    rows = page.locator("table tbody tr")
    expect(rows).to_have_count(len(table("counting")) - 1)
    expect(rows.filter(has_text="LSTM with peepholes")).to_contain_text("of 5")
    address = page.get_by_role("link", name="Gates over time").last.get_attribute("href")
    assert address
    page.goto(f"{app_url}/{address.removeprefix('./')}")
    expect(page.locator(".lv-page")).to_have_attribute("data-painted", "0", timeout=LOADING)
    expect(page.locator(".lv-page")).to_contain_text("LSTM with peepholes")


def test_every_claim_is_checked_has_an_address_and_opens_what_shows_it_in_the_same_tab(
    page: Page, app_url: str
) -> None:
    page.goto(f"{app_url}/notes_checked?claim=passes_unchanged")
    first = page.locator(".overview a").first.element_handle(timeout=LOADING)
    expect(page.get_by_text(f"Of {len(CLAIMS)} claims")).to_be_visible(timeout=LOADING)
    expect(page.locator(".line-chart svg[role=slider]")).to_have_count(len(CLAIMS))
    # Whoever stands on a link while the others are checked stays there.
    assert first.evaluate("link => link.isConnected")
    expect(page.locator('.card[data-claim="passes_unchanged"] .verdict')).to_be_in_viewport()
    expect(page.locator('.card[data-claim="unrolled"] .verdict')).not_to_be_in_viewport()
    page.locator(".overview a").filter(has_text="exploding").click()
    expect(page.locator('.card[data-claim="explodes"] .verdict')).to_be_in_viewport()
    expect(page).to_have_url(re.compile("claim=explodes"))
    page.locator('.card[data-claim="explodes"]').get_by_role("button", name="Back to the list").click()
    expect(page.locator('.overview [data-name="explodes"]')).to_be_focused()
    expect(page.locator(".overview h3").first).to_be_in_viewport()
    tabs = len(page.context.pages)
    page.locator('.card[data-claim="passes_unchanged"]').get_by_role("link", name=re.compile("^Try it: ")).click()
    expect(page.locator(".lv-page")).to_contain_text("Release all", timeout=LOADING)
    assert len(page.context.pages) == tabs
    page.go_back()
    expect(page.locator('.card[data-claim="passes_unchanged"] .verdict')).to_be_in_viewport(timeout=LOADING)
