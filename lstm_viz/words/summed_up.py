"""A few lines on what the gates and states of a model do, from their summary."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import numpy as np

from lstm_viz.analysis.tally import QuantitySummary
from lstm_viz.cells import CELLS
from lstm_viz.words.phrases import count, listing, number, percent

_NAMED = 8
"""Units that a line names."""


def describe_summary(parts: Sequence[QuantitySummary], sequences: Mapping[str, int], steps: Mapping[str, int]) -> str:
    """For each layer and direction its gates, and where there are such, its dead units and what is not finite.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> traces = lstm_viz.trace(torch.nn.GRU(3, 8), torch.randn(5, 2, 3))
    >>> str(lstm_viz.summary(traces)).splitlines()[0]
    'Layer 0, forward, GRU of 8 units, over 2 sequences of 10 steps in all:'
    """
    lines = []
    for (module, layer, direction), each in groupby(parts, key=lambda part: (part.module, part.layer, part.direction)):
        quantities = list(each)
        cell, units = CELLS[quantities[0].cell], len(quantities[0].mean)
        place = f"{module}, layer" if module else "Layer"
        over = f"{count(sequences[module], 'sequence')} of {count(steps[module], 'step')} in all"
        lines.append(f"{place} {layer}, {direction}, {cell.title} of {count(units, 'unit')}, over {over}:")
        lines += [f"  {line}" for line in _lines(quantities)]
    return "\n".join(lines)


def _lines(quantities: Sequence[QuantitySummary]) -> list[str]:
    said = "; ".join(_one(part) for part in quantities)
    lines = [said[0].upper() + said[1:] + "."]
    for part in quantities:
        dead = np.flatnonzero(part.dead)
        if part.quantity == "hidden_state" and dead.size:
            lines.append(f"{_some(dead)} dead: the hidden state never moves.")
    wrong = [part for part in quantities if part.not_finite.any()]
    if wrong:
        part = min(wrong, key=lambda part: min(map(tuple, part.first_not_finite[part.not_finite > 0].tolist())))
        sequence, step = min(map(tuple, part.first_not_finite[part.not_finite > 0].tolist()))
        names = listing([part.definition.label.lower() for part in wrong])
        worst = max(wrong, key=lambda part: int((part.not_finite > 0).sum()))
        units = count(int((worst.not_finite > 0).sum()), "unit")
        where = f"step {step} of sequence {sequence}, in the {part.definition.label.lower()}"
        lines.append(f"Not finite: {names}, in up to {units}; first at {where}.")
    return lines


def _one(part: QuantitySummary) -> str:
    mean, std = part.overall
    label = part.definition.label.lower()
    if np.isnan(mean):
        return f"{label} never finite"
    text = f"{label} {number(mean)} ± {number(std)}"
    if part.is_gate:
        text += f" ({percent(part.share(part.shut))} shut, {percent(part.share(part.open))} open)"
    return text


def _some(units: Iterable[int]) -> str:
    """Units by their numbers, the first few of many."""
    found = list(units)
    names = listing([str(unit) for unit in found[:_NAMED]]) if len(found) <= _NAMED else ""
    if len(found) == 1:
        return f"Unit {names} is"
    return f"Units {names} are" if names else f"{len(found)} units, such as {', '.join(map(str, found[:_NAMED]))}, are"
