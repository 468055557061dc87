"""The table of variants says what the files say, and the networks in the package do what the files say of them."""

import json
import re

import numpy as np
import pytest
import torch

from lstm_viz.cells import CELLS, SUCCESSORS, VARIANTS
from lstm_viz.tasks import TASKS, cell_names, load_model
from lstm_viz.tasks.model import FOLDER
from lstm_viz.tasks.results import result, results
from lstm_viz.training.side_by_side import side_by_side
from lstm_viz.training.studies import STUDIES
from lstm_viz.training.variants import FORGET_BIASES
from lstm_viz.ui.pages.variants.lab import (
    against_lstm,
    by_length,
    changed_equations,
    compared,
    every_cell,
    forget_biases,
    lesson,
    lost,
    solved,
    solved_by,
    table,
    tasks,
    telling,
)

EIGHT = set(VARIANTS) - {"use_layer"}
TEXTS = {"adding": "0.5, 0.2*, 0.7, 0.1*", "counting": "aabb", "parity": "1011"}


def test_greffs_eight_variants_and_three_more_are_there() -> None:
    assert len(EIGHT) == 8
    for task in tasks():
        cells = {each.cell.name for each in results(task)}
        assert cells == {"lstm", "gru", "rnn", *VARIANTS, *SUCCESSORS}
        assert [each.forget_bias for each in results(task) if each.cell.name == "lstm"] == list(FORGET_BIASES)


@pytest.mark.parametrize("task", tasks())
def test_every_cell_had_the_same_budget_and_at_least_three_seeds(task: str) -> None:
    budgets = {json.dumps(each.content["study"], sort_keys=True) for each in results(task)}

    assert budgets == {json.dumps(json.loads(json.dumps(STUDIES[task].facts())), sort_keys=True)}
    assert len(STUDIES[task].seeds) >= 3
    for each in results(task):
        assert each.scores.shape[1] == len(STUDIES[task].seeds)
        assert all(len(values) == len(STUDIES[task].seeds) for values in each.content["scores"].values())


@pytest.mark.parametrize("task", tasks())
def test_the_table_says_what_the_files_say(task: str) -> None:
    head, *rows = table(task)
    assert len(rows) == len(VARIANTS) + 3
    shown = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    for each in every_cell(task):
        path = FOLDER / "variants" / f"{task}-{each.cell.name}{'-bias-1' if each.cell.name == 'lstm' else ''}.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        row = shown[each.cell.title]
        assert row["Parameters"] == f"{content['parameters']:,}"
        for name, values in content["scores"].items():
            written = row[name[0].upper() + name[1:]]
            if min(values) == max(values):
                assert float(written) == values[0]
                continue
            middle, low, high = written.replace("(", "").replace(")", "").replace("to ", "").split()
            for number, exact in ((middle, np.median(values)), (low, min(values)), (high, max(values))):
                assert float(number) == pytest.approx(exact, rel=0.051, abs=1e-9)
        assert f"{solved(each, task)} of" in row["Seeds that solve it"]
    assert "LSTM" in " ".join(solved_by(task))


@pytest.mark.parametrize("task", tasks())
@pytest.mark.parametrize("cell", VARIANTS)
def test_a_shipped_variant_is_the_network_that_its_card_describes(task: str, cell: str) -> None:
    model = load_model(task, cell)
    assert model.cell == cell
    assert sum(part.numel() for part in model.network.parameters()) == model.card["parameters"]
    trace = model.trace(TEXTS[task])
    assert trace.layers[0].cell == cell
    with torch.no_grad():
        inputs = torch.from_numpy(model.inputs(TEXTS[task]))
        hidden = model.network.recurrent(inputs)[0].numpy()
    np.testing.assert_allclose(trace.layers[0].hidden_state, hidden, atol=1e-6)


@pytest.mark.parametrize(("task", "cell"), [("adding", "peepholes"), ("counting", "full_gate_recurrence")])
def test_a_shipped_variant_scores_what_its_card_says(task: str, cell: str) -> None:
    model, study = load_model(task, cell), STUDIES[task]
    state = side_by_side([model.network.state_dict()] * len(study.seeds))
    scores = study.final_scores(CELLS[cell], state)
    for score in model.card["scores"]:
        assert scores[score["name"]][0] == pytest.approx(score["value"], rel=1e-3)


def test_a_cell_that_a_task_lacks_is_refused_with_those_that_it_has() -> None:
    with pytest.raises(ValueError, match="no 'sentiment' model with the cell 'peepholes'; there is one with lstm, gru"):
        load_model("sentiment", "peepholes")
    assert set(VARIANTS) <= set(cell_names("adding"))
    with pytest.raises(ValueError, match="no results of 'nothing' on 'adding'; there are lstm"):
        result("adding", "nothing")
    assert set(tasks()) <= set(TASKS)


