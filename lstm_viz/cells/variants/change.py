"""How a variant is told: by what it changes in the LSTM. Its drawing is the LSTM's, all that stays in its place."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lstm_viz.cells.definition import Cell, Quantity
from lstm_viz.cells.drawing import Drawing, Stage
from lstm_viz.cells.lstm import LSTM

GREFF = "Greff et al. 2015, from PyTorch's LSTM"


def variant(
    name: str,
    title: str,
    summary: str,
    *changed: Quantity,
    source: str = GREFF,
    without: str = "",
    order: Sequence[str] = (),
    notes: tuple[str, ...] = (),
    **drawing: Any,
) -> Cell:
    """The LSTM with some quantities changed, and perhaps one left out.

    Parameters
    ----------
    changed : what stands in place of the LSTM's quantities of the same names
    without : the name of a quantity that is not there
    order : names in the order of computation, where that is not the LSTM's
    drawing : see `lstm_drawing`
    """
    quantities = {q.name: q for q in LSTM.quantities if q.name != without} | {q.name: q for q in changed}
    return Cell(
        name=name,
        title=title,
        source=source,
        summary=summary,
        quantities=tuple(quantities[each] for each in order or quantities),
        notes=notes,
        drawing=lstm_drawing(without=without, **drawing),
    )


def changed(name: str, **changes: Any) -> Quantity:
    """One of the LSTM's quantities, changed."""
    return replace(LSTM[name], **changes)


def lstm_drawing(stages: tuple[Stage, ...] = (), without: str = "", untold: str = "", **changes: Any) -> Drawing:
    """The LSTM's drawing without a quantity and its products, with stages told anew, and one not told."""
    gone = tuple(part for part in LSTM.drawing.places if without in part.split(" * "))
    told = {stage.title: stage for stage in stages} | ({untold: None} if untold else {})
    return LSTM.drawing.changed(without=gone, stages=told, **changes)
