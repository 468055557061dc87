"""Charts and tables in a browser: nothing past an edge, numbers as a table, and what a phone shows of them."""

import pytest
from lstm_viz.ui.pages.variants.view import table
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.pages import LivePage, nothing_scrolls_sideways

PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.mark.parametrize("power", [0, 50, 100])
def test_the_words_of_a_mark_stand_within_the_chart_and_above_the_line(page: Page, app_url: str, power: int) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{app_url}/vanishing_gradient?factor=1.5&power={power}")
    words = page.locator('[data-chart="power"] svg').get_by_text(f"n = {power}", exact=True)
    expect(words).to_be_visible(timeout=30_000)
    label, line = words.bounding_box(), page.locator('[data-chart="power"] path').bounding_box()
    assert label
    assert line
    assert label["x"] >= 0
    assert label["x"] + label["width"] <= PHONE["width"]
    assert label["y"] + label["height"] <= line["y"] + 1


def test_numbers_of_a_chart_are_a_table(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/variant_lab?memory_task=adding&variant=peepholes")
    charts = page.locator(".lv-charts", has=page.locator('[data-chart="against"]'))
    charts.get_by_text("The numbers as a table").click(timeout=30_000)
    expect(charts.get_by_role("region", name="The numbers as a table")).to_be_visible()
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
    expect(records.locator("tbody tr").first).to_be_visible(timeout=30_000)
    for cell in records.locator("td").all():
        box = cell.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    nothing_scrolls_sideways(page)
    if path.startswith("variant"):
        expect(records.get_by_role("rowheader")).to_have_count(len(table("adding")) - 1)


def test_the_comparison_of_python_follows_what_came(page: Page, app_url: str) -> None:
    live = LivePage(page, app_url, "rnn_lstm_gru").open("task=python&text=import+os&step=0&unit=0")
    expect(page.locator(".lv-cells-compared")).to_contain_text("P(what came)")
    live.hover_cell("answer", column=0, row=0, columns=len("import os"))
    expect(page.locator(".lv-cells-compared > .tip")).to_contain_text("LSTM: nothing yet")
