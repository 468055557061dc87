"""Gates over time as Python."""

from lstm_viz.analysis.saturation import OPEN, SHUT
from lstm_viz.words.snippets.parts import predictions
from lstm_viz.words.snippets.shown import Code, Shown, call, literal, together


def gates(shown: Shown, *, own_scale: bool = False, gates: tuple[str, ...] = (), follows: bool = False) -> str:
    """The heatmaps of every quantity, and below them what else the page draws.

    Parameters
    ----------
    own_scale : whether each unit has a scale of its own
    gates : of the cell
    follows : whether the network says which symbols may follow
    """
    lines = [*shown.opening(), *shown.ordered(), "", "numbers = {", *predictions(follows=follows)]
    for gate in gates:
        for name, sign, end in (("shut", "<", SHUT), ("open", ">", OPEN)):
            lines.append(f'    "share of steps with {gate} {name}": (layer["{gate}"] {sign} {end:g}).mean(axis=0),')
    lines.append("}")
    if shown.before is not None:
        lines += [
            "",
            "# What the last edit changed.",
            f"before = {shown.run(literal(shown.before))}",
            "edit = " + call("lv.compare", "before", "trace", **shown.place),
            'numbers["change"] = edit.changes["hidden_state"]',
            "edited = " + call("lv.figures.edit_effect", "edit", units=Code("rows"), **shown.looks),
        ]
    lines += [
        "table = trace.to_frame()  # every number of the run, a row each",
        "of_the_unit = {name: layer[name][step, unit] for name in layer.quantities if unit < layer[name].shape[1]}",
        "",
        "lines = " + call("lv.figures.unit_lines", "trace", unit=Code("unit"), **shown.place, **shown.looks),
    ]
    if gates:
        lines.append("saturated = " + call("lv.figures.saturation", "trace", **shown.place, **shown.looks))
    options = {"units": Code("rows"), "own_scale": own_scale}
    lines += [
        "figure = " + call("lv.figures.gate_heatmaps", "trace", **shown.place, **options, **shown.looks),
        "figure",
    ]
    return together(*lines)
