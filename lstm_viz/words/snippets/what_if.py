"""What if? as Python."""

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_viz.words.snippets.parts import predictions
from lstm_viz.words.snippets.shown import Code, Shown, call, literal, together


@dataclass(frozen=True)
class Held:
    """A clamp that holds something.

    Attributes
    ----------
    quantity : what
    value : at which value; None for each unit's own mean over the text
    units, steps : where; None for everywhere
    ends : of the quantity's range, which a mean keeps to
    """

    quantity: str
    value: float | None
    units: Sequence[int] | None
    steps: Sequence[int] | None
    ends: tuple[float, float] = (0.0, 1.0)


def what_if(shown: Shown, *, clamps: Sequence[Held] = (), quantity: str = "hidden_state", follows: bool = False) -> str:
    """Both runs, and one quantity in each.

    Parameters
    ----------
    clamps : that hold something
    quantity : which is compared
    follows : whether the network says which symbols may follow
    """
    lines = [*shown.opening(), *shown.ordered(), "", "# What is held.", "clamps = []"]
    if any(each.value is None for each in clamps):
        lines[1:1] = ["import numpy as np", ""]
    for each in clamps:
        lines += _held(each, shown)
    base = "trace" if shown.before is None else shown.run(literal(shown.before))
    # The page's own decimals come of the same run, so where nothing is held there is one run.
    changed = shown.run("text", "clamps") if clamps else "trace"
    lines += [
        f"before = {base}",
        f"changed = {changed}",
        "edit = " + call("lv.compare", "before", "changed", **shown.place),
        "",
        "numbers = {",
        *predictions("changed", "changed", follows=follows),
        *predictions("before", "before", follows=follows),
        '    "change": edit.changes["hidden_state"],',
        "}",
        "",
    ]
    options = {"quantity": quantity, **shown.place, "units": Code("rows"), **shown.looks}
    return together(*lines, "figure = " + call("lv.figures.what_if", "before", "changed", **options), "figure")


def _held(each: Held, shown: Shown) -> list[str]:
    where = {
        name: _places(found) for name, found in (("units", each.units), ("steps", each.steps)) if found is not None
    }
    if each.value is not None:
        made = call("lv.Clamp", literal(each.quantity), literal(each.value), **where, **shown.place)
        return [f"clamps.append({made})"]
    low, high = each.ends
    units = where.pop("units", Code("range(layer.units)")).text
    ends = ", ".join(
        "np.inf" if end == float("inf") else "-np.inf" if end == -float("inf") else repr(end) for end in (low, high)
    )
    made = call("lv.Clamp", literal(each.quantity), "float(means[k])", units=Code("k"), **where, **shown.place)
    return [
        f'means = np.clip(layer["{each.quantity}"].mean(axis=0, dtype=np.float64), {ends})  # of the text as it is now',
        f"clamps += [{made} for k in {units}]",
    ]


def _places(indices: Sequence[int]) -> Code:
    """Units or steps: a range where they are one, else a list."""
    first, last = indices[0], indices[-1]
    if len(indices) > 2 and list(indices) == list(range(first, last + 1)):
        return Code(f"range({first}, {last + 1})")
    return Code(literal(list(indices)))
