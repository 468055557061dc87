"""Inside the cell, as a student and a lecturer use it: stepping, reading, checking with a calculator, playing."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from lstm_viz.analysis.equations.symbols import symbols
from lstm_viz.cells import CELLS, NOTATIONS
from lstm_viz.sources import cells_of
from lstm_viz.tasks import load_model
from tests.analysis.equations.test_step_numbers import by_calculator
from tests.browser.pages import LivePage, eventually, nothing_scrolls_sideways

TEXT = "The film is slow, but never dull."
TRAINED = cells_of("sentiment")


class CellPage(LivePage):
    """The page in the words of the tests."""

    def __init__(self, page: Page, url: str):
        super().__init__(page, url, "inside_the_cell")
        self.workspace = page.locator(".cell-workspace")

    def open_at(self, **settings: object) -> "CellPage":
        """Open the page with a text, at a step and a unit."""
        given = {"text": TEXT, "step": 2, "unit": 5} | settings
        self.open("&".join(f"{name}={quote(str(value))}" for name, value in given.items()))
        self.is_at_step(given["step"])
        return self

    def is_at_step(self, step: object) -> None:
        """Wait until a step is drawn."""
        expect(self.root).to_have_attribute("data-step", str(step))

    def press(self, key: str) -> None:
        self.page.locator("body").press(key)

    def choose_cell(self, name: str) -> None:
        """Choose a cell, and wait until it is drawn."""
        self.choose("Cell", name)
        expect(self.page.locator(".diagram svg")).to_have_attribute(
            "aria-label", re.compile(f"^{CELLS[name].title}\\.")
        )

    def results(self) -> list[str]:
        return self.workspace.locator(".in-numbers strong").all_inner_texts()

    def memory(self) -> float:
        """The new cell state, as the drawing shows it."""
        shown = self.page.locator('.number[data-key="cell_state"] b').inner_text()
        return float(shown.replace("−", "-"))

    def unit(self) -> str:
        return self.stepper(1).locator("strong").inner_text().removeprefix("Unit ")

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
    cell.open_at()
    layer = load_model("sentiment").trace(TEXT).layers[0]
    before = cell.results()
    cell.press("ArrowRight")
    cell.is_at_step(3)
    assert cell.results() != before
    assert cell.memory() == pytest.approx(float(layer.cell_state[3, 5]), abs=5e-4)
    expect(cell.page.locator('.link[aria-current="step"]')).to_contain_text("slow")
    expect(cell.page).to_have_url(re.compile("step=3&unit=5"))
    cell.press("ArrowDown")
    expect(cell.page).not_to_have_url(re.compile("unit=5(&|$)"))
    cell.press("ArrowLeft")
    cell.is_at_step(2)
    cell.page.locator(".link").nth(5).click()
    cell.is_at_step(5)


def test_stepping_asks_nothing_of_the_server_until_it_rests(cell: CellPage) -> None:
    cell.open_at()
    cell.count_messages()
    steps = """root => { const before = window.sent;
      return ['ArrowRight', 'ArrowRight', 'ArrowRight'].map(key => {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
        return [root.dataset.step, window.sent - before]; }); }"""
    sent = cell.sent()
    assert cell.root.evaluate(steps) == [["3", 0], ["4", 0], ["5", 0]]
    expect(cell.page).to_have_url(re.compile("step=5"))
    assert cell.sent() == sent + 1


def test_a_calculator_gets_every_digit_on_the_page(cell: CellPage) -> None:
    cell.open_at()
    for name in TRAINED:
        cell.choose_cell(name)
        check_by_calculator(cell)


def check_by_calculator(cell: CellPage) -> None:
    for key in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowDown", "ArrowDown"):
        cell.press(key)
        for line in cell.workspace.locator(".in-numbers").all():
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


def test_a_word_leads_to_a_gate_in_numbers_that_can_be_worked_out(cell: CellPage) -> None:
    cell.open_at(step=3)
    cell.page.get_by_role("button", name="Largest of").nth(1).click()
    panel = cell.page.locator(".from-input")
    expect(panel.get_by_role("button", pressed=True)).to_have_text("Forget gate")
    expect(cell.page).to_have_url(re.compile("weighed=forget_gate"))
    expect(panel.locator(".token .word")).to_have_text("slow")
    sums = [each.replace("−", "-") for each in panel.locator("tfoot strong").all_inner_texts()]
    line = panel.locator(".in-numbers .side").first.inner_text()
    assert [each for each in sums if each.lstrip("-") not in line] == []
    for row in panel.locator("tbody tr:has(td + td)").all():
        product, shown = (each.replace("−", "-") for each in row.locator("td").all_inner_texts())
        found = by_calculator(product.removesuffix("="))
        assert found.quantize(Decimal(shown), rounding=ROUND_HALF_UP) == Decimal(shown)
    answer = cell.page.locator(".overlay .answer")
    expect(answer).to_contain_text(f"{load_model('sentiment').predictions(TEXT)[3, 1]:.3f}")
    cell.press("ArrowRight")
    expect(panel.locator(".token .word")).to_have_text(",")


def test_pointing_at_few_numbers_leaves_their_list(cell: CellPage) -> None:
    cell.open_at(task="counting", text="aabb")
    numbers = cell.page.locator(".from-input .arrives")
    strip, listed = numbers.locator("canvas"), numbers.locator(".counted")
    expect(listed).to_contain_text("[3]")
    before = listed.inner_text()
    strip.hover()
    cell.page.mouse.move(0, 0)
    expect(listed).to_have_text(before)


def test_hovering_lights_the_wire_and_the_symbol_both_ways(cell: CellPage) -> None:
    cell.open_at()
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
    cell.open_at()
    for name in TRAINED:
        cell.choose_cell(name)
        check_labels(cell, name)


def check_labels(cell: CellPage, name: str) -> None:
    plain = {
        notation: {
            re.sub(r"<[^>]+>", "", text) for text in symbols(CELLS[name].in_notation(notation), notation).values()
        }
        for notation in NOTATIONS
    }
    for notation in [*NOTATIONS][::-1]:
        cell.choose("Symbols", notation)
        expect(cell.page).to_have_url(
            re.compile(f"notation={notation}") if notation != "pytorch" else re.compile("step")
        )
        labels = cell.workspace.locator(".in-symbols .symbol, .overlay .sign, .overlay .port").all_text_contents()
        assert labels
        assert {text for text in labels if text not in plain[notation]} == set()
        grouped = cell.page.locator(".group:visible text").all_text_contents()
        wanted = ["Forget", "Learn", "Remember", "Use"] if (name, notation) == ("lstm", "udacity") else []
        assert grouped == wanted


STAGE = """root => {
  const stage = root.querySelector('.stage[aria-pressed=true]');
  return stage && [stage.textContent, root.classList.contains('playing'), root.querySelectorAll('.future').length]; }"""


def test_the_last_frame_of_a_played_step_is_the_drawing_as_it_stands(
    open_page: Callable[..., Page], app_url: str
) -> None:
    last = len(load_model("sentiment").trace(TEXT)) - 1
    cell = CellPage(open_page(alone=True), app_url).open_at(step=last, speed=4)
    cell.stop_the_clock()
    still, story = cell.picture(), cell.story()
    recorded = cell.record(STAGE)
    cell.press(" ")
    titles = cell.page.locator(".stage").all_inner_texts()
    cell.let_pass(lambda: len(recorded.json_value()) > len(titles) + 1)
    nothing, *stages, end = recorded.json_value()
    assert nothing is end is None
    assert [title for title, _, _ in stages] == titles
    assert all(playing for _, playing, _ in stages)
    faint = [future for _, _, future in stages]
    assert faint == sorted(faint, reverse=True)
    assert faint[0] > faint[-1] == 0
    expect(cell.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(cell.root).not_to_have_class(re.compile("playing"))
    assert cell.picture() == still
    assert cell.story() == story


def test_playing_goes_on_to_the_next_step_and_pauses(open_page: Callable[..., Page], app_url: str) -> None:
    cell = CellPage(open_page(alone=True), app_url).open_at(speed=4)
    cell.stop_the_clock()
    cell.press(" ")
    cell.let_pass(lambda: cell.root.get_attribute("data-step") == "3")
    expect(cell.page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    cell.press(" ")
    expect(cell.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    cell.let_pass_in_silence(60_000)
    cell.is_at_step(3)


def test_without_motion_whole_steps_are_played(open_page: Callable[..., Page], app_url: str) -> None:
    cell = CellPage(open_page(reduced_motion="reduce"), app_url).open_at(speed=4)
    cell.stop_the_clock()
    seen = cell.record("root => [root.dataset.step, root.classList.contains('playing')]")
    cell.press(" ")
    cell.let_pass(lambda: cell.root.get_attribute("data-step") == "4")
    assert seen.json_value() == [["2", False], ["3", False], ["4", False]]
    # Streamlit itself may turn a wheel in a corner.
    assert cell.root.evaluate("root => root.getAnimations({ subtree: true }).length") == 0


def test_a_screen_reader_gets_the_steps_story(cell: CellPage) -> None:
    cell.open_at()
    said = cell.page.locator(".diagram svg").get_attribute("aria-label") or ""
    assert said.startswith("LSTM. Step 2, “is”, unit 5")
    for sentence in re.split(r"(?<=\.)\s+(?=[A-Z])", cell.story()):
        assert sentence in said
    assert set(re.findall(r"−?\d\.\d+", said)) >= set(cell.results()), "every result is told"
    cell.page.get_by_role("button", name="Forget", exact=True).click()
    assert cell.story() in said
    expect(cell.page.locator(".lv-said")).to_have_text(cell.story())
    check_lights(cell, "Forget", lines=["forget_gate", "cell_state"])
    cell.press("s")
    check_lights(cell, "Learn", lines=["input_gate", "candidate", "cell_state"])
    expect(cell.page).to_have_url(re.compile("stage=learn"))
    cell.page.get_by_role("link", name="This unit over all steps").click()
    expect(cell.page).to_have_url(re.compile(r"/\?.*step=2&unit=5"))
    cell.page.get_by_role("link", name="This step, this unit, inside the cell").click()
    check_lights(cell, "Learn", lines=["input_gate", "candidate", "cell_state"])
    cell.press("Shift+S")
    check_lights(cell, "Forget", lines=["forget_gate", "cell_state"])


def check_lights(cell: CellPage, title: str, *, lines: list[str]) -> None:
    """One stage is chosen; the numbers of its sentence are lit where they stand, and other equations are dim."""
    expect(cell.page.locator('.stage[aria-pressed="true"]')).to_have_text(title)
    seen = "nodes => nodes.filter(node => getComputedStyle(node).opacity === '1').map(node => node.dataset.line)"
    eventually(lambda: cell.workspace.locator(".equations .line").evaluate_all(seen), lambda lit: lit == lines)
    # Within a sum, a number's sign stands apart from it.
    told = re.findall(r"\d\.\d+", cell.story())
    shown = " ".join(cell.page.locator(".line.now .cited").all_inner_texts())
    assert set(told) <= set(re.findall(r"\d\.\d+", shown))
    marked = cell.page.locator(".overlay .number.cited").all_inner_texts()
    assert len(marked) == len(told)


# Those of the parts that matter of which something is out of sight.
OUTSIDE = """root => ['.story', '.equations', '.diagram'].filter(name => {
  const part = root.querySelector(name);
  const { top, bottom } = part.getBoundingClientRect();
  return top < 0 || bottom > window.innerHeight || bottom === top || part.scrollWidth > part.clientWidth; })"""


def test_on_a_projector_one_step_needs_no_scrolling(open_page: Callable[..., Page], app_url: str) -> None:
    cell = CellPage(open_page(viewport={"width": 1024, "height": 768}), app_url).open_at()
    for name, notation in product(TRAINED, NOTATIONS):
        cell.choose_cell(name)
        cell.choose("Symbols", notation)
        eventually(lambda: cell.root.evaluate(OUTSIDE), lambda outside: outside == [])


def test_typing_changes_the_numbers_and_stays_text(cell: CellPage) -> None:
    cell.open_at()
    before = cell.results()
    cell.fill("<img src=x onerror=alert(1)> so good")
    expect(cell.page.locator(".link").last).to_contain_text("good")
    assert cell.page.locator(".lv-inside img").count() == 0
    assert cell.results() != before
    cell.editor.fill(" ")
    expect(cell.page.locator(".problem")).to_be_visible()
    expect(cell.page.locator(".diagram")).to_be_hidden()
    cell.editor.fill("Never dull")
    expect(cell.page.locator(".diagram")).to_be_visible()
    cell.press("Escape")
    expect(cell.editor).to_be_focused()


def test_a_term_that_pushes_a_gate_leads_to_its_unit(cell: CellPage) -> None:
    cell.open_at(step=6)
    term = cell.page.locator("button.push:not(.of-input)").first
    for _ in range(64):
        if term.count():
            break
        cell.press("ArrowDown")
    # When the server has answered, the terms are written anew.
    expect(cell.page).to_have_url(re.compile(rf"unit={cell.unit()}(&|$)"))
    unit = re.search(r"\[(\d+)\]", term.inner_text())
    assert unit is not None
    term.click()
    expect(cell.stepper(1)).to_contain_text(f"Unit {unit[1]}")
    expect(cell.page).to_have_url(re.compile(f"unit={unit[1]}(&|$)"))


def test_a_long_text_is_stepped_through_from_end_to_end(cell: CellPage) -> None:
    words = 400
    cell.open_at(text="warm " * words, step=248)
    for step in range(249, 253):
        cell.press("ArrowRight")
        cell.is_at_step(step)
    expect(cell.page).to_have_url(re.compile("step=252"))
    expect(cell.root).not_to_have_class(re.compile("waiting"))
    layer = load_model("sentiment").trace("warm " * words).layers[0]
    assert cell.memory() == pytest.approx(float(layer.cell_state[252, 5]), abs=5e-4)


def test_from_the_word_to_a_gate_has_room_on_a_small_laptop(open_page: Callable[..., Page], app_url: str) -> None:
    cell = CellPage(open_page(viewport={"width": 1024, "height": 2200}), app_url).open_at()
    stations = cell.root.locator(".from-input > ol > li")
    expect(stations.last.locator(".line")).to_be_visible()
    nothing_scrolls_sideways(cell.page)
    assert stations.evaluate_all("all => all.every((each) => each.scrollWidth <= each.clientWidth)")
