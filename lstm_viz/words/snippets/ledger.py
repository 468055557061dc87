"""The memory ledger as Python."""

from lstm_viz.words.snippets.parts import predictions
from lstm_viz.words.snippets.shown import Code, Shown, call, literal, together


def ledger(
    shown: Shown, *, memory: bool = True, overall: bool = False, source: int = 0, split: str = "", follows: bool = False
) -> str:
    """What the memory of a unit is made of, and what of the answer comes from each step.

    Parameters
    ----------
    memory : whether the cell has one
    overall : whether all units are shown, by mean size
    source : the step whose part is followed
    split : what number of the answer is split, "" for none
    follows : whether the network says which symbols may follow
    """
    lines = [*shown.opening(), ""]
    if not memory:
        return together(*lines, "numbers = {", *predictions(follows=follows), "}", *_without(shown))
    lines += [f"source = {source}", ""]
    lines.append("ledger = lv.memory_ledger(layer, units=[unit])  # (T, T, 1): what is left at t of what step j put in")
    numbers = predictions(follows=follows)
    if overall:
        lines += ["sizes, initial = lv.memory_sizes(layer)  # the same over all units, by mean size"]
        numbers += ['    "left": sizes,', '    "left of the initial state": initial,']
    else:
        numbers += [
            '    "left": ledger.contributions[:, :, 0],',
            '    "left of the initial state": ledger.initial[:, 0],',
        ]
    whose = "" if overall else ", units=[unit]"
    lines.append(f"attention = lv.memory_attention(layer, step=step{whose})  # the weights by which it is a sum")
    numbers += [
        '    "attention weights": attention.weights.mean(axis=1),',
        '    "attention weight of the initial state": attention.initial.mean(),',
    ]
    if split:
        lines.append("split = lv.split_answer(model, trace, step=step)")
        numbers += [
            '    "share of the answer": split.parts,',
            '    "rest of the answer": [split.initial, split.bias, split.empty],',
        ]
    lines += ["", "numbers = {", *numbers, "}", ""]
    looks = shown.looks
    lines += [
        "stack = "
        + call("lv.figures.memory_stack", "ledger", "trace", unit=Code("unit"), source=Code("source"), **looks)
    ]
    if split:
        lines.append("shares = " + call("lv.figures.prediction_split", "split", "trace", name=split, theme=shown.theme))
    at = {"overall": True, **shown.place} if overall else {"unit": Code("unit")}
    named = ("trace",) if overall else ("ledger", "trace")
    lines.append("row = " + call("lv.figures.memory_attention", *named, step=Code("step"), **at, **looks))
    if overall:
        figure = call("lv.figures.memory_size_map", "trace", **shown.place, **looks)
    else:
        unit = {"unit": Code("unit")}
        lines.append(
            "makeup = " + call("lv.figures.memory_makeup", "ledger", "trace", step=Code("step"), **unit, **looks)
        )
        lines.append(
            "fading = " + call("lv.figures.memory_fading", "ledger", "trace", source=Code("source"), **unit, **looks)
        )
        figure = call("lv.figures.memory_map", "ledger", "trace", **unit, **looks)
    return together(*lines, f"figure = {figure}", "figure")


def _without(shown: Shown) -> list[str]:
    figure = call("lv.figures.gate_heatmaps", "trace", **shown.place, **shown.looks)
    return ["", f"# {literal('This cell has no memory to split')[1:-1]}: its states.", f"figure = {figure}", "figure"]
