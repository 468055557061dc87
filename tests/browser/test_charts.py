"""Charts and tables in a browser: nothing past an edge, numbers as a table, and what a phone shows of them."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from lstm_viz.ui.pages.variants.lab import table
from tests.browser.pages import LOADING, LivePage, eventually, nothing_scrolls_sideways

PHONE: ViewportSize = {"width": 390, "height": 844}

EDGES = "node => { const box = node.getBoundingClientRect(); return [box.left, box.right, box.top, box.bottom]; }"

# What stands in those cells of a table that are not wholly within the window's width.
OUTSIDE = """table => [...table.querySelectorAll("td")].filter((cell) => {
  const { left, right, width } = cell.getBoundingClientRect();
  return !width || left < 0 || right > window.innerWidth; }).map((cell) => cell.textContent)"""


@pytest.mark.parametrize("power", [0, 50, 100])
def test_the_words_of_a_mark_stand_within_the_chart_and_above_the_line(page: Page, app_url: str, power: int) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{app_url}/vanishing_gradient?factor=1.5&power={power}")
    words = page.locator('[data-chart="power"] svg').get_by_text(f"n = {power}", exact=True)
    expect(words).to_be_visible(timeout=LOADING)
    line = page.locator('[data-chart="power"] path')
    # Drawn again once the fonts are there and the window has its width.
    eventually(
        lambda: (*words.evaluate(EDGES), *line.evaluate(EDGES)),
        lambda seen: seen[0] >= 0 and seen[1] <= PHONE["width"] and seen[3] <= seen[6] + 1,
    )


def test_numbers_of_a_chart_are_a_table(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/variant_lab?memory_task=adding&variant=peepholes")
    charts = page.locator(".lv-charts", has=page.locator('[data-chart="against"]'))
    charts.get_by_text("The numbers as a table").click(timeout=LOADING)
    expect(charts.get_by_role("region", name="The numbers as a table")).to_be_visible()
    # The browser tells of the opened table in an event of its own, and only then is it filled.
    expect(charts.locator("tbody tr").first).to_be_visible()
    heads = charts.locator("thead th").all_inner_texts()
    assert heads[:2] == ["updates of the weights", "LSTM"]
    assert "LSTM with peepholes, upper edge" in heads
    cells = charts.locator("tbody tr").first.locator("td").all_inner_texts()
    assert len(cells) == len(heads) - 1
    assert all(float(cell) > 0 for cell in cells)


@pytest.mark.parametrize("path", ["variant_lab?memory_task=adding", "rnn_lstm_gru?task=adding"])
def test_tables_of_results_fit_a_phone(page: Page, app_url: str, path: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{app_url}/{path}")
    records = page.locator("table.records")
    expect(records.locator("tbody tr").first).to_be_visible(timeout=LOADING)
    eventually(lambda: records.evaluate(OUTSIDE), lambda outside: outside == [])
    nothing_scrolls_sideways(page)
    if path.startswith("variant"):
        expect(records.get_by_role("rowheader")).to_have_count(len(table("adding")) - 1)


def test_the_comparison_of_python_follows_what_came(page: Page, app_url: str) -> None:
    live = LivePage(page, app_url, "rnn_lstm_gru").open("task=python&text=import+os&step=0&unit=0")
    expect(page.locator(".lv-cells-compared")).to_contain_text("P(what came)")
    live.hover_cell("answer", column=0, row=0, columns=len("import os"))
    expect(page.locator(".lv-cells-compared > .tip")).to_contain_text("LSTM: nothing yet")
