"""What the page of one cell is sent: everything once, nothing twice, and nothing that depends on one cell's name."""

import re
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import lstm_viz
from lstm_viz.analysis.equations.step_numbers import StepNumbers, step_numbers
from lstm_viz.analysis.equations.weighted_sums import layer_inputs, layer_weights
from lstm_viz.analysis.ordering import unit_order
from lstm_viz.cells import CELLS, ELSEWHERE, NOTATIONS, VARIANTS
from lstm_viz.figures.style import THEMES
from lstm_viz.live_page.colours import SIGNED, cell_colours
from lstm_viz.module import CellModule
from lstm_viz.sources import cells_of, shown_tasks
from lstm_viz.sources.uploaded import uploaded
from lstm_viz.tasks import TASKS, load_model
from lstm_viz.tasks.uploaded import Choices
from lstm_viz.ui.pages.inside.ends import answers, arriving, read_out
from lstm_viz.ui.pages.inside.fields import READ_OUT
from lstm_viz.ui.pages.inside.message import InsideNumbers, InsideWords
from lstm_viz.ui.pages.inside.sheet import cell_sheet
from lstm_viz.ui.pages.inside.view import WHOLE, inside_message, inside_numbers, inside_words, rows_of, window
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.made_files import made_file
from tests.made_sources import made_source
from tests.ui.messages import received_sheet, size

TEXT = "The film is slow, but never dull."
MODELS = [(task, cell) for task in shown_tasks() for cell in cells_of(task)]
MODULES: dict[str, Any] = {
    "lstm": torch.nn.LSTM(3, 5),
    "gru": torch.nn.GRU(3, 5, bias=False),
    "rnn": torch.nn.RNN(3, 5),
    "rnn_relu": torch.nn.RNN(3, 5, nonlinearity="relu"),
} | {name: CellModule(name, 3, 5) for name in [*VARIANTS, *ELSEWHERE]}


