"""Inside the cell, as a student and a lecturer use it: stepping, reading, checking with a calculator, playing."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from lstm_viz.cells import CELLS, NOTATIONS
from lstm_viz.tasks import load_model
from lstm_viz.ui.cell_page import symbols
from lstm_viz.ui.chosen import cells_of
from tests.analysis.test_step_numbers import by_calculator
from tests.driving import ROOT, serve

TEXT = "The film is slow, but never dull."
TRAINED = cells_of("sentiment")


class CellPage:
    """The page in the words of the tests."""

    def __init__(self, page: Page, url: str):
        self.page, self.url = page, url
        self.root = page.locator(".lv-inside")
        self.workspace = page.locator(".cell-workspace")

    def open(self, **query: object) -> "CellPage":
        given = {"text": TEXT, "step": 2, "unit": 5} | query
        self.page.goto(f"{self.url}/inside_the_cell?" + "&".join(f"{k}={quote(str(v))}" for k, v in given.items()))
        expect(self.root).to_have_attribute("data-step", str(given["step"]), timeout=30_000)
        return self

    def press(self, key: str) -> None:
        self.page.locator("body").press(key)

    def choose(self, name: str) -> None:
        """Choose a cell, and wait until it is drawn."""
        self.page.locator("label.choice", has_text="Cell").locator("select").select_option(name)
        expect(self.page.locator(".diagram svg")).to_have_attribute(
            "aria-label", re.compile(f"^{CELLS[name].title}\\.")
        )

    def results(self) -> list[str]:
        return self.page.locator(".in-numbers strong").all_inner_texts()

    def story(self) -> str:
        return self.page.locator(".story").inner_text()

    def picture(self) -> str:
        """Everything drawn, lines, labels and pixels, and which of it is faint or marked."""
        drawn = "area => area.innerHTML + [...area.querySelectorAll('canvas')].map(c => c.toDataURL()).join()"
        return str(self.workspace.evaluate(drawn))


@pytest.fixture
def cell(page: Page, app_url: str) -> CellPage:
    return CellPage(page, app_url)


def test_keys_step_and_change_the_unit_and_the_address_follows(cell: CellPage) -> None:
    cell.open()
    layer = load_model("sentiment").trace(TEXT).layers[0]
    before = cell.results()
    cell.press("ArrowRight")
    expect(cell.root).to_have_attribute("data-step", "3")
    assert cell.results() != before
    shown = float(cell.page.locator('.number[data-key="cell_state"] b').inner_text().replace("−", "-"))
    assert shown == pytest.approx(float(layer.cell_state[3, 5]), abs=5e-4)
    expect(cell.page.locator('.link[aria-current="step"]')).to_contain_text("slow")
    expect(cell.page).to_have_url(re.compile("step=3&unit=5"))
    cell.press("ArrowDown")
    expect(cell.page).not_to_have_url(re.compile("unit=5(&|$)"))
    cell.press("ArrowLeft")
    expect(cell.root).to_have_attribute("data-step", "2")
    cell.page.locator(".link").nth(5).click()
    expect(cell.root).to_have_attribute("data-step", "5")


def test_stepping_asks_nothing_of_the_server_until_it_rests(cell: CellPage) -> None:
    sent: list[int] = []
    cell.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(len(frame))))
    cell.open()
    expect(cell.page).to_have_url(re.compile("step=2"))
    started = len(sent)
    steps = """async root => { const seen = [];
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
        seen.push(root.dataset.step); }
      return seen; }"""
    assert cell.root.evaluate(steps) == ["3", "4", "5"]
    assert len(sent) == started
    expect(cell.page).to_have_url(re.compile("step=5"))
    assert len(sent) > started


def test_a_calculator_gets_every_digit_on_the_page(cell: CellPage) -> None:
    cell.open()
    for name in TRAINED:
        cell.choose(name)
        check_by_calculator(cell)


def check_by_calculator(cell: CellPage) -> None:
    for key in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowDown", "ArrowDown"):
        cell.press(key)
        for line in cell.page.locator(".in-numbers").all():
            *sides, result = [text.strip() for text in line.locator(".side").all_inner_texts()]
            assert result.startswith("= ")
            wanted = Decimal(result[2:].replace("−", "-"))
            found = by_calculator(sides[-1].removeprefix("= "))
            assert found.quantize(wanted, rounding=ROUND_HALF_UP) == wanted, line.inner_text()
            if len(sides) == 2 and "(" in sides[1] and ") · " not in sides[1]:
                inner = [re.sub(r"^= \w+\(|\)$", "", side) for side in sides]
                if re.fullmatch(r"−?[\d.]+", inner[1]):
                    number = Decimal(inner[1].replace("−", "-"))
                    assert by_calculator(inner[0]).quantize(number, rounding=ROUND_HALF_UP) == number


def test_hovering_lights_the_wire_and_the_symbol_both_ways(cell: CellPage) -> None:
    cell.open()
    lit = cell.page.locator(".lit")
    cell.page.locator('.in-symbols [data-key="forget_gate"]').first.hover()
    wire = cell.page.locator('.wire[data-key="forget_gate"]')
    expect(wire).to_have_class(re.compile(r"\blit\b"))
    assert set(lit.evaluate_all("nodes => nodes.map(node => node.dataset.key)")) == {"forget_gate"}
    cell.page.locator('.part[data-key="output_gate"]').hover()
    expect(wire).not_to_have_class(re.compile(r"\blit\b"))
    expect(cell.page.locator('.in-symbols .lit[data-key="output_gate"]')).to_have_count(2)
    cell.page.locator('.in-numbers [data-key="into candidate"]').first.hover()
    expect(cell.page.locator('.wire.lit[data-key="into candidate"]')).to_have_count(1)
    cell.page.locator('.equations li[data-line="cell_state"]').focus()
    expect(cell.page.locator('.part.lit[data-key="cell_state"]')).to_have_count(1)


def test_the_notation_changes_every_label(cell: CellPage) -> None:
    cell.open()
    for name in TRAINED:
        cell.choose(name)
        check_labels(cell, name)


def check_labels(cell: CellPage, name: str) -> None:
    plain = {
        notation: {re.sub(r"<[^>]+>", "", text) for text in symbols(CELLS[name], notation).values()}
        for notation in NOTATIONS
    }
    for notation in [*NOTATIONS][::-1]:
        cell.page.get_by_label("Symbols").select_option(notation)
        expect(cell.page).to_have_url(
            re.compile(f"notation={notation}") if notation != "pytorch" else re.compile("step")
        )
        labels = cell.page.locator(".in-symbols .symbol, .overlay .sign, .overlay .port").all_text_contents()
        assert labels
        assert {text for text in labels if text not in plain[notation]} == set()
        grouped = cell.page.locator(".group:visible text").all_text_contents()
        wanted = ["Forget", "Learn", "Remember", "Use"] if (name, notation) == ("lstm", "udacity") else []
        assert grouped == wanted


def test_the_last_frame_of_a_played_step_is_the_drawing_as_it_stands(cell: CellPage) -> None:
    last = len(load_model("sentiment").trace(TEXT)) - 1
    cell.open(step=last, speed=4)
    still, story = cell.picture(), cell.story()
    seen = cell.root.evaluate_handle(
        """root => { const seen = []; new MutationObserver(() => {
             const now = root.querySelector('.stage[aria-pressed=true]');
             if (now && seen.at(-1) !== now.textContent) seen.push(now.textContent); })
             .observe(root, { subtree: true, attributes: true, attributeFilter: ['aria-pressed'] }); return seen; }"""
    )
    cell.press(" ")
    expect(cell.root).to_have_class(re.compile("playing"))
    assert cell.page.locator(".future").count() > 0
    expect(cell.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(cell.root).not_to_have_class(re.compile("playing"))
    assert seen.json_value() == cell.page.locator(".stage").all_inner_texts()
    assert cell.picture() == still
    assert cell.story() == story


def test_playing_goes_on_to_the_next_step_and_pauses(cell: CellPage) -> None:
    cell.open(speed=4)
    cell.press(" ")
    expect(cell.root).to_have_attribute("data-step", "3")
    cell.press(" ")
    step = cell.root.get_attribute("data-step")
    expect(cell.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert cell.root.get_attribute("data-step") == step


def test_without_motion_whole_steps_are_played(open_page: Callable[..., Page], app_url: str) -> None:
    cell = CellPage(open_page(reduced_motion="reduce"), app_url).open(speed=4)
    cell.root.evaluate(
        """root => { window.moved = 0;
             new MutationObserver(() => { window.moved += root.classList.contains('playing'); })
             .observe(root, { attributes: true, attributeFilter: ['class'] }); }"""
    )
    cell.press(" ")
    expect(cell.root).to_have_attribute("data-step", "4")
    assert cell.page.evaluate("window.moved") == 0
    assert cell.page.evaluate("document.getAnimations().length") == 0


def test_a_screen_reader_gets_the_steps_story(cell: CellPage) -> None:
    cell.open()
    said = cell.page.locator(".diagram svg").get_attribute("aria-label") or ""
    assert said.startswith("LSTM. Step 2, “is”, unit 5")
    assert cell.page.locator(".story").get_attribute("aria-live") == "polite"
    for sentence in re.split(r"(?<=\.)\s+(?=[A-Z])", cell.story()):
        assert sentence in said
    assert set(re.findall(r"−?\d\.\d+", said)) >= set(cell.results()), "every result is told"
    cell.page.get_by_role("button", name="Forget").click()
    assert cell.story() in said
    expect(cell.page.locator(".looking")).to_have_count(1)


def test_on_a_projector_one_step_needs_no_scrolling(open_page: Callable[..., Page], app_url: str) -> None:
    cell = CellPage(open_page(viewport={"width": 1024, "height": 768}), app_url).open()
    for name, notation in product(TRAINED, NOTATIONS):
        cell.choose(name)
        cell.page.get_by_label("Symbols").select_option(notation)
        for part in (cell.page.locator(".story"), cell.page.locator(".equations"), cell.page.locator(".diagram")):
            box = part.bounding_box()
            assert box is not None
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= 768
        assert cell.page.locator(".diagram").evaluate("node => node.scrollWidth <= node.clientWidth")


def test_typing_changes_the_numbers_and_stays_text(cell: CellPage) -> None:
    cell.open()
    before = cell.results()
    editor = cell.page.locator("textarea.lv-editor")
    editor.fill("<img src=x onerror=alert(1)> so good")
    expect(cell.page.locator(".link").last).to_contain_text("good")
    assert cell.page.locator(".lv-inside img").count() == 0
    assert cell.results() != before
    editor.fill(" ")
    expect(cell.page.locator(".problem")).to_be_visible()
    expect(cell.page.locator(".diagram")).to_be_hidden()
    editor.fill("Never dull")
    expect(cell.page.locator(".diagram")).to_be_visible()
    cell.press("Escape")
    expect(editor).to_be_focused()


def test_a_term_that_pushes_a_gate_leads_to_its_unit(cell: CellPage) -> None:
    cell.open(step=6)
    term = cell.page.locator("button.push").first
    for _ in range(64):
        if term.count():
            break
        cell.press("ArrowDown")
    unit = re.search(r"\[(\d+)\]", term.inner_text())
    assert unit is not None
    term.click()
    expect(cell.page.locator(".stepper").nth(1)).to_contain_text(f"Unit {unit[1]}")
    expect(cell.page).to_have_url(re.compile(f"unit={unit[1]}(&|$)"))


def test_a_long_text_is_stepped_through_from_end_to_end(cell: CellPage) -> None:
    words = 400
    cell.open(text="warm " * words, step=248)
    for step in range(249, 253):
        cell.press("ArrowRight")
        expect(cell.root).to_have_attribute("data-step", str(step))
    expect(cell.page).to_have_url(re.compile("step=252"))
    expect(cell.root).not_to_have_class(re.compile("waiting"))
    layer = load_model("sentiment").trace("warm " * words).layers[0]
    shown = float(cell.page.locator('.number[data-key="cell_state"] b').inner_text().replace("−", "-"))
    assert shown == pytest.approx(float(layer.cell_state[252, 5]), abs=5e-4)


def test_a_link_opens_this_page_on_a_server_that_has_just_started(open_page: Callable[..., Page]) -> None:
    with serve(ROOT / "app.py") as server:
        cell = CellPage(open_page(), server.url).open(step=3, unit=9)
        expect(cell.page.locator(".stepper").nth(1)).to_contain_text("Unit 9")
        cell.page.goto("about:blank")
