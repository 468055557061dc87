"""Inside the cell as Python."""

from lstm_viz.words.snippets.parts import predictions
from lstm_viz.words.snippets.shown import Code, Shown, call, together


def inside(shown: Shown, *, follows: bool = False) -> str:
    """One step of one unit: the drawing with its numbers; `follows`: whether the network says what may follow."""
    arriving = "trace.inputs"
    lines = shown.opening()
    if shown.layer:
        lines += [
            f"below = [each.hidden_state for each in trace.layers if each.index == {shown.layer - 1}]",
            "arriving = np.concatenate(below, axis=1)",
        ]
        lines[1:1] = ["import numpy as np", ""]
        arriving = "arriving"
    lines += [
        "",
        f'numbers = {{\n    "arriving": {arriving},',
        *predictions(follows=follows),
        "}",
        "of_the_unit = {name: layer[name][step, unit] for name in layer.quantities if unit < layer[name].shape[1]}",
        "a_step_before = {name: layer.before(name)[step, unit] for name in layer.initial_state}",
        "",
        "figure = "
        + call("lv.figures.cell_diagram", "trace", step=Code("step"), unit=Code("unit"), **shown.place, **shown.looks),
        "figure",
    ]
    return together(*lines)