def sent(has: str = "", **changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return received_sheet(inside_message(View.of(Settings(**{"text": TEXT} | changes)), has))


def page_of(kind: str) -> tuple[dict[str, Any], StepNumbers]:
    trace = lstm_viz.trace(MODULES[kind], torch.randn(4, 3))
    layer = trace.layers[0]
    weights = layer_weights(MODULES[kind], layer)
    numbers = step_numbers(layer, weights, layer_inputs(trace, layer))
    return dict(cell_sheet(layer.definition, units=5, has_bias=weights.has_bias)), numbers


@pytest.mark.parametrize(("task", "cell"), MODELS)
def test_every_model_has_its_page(task: str, cell: str) -> None:
    header, arrays = received_sheet(inside_message(View.of(Settings(task=task, cell=cell))))
    definition = CELLS[cell]
    assert (header["menu"]["task"], header["menu"]["cell"]) == (task, cell)
    assert [quantity["name"] for quantity in header["quantities"]] == [q.name for q in definition.quantities]
    assert [line["quantity"] for line in header["lines"]] == [q.name for q in definition.quantities]
    trace = load_model(task, cell).trace(TASKS[task].examples[0].text)
    first = header["first"]
    for name in trace.layers[0].quantities:
        np.testing.assert_array_equal(arrays[name], trace.layers[0][name][first : first + len(header["labels"])])
    assert header["labels"] == list(trace.labels[first : first + len(header["labels"])])


@pytest.mark.parametrize("kind", MODULES)
def test_drawing_equations_and_colours_hold_the_cells_quantities_and_no_other(kind: str) -> None:
    page, numbers = page_of(kind)
    names = {quantity.name for quantity in CELLS[kind].quantities}
    assert {part["key"] for part in page["parts"] if part["quantity"]} - {"inputs"} == names
    assert (
        {line["quantity"] for line in page["lines"]} == {quantity["name"] for quantity in page["quantities"]} == names
    )
    assert {part["owner"] for part in page["parts"]} == {*names, "inputs"}
    for theme in THEMES:
        colours = cell_colours(kind, all_quantities=True)[theme]
        assert set(colours["lines"]) == {*names, "inputs"}
        assert {part["scale"] for part in page["parts"]} <= set(colours["scales"])
        assert set(colours["scales"]) == {*names, SIGNED}
    for part in page["parts"]:
        assert part["values"] == (part["kind"] != "leave" and part["key"] in numbers.values)


@pytest.mark.parametrize("kind", MODULES)
def test_every_number_in_an_equation_is_sent_and_has_a_symbol(kind: str) -> None:
    page, numbers = page_of(kind)
    parts = {part["key"] for part in page["parts"]}
    targets = {f"into {wire['target']}" for wire in page["wires"]}
    for line in page["lines"]:
        for stage in line["stages"]:
            keys = [key for sort, key, _ in stage if sort != "text"]
            assert set(keys) <= set(numbers.values)
        first = [key for sort, key, _ in line["stages"][0] if sort != "text"]
        for notation in NOTATIONS:
            assert all(page["symbols"][notation][key] for key in first)
    assert set(page["links"].values()) <= parts | targets
    boxes = {part["key"]: part for part in page["parts"]}
    assert all(part["name"] for part in boxes.values() if part["kind"] == "layer"), "every box has a name"
    for quantity in CELLS[kind].quantities:
        box = boxes[quantity.name]
        assert box["name"] == quantity.label or box["kind"] in ("product", "sum", "same")
    assert page["stages"][-1]["name"] == READ_OUT
    for k, stage in enumerate(page["stages"]):
        assert Settings(stage=stage["name"]).stage == stage["name"], "an address can name it"
        lit = {part["key"] for part in page["parts"] if k in part["lit"]}
        assert {*stage["ends"], *stage["cited"]} <= lit < boxes.keys()
        assert any(k in line["lit"] for line in page["lines"])
        placeholders = set(re.findall(r"<([^>]+)>", stage["says"]))
        assert placeholders <= set(numbers.values)


@pytest.mark.parametrize(("task", "cell"), MODELS)
def test_what_is_typed_becomes_the_numbers_that_arrive_as_it_is_told(task: str, cell: str) -> None:
    model = load_model(task, cell)
    for example in TASKS[task].examples:
        view = View.of(Settings(task=task, cell=cell, text=example.text))
        told, inputs = arriving(view), view.source.inputs(view.run, view.place)
        if rows := rows_of(view, slice(None)):
            assert model.network.embedding is not None
            table = model.network.embedding.weight.detach().numpy()
            np.testing.assert_array_equal(table[rows], inputs)
            assert f"{len(table):,} of the embedding table: {table.shape[1]} numbers" in told["says"]
            assert [row == 0 for row in rows] == model.unknown(example.text)
            continue
        assert len(told["names"]) == inputs.shape[1]
        for label, row in zip(view.run.labels, inputs, strict=True):
            text = label.removesuffix("*")
            whole = told["calculation"].partition(" = ")[0].replace("{number}", text).replace("−", "-") or text
            assert eval(whole, {"__builtins__": {}}) == pytest.approx(row[0], abs=1e-5)
            assert list(row[1:]) == [float(label.endswith("*"))] * (len(row) - 1)


@pytest.mark.parametrize(("task", "cell"), MODELS)
def test_the_answer_at_the_end_of_the_drawing_is_what_the_network_says(task: str, cell: str) -> None:
    model = load_model(task, cell)
    for example in TASKS[task].examples:
        view = View.of(Settings(task=task, cell=cell, text=example.text))
        said, told = model.predictions(example.text), read_out(view)
        for (name, value), row in zip(answers(view, slice(None)), said, strict=True):
            shown = {TASKS[task].reader.show(label): float(each) for label, each in zip(model.labels, row, strict=True)}
            assert shown[name] == pytest.approx(value)
            assert len(shown) <= 2 or value == max(shown.values())
        assert told is not None
        assert {"{name}", "{value}", "{size}"} == set(re.findall(r"{\w+}", told["says"]))


def test_a_layer_that_is_not_read_has_no_answer() -> None:
    source = made_source(torch.nn.LSTM, num_layers=2)
    lower, upper = (received_sheet(inside_message(View(source, Settings(text=TEXT, layer=k))))[0] for k in (0, 1))
    assert (lower["readOut"], lower["answers"]) == (None, [])
    assert len(upper["answers"]) == len(upper["labels"])
    assert upper["arriving"]["says"].startswith("What layer 0 shows at this step")


def test_numbers_are_sent_once() -> None:
    header, arrays = sent()
    again, none = sent(has=header["key"], step=3, unit=9, notation="udacity")
    assert again["key"] == header["key"]
    assert (again["chosen"], again["notation"], none) == ({"step": 3, "unit": 9}, "udacity", {})
    assert "limits" not in again
    other, more = sent(has=header["key"], text="Never dull.")
    assert other["key"] != header["key"]
    assert more.keys() == arrays.keys()


@pytest.mark.parametrize(("task", "cell"), MODELS)
def test_every_strip_has_room_for_its_numbers_at_every_step(task: str, cell: str) -> None:
    header, arrays = sent(task=task, cell=cell, text=None)
    strips = {part["key"] for part in header["parts"] if part["values"]}
    assert header["limits"].keys() == strips | {"inputs"}
    for key in header["limits"]:
        low, high = header["limits"][key]
        assert low < high
        drawn = arrays[key][np.isfinite(arrays[key])]  # before the first step some start at −∞, which is written so
        assert low - 1e-6 <= drawn.min() <= drawn.max() <= high * (1 + 1e-6)


def test_strips_of_a_long_text_keep_their_ends_from_step_to_step() -> None:
    ends = [sent(text="warm and funny " * 200, step=step)[0]["limits"] for step in (0, 300, 599)]
    assert ends[0] == ends[1] == ends[2]


def test_what_python_says_stays_whatever_is_read() -> None:
    texts = ("Warm.", "A dull film.", "  ")
    words = [inside_words(View.of(Settings(text=text, step=1))) for text in texts]
    assert words[0]["sheet"] == words[1]["sheet"] == words[2]["sheet"]
    assert not InsideWords.__annotations__.keys() & InsideNumbers.__annotations__.keys()
    view = View.of(Settings(text=TEXT))
    assert not inside_words(view).keys() & inside_numbers(view)[0].keys()


def test_decimals_travel_in_one_number_a_line() -> None:
    _, arrays = sent()
    model = load_model("sentiment")
    trace = model.trace(TEXT)
    layer = trace.layers[0]
    numbers = step_numbers(layer, layer_weights(model.network.recurrent, layer), trace.inputs)
    for line in numbers.lines:
        packed = arrays[f"digits {line.equation.quantity}"].astype(int)
        np.testing.assert_array_equal(packed > 0, line.holds)
        for stage, digits in enumerate(line.digits):
            np.testing.assert_array_equal((np.abs(packed) >> 4 * stage) & 15, digits)


@pytest.mark.parametrize("steps", [1, 7, WHOLE, WHOLE + 1, 500, 1000])
def test_the_window_holds_the_chosen_step_and_room_on_both_sides(steps: int) -> None:
    for step in range(steps):
        first, stop = window(step, steps)
        assert 0 <= first <= step < stop <= steps
        assert step - first >= 50 or first == 0
        assert stop - step >= 50 or stop == steps
    assert window(10**6, steps)[1] == steps


@pytest.mark.parametrize("words", [61, WHOLE, WHOLE + 1, 1000])
def test_no_text_is_sent_as_more_than_four_times_a_short_one(words: int) -> None:
    sizes = [size(inside_message(View.of(Settings(text="warm " * n)))) for n in (60, words)]
    assert sizes[1] <= 4 * sizes[0]


def test_without_words_the_text_stays_and_says_what_is_wrong() -> None:
    header, arrays = sent(text=" \n ")
    assert header["steps"] == 0
    assert "key" not in header
    assert header["problem"]
    assert arrays == {}


def test_a_cell_without_a_model_falls_back_to_one_with() -> None:
    header, _ = sent(cell="rnn_relu")
    assert header["menu"]["cell"] == cells_of("sentiment")[0]
    assert [quantity["name"] for quantity in header["quantities"]] == [q.name for q in CELLS["lstm"].quantities]


def test_a_layer_that_is_not_there_stands_for_the_nearest() -> None:
    header, _ = sent(layer=7, direction="backward")
    assert header["layer"] == "0 forward"


def test_other_layers_and_directions_can_be_chosen() -> None:
    source = made_source(torch.nn.LSTM, 6, num_layers=2, bidirectional=True)
    trace = source.model.trace(TEXT)
    view = View(source, Settings(text=TEXT, layer=1, direction="backward"))
    header, arrays = received_sheet(inside_message(view))
    assert [name for name, _ in header["layers"]] == ["0 forward", "0 backward", "1 forward", "1 backward"]
    assert (header["layer"], header["backward"]) == ("1 backward", True)
    np.testing.assert_array_equal(arrays["cell_state"], trace.layers[3].cell_state)
    np.testing.assert_array_equal(arrays["cell_state-"], trace.layers[3].before("cell_state"))
    np.testing.assert_array_equal(arrays["inputs"], np.hstack([each.hidden_state for each in trace.layers[:2]]))
    runs = [source.model.trace(each.text).layers[3] for each in source.task.examples]
    assert header["order"] == list(unit_order(runs, "similarity"))


def test_nothing_typed_is_read_as_markup() -> None:
    header, _ = sent(text="<b>film</b>")
    assert "<b>" not in str({name: header[name] for name in ("symbols", "quantities", "stages", "notes")})


def test_rows_of_a_file_s_table_are_counted_as_its_owner_counts_them() -> None:
    file = made_file(nn.LSTM(2, 3), symbols=4)
    for symbols, lacking in ((("a", "<unk>", "b", "c"), "row 1 of"), (("a", "b", "c", "d"), "read as zeros")):
        source = uploaded(file, Choices(input="tokens", embedding=0, vocabulary=symbols))
        said = arriving(View(source, Settings(task="yours", text="b")))
        assert said["says"].startswith("Row {row} of the 4 of the embedding table")
        assert said["made_rows"] == 1
        assert lacking in said["unknown"]