@pytest.mark.parametrize("task", tasks())
def test_caption_table_chart_and_lesson_say_one_number(task: str) -> None:
    head, *rows = table(task)
    shown = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    for each in every_cell(task):
        name, title = each.cell.name, each.cell.title
        chart, (verdict, numbers) = by_length(task, name), lesson(task, name)
        (line,) = [series for series in chart.series if series.label == title]
        trained = each.trained_length
        lengths = [int(name.replace(",", "")) for name in chart.x_names] or chart.x.astype(int).tolist()
        far = 500 if task == "parity" else 2 * trained
        beyond = "12.5 times that" if task == "parity" else "twice that"
        assert {mark.label: lengths[list(chart.x).index(mark.x)] for mark in chart.marks} == {
            "trained": trained,
            beyond: far,
        }
        assert verdict.startswith(("The LSTM on" if name == "lstm" else title) + ("" if name == "lstm" else " on"))
        for length in (trained, far):
            drawn = line.values[lengths.index(length)]
            assert str(length) in numbers
            if task == "counting":
                right = np.sum(np.array(each.content["scores"]["longest n"]) >= length)
                assert drawn == pytest.approx(right / 5)
                place = "trained n" if length == trained else "twice that"
                get = f"are right up to n = {length}" if name == "lstm" else f"get to the {place}, {length}"
                assert f"{right} of 5 seeds {get.replace('the twice', 'twice')}" in numbers
                middle = np.median(each.content["scores"]["longest n"])
                assert name == "lstm" or f"longest n is {middle:.3g}" in numbers
                assert shown[title]["Longest n"].split()[0] == f"{middle:.3g}"
                continue
            median = np.median(each.content["scores_by_length"][str(length)])
            if task == "parity":
                assert drawn == pytest.approx(median)
                assert shown[title][f"Accuracy after {length} symbols"].startswith(f"{median:.3g}")
                assert re.search(rf"fter {length} symbols(, [a-z ]+,)? its median share right is {median:.3g}", numbers)
                assert f"{median:.3g} at {length}" in chart.caption
                continue
            assert drawn == pytest.approx(np.log10(median))
            column = "Mean squared error" + (" at twice the length" if length > trained else "")
            assert shown[title][column].startswith(f"{median:.3g} ")
            assert re.search(rf"n {length} numbers(, [a-z ]+,)? its median error is {median:.3g}", numbers)
            assert f"{median:.3g} at {length}" in chart.caption
        if task == "adding":
            # The learning curve ends where the table does.
            curve = against_lstm(task, name)
            assert f"{title} ends at {shown[title]['Mean squared error']}" in curve.caption
            (course,) = [series for series in curve.series if series.label == title]
            assert course.values[-1] == pytest.approx(np.log10(np.median(each.content["scores"]["mean squared error"])))


def test_the_lab_opens_on_a_part_whose_loss_costs_at_both_lengths() -> None:
    for task in tasks():
        worse = [name for name in VARIANTS if all(score.verdict < 0 for score in compared(task, name))]
        assert not worse or telling(task) in worse
        gains = {name: compared(task, name)[0].gain for name in worse or VARIANTS}
        assert gains[telling(task)] == min(gains.values())
    assert "worse than the LSTM at the trained length and at twice that" in lesson("adding", telling("adding"))[0]
    assert lesson("parity", telling("parity"))[0].endswith(
        "no clear difference from the LSTM at the trained length, and worse after 500 symbols."
    )


def test_errors_at_other_lengths_are_those_of_the_shipped_network() -> None:
    model, study = load_model("adding", "peepholes"), STUDIES["adding"]
    found = study.scores_by_length(CELLS["peepholes"], side_by_side([model.network.state_dict()] * len(study.seeds)))
    of_seed = study.best(result("adding", "peepholes").content["scores"])
    for length, errors in result("adding", "peepholes").by_length.items():
        assert found[str(length)][0] == pytest.approx(errors[of_seed], rel=1e-3)


def test_curves_and_equations_of_every_cell() -> None:
    for task in tasks():
        assert len(forget_biases(task).series) == len(FORGET_BIASES)
        for name in ("lstm", "gru", "rnn", *VARIANTS):
            chart = against_lstm(task, name)
            assert len(chart.series) == (1 if name == "lstm" else 2)
            assert all(np.isfinite(series.values).all() for series in chart.series)
    assert [label for label, _ in changed_equations(CELLS["coupled_gates"], "pytorch")] == ["Input gate"]
    assert lost(CELLS["no_output_gate"]) == ["Output gate"]
    assert changed_equations(CELLS["lstm"], "pytorch") == []
