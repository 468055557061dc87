"""Inside the cell: the numbers that the browser makes are those that Python makes."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
from torch import nn

from lstm_viz.analysis.equations.decimals import right_as_shown
from lstm_viz.analysis.equations.links import sources
from lstm_viz.analysis.equations.senses import in_sense
from lstm_viz.analysis.equations.stages import equations_of
from lstm_viz.cells import CELLS, ELSEWHERE, SUCCESSORS, VARIANTS
from lstm_viz.live_page.colours import cell_colours
from lstm_viz.sources import Source, cells_of, shipped, shown_tasks
from lstm_viz.ui.pages.inside.sheet import cell_sheet
from lstm_viz.ui.pages.inside.view import inside_numbers, window
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views import envelope
from lstm_viz.ui.views.envelope import Parts
from lstm_viz.ui.views.view import View
from tests.made_sources import made_source
from tests.ui.messages import received
from tests.web.in_page import InPage, assert_same_numbers

TEXT = "The film is slow, but never dull."
LAST = 99_999
SHIPPED = [(task, cell) for task in shown_tasks() for cell in cells_of(task)]
DEEP: dict[str, Any] = {"num_layers": 2, "bidirectional": True}
MADE: dict[str, Source] = {
    "lstm": made_source(nn.LSTM, **DEEP),
    "gru": made_source(nn.GRU, **DEEP),
    "rnn": made_source(nn.RNN, **DEEP),
    "no bias": made_source(nn.LSTM, bias=False, **DEEP),
    "gru without bias": made_source(nn.GRU, bias=False),
    "one direction": made_source(nn.LSTM, num_layers=2),
    "numbers": made_source(nn.LSTM, task="temperature", **DEEP),
    **{
        name: made_source(name, seed=k)
        for k, name in enumerate(["rnn_relu", "rnn_sigmoid", *VARIANTS, *SUCCESSORS, *ELSEWHERE])
    },
}
PLACES = [(name, place.index, place.direction) for name, source in MADE.items() for place in source.places]


def check(in_page: InPage, source: Source, settings: Settings) -> None:
    """Hold the two against each other at the chosen step, for all units."""
    view = View(source, settings)
    counted, sent = inside_numbers(view)
    python = of_one_step(({**counted}, sent), view)
    header, arrays = in_page.numbers(source, "inside", settings)
    digits = {name for name in arrays if name.startswith("digits ")}
    assert digits == {name for name in python[1] if name.startswith("digits ")}
    assert_same_numbers(
        (python[0], {name: array for name, array in python[1].items() if name not in digits}),
        (header, {name: array for name, array in arrays.items() if name not in digits}),
    )
    # As many decimals as the rule gives to the browser's own values, to the last unit and line.
    row = [view.step - header["first"]]
    values = {name: array if len(array) == 1 else array[row] for name, array in arrays.items() if "weights" not in name}
    for equation in equations_of(source.cell, has_bias=view.source.weights(view.layer).has_bias):
        packed = values[f"digits {equation.quantity}"].astype(int)
        line = right_as_shown(equation, values)
        np.testing.assert_array_equal(packed > 0, line.holds)
        for stage, wanted in enumerate(line.digits):
            np.testing.assert_array_equal((np.abs(packed) >> 4 * stage) & 15, wanted)
    chosen, _ = in_page.numbers(source, "inside", settings, part="chosen")
    assert chosen.items() <= header.items()


def of_one_step(parts: Parts, view: View) -> Parts:
    """What the browser makes of what a server sends: of all but the recorded quantities, the chosen step."""
    header, arrays = received(parts)
    first, steps = header["first"], len(header["labels"])
    one = {name for name, array in arrays.items() if len(array) == steps and not name.startswith("weights ")}
    one -= {*view.layer.quantities, "series"}
    header["answers"] = header["answers"] and [header["answers"][view.step - first]]
    del header["key"]  # names what a server has sent
    return header, {name: array[[view.step - first]] if name in one else array for name, array in arrays.items()}


@pytest.mark.parametrize(("task", "cell"), SHIPPED)
def test_every_shipped_network(in_page: InPage, task: str, cell: str) -> None:
    source = shipped(task, cell)
    for step, example in zip((0, 3, LAST), source.task.examples * 3, strict=False):
        check(in_page, source, Settings(task=task, cell=cell, text=example.text, step=step, unit=2))


WORKED_OUT = """async ({ asked, sources }) => {
  const { breakdown } = await import("/lstm_viz/web/analysis/breakdown.js");
  const { number } = await import("/lstm_viz/web/core/format.js");
  const { viewOf } = await import("/lstm_viz/web/network/view.js");
  const { sourceOf } = await import("/tests/web/in_page.js");
  const { numbers } = await import("/lstm_viz/web/pages/inside/numbers.js");
  const source = await sourceOf(asked.about);
  const { arrays } = numbers(viewOf({ shown: source }, "shown", asked.settings));
  const rowOf = ({ shape: [, width], values }, row) => values.subarray(row * width, (row + 1) * width);
  return sources.flatMap(([quantity, list, leaf]) => [...arrays[leaf].values].map((total, unit) => {
    const values = rowOf(arrays[list], arrays[list].shape[0] === 1 ? 0 : asked.row);
    const digits = Math.abs(arrays[`digits ${quantity}`].values[unit]) & 15;
    const weights = rowOf(arrays[`weights of ${list} for ${quantity}`], unit);
    const found = breakdown({ weights, values, total, digits });
    const told = ({ weight, value, product, digits: fine }) =>
      [number(weight, fine), number(value, fine), number(product, found.digits)];
    return {
      total: number(total, digits), holds: found.holds, all: values.length, others: found.others,
      rest: found.others ? number(found.rest, found.digits) : "0",
      terms: found.terms.map(told),
    };
  }));
}"""


DRAWN = """async (pages) => {
  const { buildDiagram } = await import("/lstm_viz/web/draw/diagram.js");
  return pages.map((page) => {
    const diagram = buildDiagram();
    document.body.append(diagram.root);
    diagram.lay(page, 600, 400, "light");
    const texts = (some) => [...diagram.root.querySelectorAll(some)].map((one) => one.textContent.replaceAll(" ", ""));
    const names = texts("text.name");
    const inputs = Float32Array.of(0.5, -1);
    diagram.read({ label: "a", answer: { name: "P(b)", value: "0.5" }, inputs, limits: [-1, 1], scale: null });
    const ends = texts(".token, .answer span, .answer b, .few");
    diagram.root.remove();
    return { names, ends };
  });
}"""


def test_every_cell_is_drawn_with_names_stages_what_arrives_and_the_answer(in_page: InPage) -> None:
    drawn: list[dict[str, Any]] = []
    for cell in CELLS.values():
        colours = cell_colours(cell.name, all_quantities=True)
        sheet = cell_sheet(cell, units=5, has_bias=True)
        for each in (sheet, *([sheet["opposite"]["sheet"]] if sheet["opposite"] else [])):
            drawn.append({**each, "themes": colours, "order": list(range(5))})
    for page, found in zip(drawn, in_page.evaluate(DRAWN, drawn), strict=True):
        boxes = [part["name"] for part in page["parts"] if part["name"]]
        told = [stage["title"] for stage in page["stages"] if stage["says"]]
        # A narrow box has its name on several lines, a long word of it broken.
        drawn_names, names = ([re.sub("[ -]", "", name) for name in all_] for all_ in (found["names"], [*boxes, *told]))
        assert sorted(drawn_names) == sorted([*names, "readout"])
        assert found["ends"] == ["0.500,−1.000", "a", "P(b)", "0.5"]


@pytest.mark.parametrize(("task", "cell"), SHIPPED)
def test_a_weighted_sum_can_be_worked_out_by_hand(in_page: InPage, task: str, cell: str) -> None:
    source, definition = shipped(task, cell), CELLS[cell]
    settings = Settings(task=task, cell=cell, text=source.task.examples[0].text, step=4)
    view = View(source, settings)
    asked = {"about": in_page.about(source), "settings": {**envelope.settings(view), "text": view.text}, "row": 4}
    lists = [(q.name, *each) for q in definition.quantities for each in sources(definition, q.name).items()]
    found = in_page.evaluate(WORKED_OUT, {"asked": asked, "sources": lists})
    assert len(found) == len(lists) * view.layer.units
    for told in found:
        products = [decimal(product) for *_, product in told["terms"]]
        assert len(products) + told["others"] == told["all"]
        assert told["holds"]
        assert_rounds_to(sum(products, decimal(told["rest"])), told["total"])
        for weight, value, product in told["terms"]:
            assert_rounds_to(decimal(weight) * decimal(value), product)


def decimal(text: str) -> Decimal:
    return Decimal(text.replace("−", "-"))


def assert_rounds_to(found: Decimal, shown: str) -> None:
    wanted = decimal(shown)
    assert found.quantize(wanted, rounding=ROUND_HALF_UP) == wanted


@pytest.mark.parametrize(("name", "index", "direction"), PLACES)
def test_every_layer_and_direction(in_page: InPage, name: str, index: int, direction: str) -> None:
    task, text = ("temperature", "10, 20, 15, 30") if name == "numbers" else ("sentiment", TEXT)
    for step in (0, 2, 99):
        settings = Settings(task=task, text=text, layer=index, direction=direction, step=step, unit=5)
        check(in_page, MADE[name], settings)


@pytest.mark.parametrize("words", [1, 240, 241, 1000])
def test_a_text_of_any_length(in_page: InPage, words: int) -> None:
    text = " ".join(TEXT.split()[k % 7] if k % 11 else "blarghiest" for k in range(words))
    for step in (0, words // 2, words):
        check(in_page, shipped("sentiment"), Settings(text=text, step=step))


@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("name", ["lstm", "gru"])
def test_what_is_known_of_the_run_before_an_edit_is_still_true(in_page: InPage, name: str, direction: str) -> None:
    edits = ("A warm film.", "A warm film, warm!", "warm film, warm!", "So warm film, warm!", "A", "A warm film.")
    for text in edits:
        for layer in (0, 1):
            check(in_page, MADE[name], Settings(text=text, layer=layer, direction=direction, step=1))


NUMBERS_IN = """async ({ opposite, arrays, limits }) => {
  const { inSense } = await import("/lstm_viz/web/pages/inside/sense.js");
  const typed = ([name, { shape, values }]) => [name, { shape, values: Float32Array.from(values) }];
  const found = inSense(opposite, { arrays: Object.fromEntries(Object.entries(arrays).map(typed)), limits });
  const plain = ([name, { values }]) => [name, [...values]];
  return { ...found, arrays: Object.fromEntries(Object.entries(found.arrays).map(plain)) };
}"""


def test_a_notation_with_a_gate_the_other_way_round_has_the_same_numbers_in_both(in_page: InPage) -> None:
    source = MADE["gru without bias"]
    counted, made = inside_numbers(View(source, Settings(text=TEXT)))
    header, arrays = received(({**counted}, made))
    opposite = cell_sheet(source.cell, units=len(arrays["update_gate"][0]), has_bias=False)["opposite"]
    assert opposite is not None
    sent = {name: {"shape": array.shape, "values": array.ravel().tolist()} for name, array in arrays.items()}
    found = in_page.evaluate(NUMBERS_IN, {"opposite": opposite, "arrays": sent, "limits": header["limits"]})
    python = in_sense(opposite, arrays)
    weights = {name for name in arrays if name.startswith("weights ") and name.endswith("update_gate")}
    assert len(weights) == 2
    for name, array in python.items():
        np.testing.assert_array_equal(found["arrays"][name], (-1 if name in weights else 1) * array.ravel())
    drawn = {part["key"] for part in opposite["sheet"]["parts"] if part["values"]}
    assert drawn <= found["limits"].keys() & found["arrays"].keys()
    assert found["limits"]["update_gate"] == [0, 1]


def test_without_words_there_is_nothing_to_count(in_page: InPage) -> None:
    settings = Settings(text=" \n ", step=3)
    source = shipped("sentiment")
    counted, sent = inside_numbers(View(source, settings))
    assert_same_numbers(({**counted}, sent), in_page.numbers(source, "inside", settings))


def test_the_chain_shows_the_same_steps(in_page: InPage) -> None:
    places = [(step, steps) for steps in (1, 7, 239, 240, 241, 300, 999, 1000) for step in range(0, steps + 60, 7)]
    script = """async (places) => {
      const { windowOf } = await import("/lstm_viz/web/pages/inside/numbers.js");
      return places.map(([step, steps]) => windowOf(step, steps));
    }"""
    assert in_page.evaluate(script, places) == [list(window(*place)) for place in places]
