"""Variants, drawn and followed: nothing lies on anything else, every digit is right, and the lab leads there."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from lstm_viz.cells import CELLS, NOTATIONS, VARIANTS
from tests.browser.pages import LOADING, eventually
from tests.browser.test_inside_the_cell import CellPage, check_by_calculator

# Strips, numbers, signs, names, boxes and titles that lie on one another, and equations wider than their column.
CLASHES = """area => {
  const nodes = [];
  const add = (kind, key, node) => nodes.push({ kind, key, box: node.getBoundingClientRect() });
  const written = area.querySelectorAll('.overlay > *, .overlay .sign');
  for (const node of written) add(node.classList[0], node.dataset.key, node);
  for (const node of area.querySelectorAll('.sheet .part')) add('part', node.dataset.key, node.querySelector('rect'));
  for (const node of area.querySelectorAll('.grouped .group text')) add('title', node.textContent, node);
  const found = [];
  nodes.forEach((a, k) => nodes.slice(k + 1).forEach((b) => {
    const own = a.key === b.key || !a.key || !b.key; // a number and its own sign and strip
    const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
    const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
    if (!own && width > 2 && height > 3) found.push(`${a.kind} ${a.key} on ${b.kind} ${b.key}`);
  }));
  const wide = [...area.querySelectorAll('.equations li')].filter((line) => line.scrollWidth > line.clientWidth + 1);
  return { drawn: nodes.length, found: [...found, ...wide.map((line) => `wide: ${line.dataset.line}`)] };
}"""

# Names of boxes that lie on one another.
NAMES = """area => {
  const names = [...area.querySelectorAll('.sheet text.name:not(.stage-name)')];
  const boxes = names.map((node) => [node.textContent, node.getBoundingClientRect()]);
  return boxes.flatMap(([a, one], k) => boxes.slice(k + 1).filter(([, two]) =>
    Math.min(one.right, two.right) - Math.max(one.left, two.left) > 1
    && Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > 1).map(([b]) => `${a} on ${b}`)); }"""


@pytest.fixture
def cell(page: Page, app_url: str) -> CellPage:
    return CellPage(page, app_url)


def open_variant(cell: CellPage, name: str) -> None:
    cell.open_at(task="counting", cell=name, text="aaaabbbb", step=2, unit=3)
    label = re.compile(f"^{re.escape(CELLS[name].title)}\\.")
    expect(cell.page.locator(".diagram svg")).to_have_attribute("aria-label", label)


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_reads_well_in_every_notation(cell: CellPage, name: str) -> None:
    open_variant(cell, name)
    check_by_calculator(cell)
    for width in (1440, 1024):
        cell.page.set_viewport_size({"width": width, "height": 768})
        for notation, title in NOTATIONS.items():
            cell.choose("Symbols", notation)
            expect(cell.page.locator(".reference th.chosen")).to_have_text(title)
            clashes = eventually(lambda: cell.workspace.evaluate(CLASHES), lambda seen: not seen["found"])
            assert clashes["drawn"] > 20
        assert cell.workspace.evaluate(NAMES) == []
        expect(cell.workspace.locator(".rest")).to_be_hidden()
    # At a projector's size one step needs no scrolling.
    bottom = "story => story.getBoundingClientRect().bottom"
    eventually(lambda: cell.workspace.locator(".story").evaluate(bottom), lambda seen: seen <= 768)
    cell.page.set_viewport_size({"width": 390, "height": 844})
    expect(cell.workspace.locator(".rest")).to_be_visible()
    assert cell.workspace.evaluate(NAMES) == []


@pytest.mark.parametrize(
    ("name", "line", "leaf", "lit"),
    [
        ("full_gate_recurrence", "output_gate", "forget_gate-", "forget_gate-"),
        ("use_layer", "use_layer", "forget_gate * cell_state-", "forget_gate * cell_state-"),
        ("peepholes", "forget_gate", "cell_state-", "cell_state-"),
    ],
)
def test_a_further_weight_lights_the_line_that_it_weighs(
    cell: CellPage, name: str, line: str, leaf: str, lit: str
) -> None:
    open_variant(cell, name)
    cell.page.locator(f'[data-line="{line}"] .in-symbols [data-key="{leaf}"]').first.hover()
    wires = cell.page.locator(f'.wire.lit[data-key="{lit}"]')
    expect(wires.first).to_be_attached()
    expect(cell.page.locator(f'.number.lit[data-key="{lit}"]')).to_have_count(1)


def test_the_largest_terms_of_a_further_matrix_lead_to_their_units(cell: CellPage) -> None:
    open_variant(cell, "use_layer")
    push = cell.page.locator('[data-line="use_layer"] button.push').first
    unit = re.search(r"\[(\d+)\]", push.inner_text())
    assert unit is not None
    push.click()
    expect(cell.page.locator(".controls")).to_contain_text(f"Unit {unit[1]}")


def test_the_lab_leads_to_the_variant_on_every_page(page: Page, app_url: str, every_page: bool) -> None:
    title = VARIANTS["use_layer"].title
    page.goto(f"{app_url}/variant_lab?{urlencode({'memory_task': 'adding', 'variant': 'use_layer'})}")
    links = page.get_by_role("paragraph").filter(has_text="Look at its trained network").get_by_role("link")
    expect(links).to_have_count(6, timeout=LOADING)
    places = {link.inner_text(): link.evaluate("link => link.href") for link in links.all()}
    for name, address in [*places.items()][:: 1 if every_page else 2]:
        page.goto(address)
        expect(page.get_by_role("heading", name=re.compile(f"^{re.escape(name)}(:|$)"))).to_be_visible(timeout=LOADING)
        drawn = page.locator(".lv-page" if name != "Vanishing gradient" else ".lv-charts:has([data-chart=distance])")
        expect(drawn).to_contain_text(title, timeout=LOADING)
        expect(page).to_have_url(re.compile("cell=use_layer"))
