"""What the figures of a memory share: which unit of which layer is split, and of which tokens."""

from typing import Any

import numpy as np

from lstm_viz.analysis.memory.ledger import Ledger, memory_ledger
from lstm_viz.arguments import given, whole
from lstm_viz.figures.arguments import Labels, labels_of, place_of, run_of
from lstm_viz.trace import LayerTrace, Trace

Run = Ledger | Trace | LayerTrace


def unit_of(
    ledger: Run, labels: Labels, unit: int | None, *, layer: int = 0, direction: str = "forward"
) -> tuple[Ledger, int, tuple[str, ...]]:
    """A ledger with the unit asked for, the unit's place in it, and one label a step.

    Parameters
    ----------
    ledger : a ledger, or a run or a layer whose unit is to be split
    labels : T token labels, or the trace that has them; the run's own by default, else the step numbers
    unit : which unit; the first one by default
    layer, direction : which layer of a run

    Raises
    ------
    ValueError
        for a layer or a unit that does not exist, a cell without a memory, and labels that are not one a step.
    TypeError
        for what is none of the three.
    """
    if isinstance(ledger, Ledger):
        tokens = labels_of(labels, len(ledger.layer), whose="the ledger")
        number = int(ledger.units[0]) if unit is None else whole(unit, "unit")
        places = np.flatnonzero(ledger.units == number)
        if not places.size:
            has = ", ".join(map(str, ledger.units[:20])) + ", …" * (len(ledger.units) > 20)
            raise ValueError(f"unit: {given(number)} is not in this ledger, which has {has}")
        return ledger, int(places[0]), tokens
    chosen, tokens = layer_of(ledger, labels, layer=layer, direction=direction)
    number = place_of(0 if unit is None else unit, "unit", chosen.units, "the layer has")
    return memory_ledger(chosen, units=[number]), 0, tokens


def layer_of(
    run: Run, labels: Labels, *, layer: int = 0, direction: str = "forward"
) -> tuple[LayerTrace, tuple[str, ...]]:
    """The layer whose memory is drawn, and one label a step; as `unit_of`."""
    found: Any = run.layer if isinstance(run, Ledger) else run
    if not isinstance(found, (Trace, LayerTrace)):
        raise TypeError(
            f"ledger: got {given(run)}; expected a Ledger, as lstm_viz.memory_ledger makes it, a Trace, or one of "
            "its layers"
        )
    return run_of(found, labels, layer=layer, direction=direction)


def reads_backward(layer: LayerTrace) -> bool:
    """Whether a layer reads from the last step to the first: what it put in last then stands first."""
    return layer.direction == "backward"
