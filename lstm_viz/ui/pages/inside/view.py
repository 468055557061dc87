"""One cell as data for the browser: the drawing, the equations and all their numbers.

The numbers of every step and unit go to the browser once; stepping, playing, hovering and changing the notation need no
server. A message that only answers a choice leaves them out where the browser says that it `has` them.
"""

from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

from lstm_viz.analysis.equations.step_numbers import StepNumbers, step_numbers
from lstm_viz.analysis.equations.weighted_sums import LayerWeights
from lstm_viz.cells import NOTATIONS, Cell
from lstm_viz.cells.expression import expression_of, key_of, matrix_products
from lstm_viz.trace import Array
from lstm_viz.ui.pages.inside.fields import SPEEDS
from lstm_viz.ui.pages.inside.header import cell_header
from lstm_viz.ui.views.colours import cell_colours
from lstm_viz.ui.views.envelope import Parts, envelope
from lstm_viz.ui.views.input_field import strange
from lstm_viz.ui.views.view import View

WINDOW = 200
"""Steps whose numbers are sent at once, where a text has many more."""
WHOLE = 240
"""Texts of up to so many steps are sent whole."""
_PACE = 50  # steps by which the window moves on


def inside_message(view: View, has: str = "") -> Parts:
    """All that the page shows: header and arrays.

    Parameters
    ----------
    has : the key of the numbers that the browser has
    """
    common, arrays = envelope(view)
    header: dict[str, Any] = {
        **common,
        "themes": cell_colours(view.model.cell, all_quantities=True),
        "key": "",
        "notations": list(NOTATIONS.items()),
        "notation": view.settings.notation,
        "speeds": [(name, f"{name}×") for name in SPEEDS],
        "speed": view.settings.speed,
    }
    if view.trace is None:
        return header, arrays
    first, stop = window(view.step, len(view.run))
    key = f"{crc32(repr((view.source.name, view.place, first, stop, view.reading.tokens)).encode()):08x}"
    header |= {
        "steps": len(view.run),
        "units": view.layer.units,
        "chosen": {"step": view.step, "unit": view.unit},
        "order": view.source.order(view.place, "similarity"),
        "key": key,
        "first": first,
    }
    if key == has:
        return header, arrays
    page, numbers = InsideView(view).parts(slice(first, stop))
    return header | {"sheet": page}, arrays | numbers


@dataclass(frozen=True, eq=False)
class InsideView:
    """What the browser keeps: the drawing, the equations, and the numbers of some steps."""

    view: View

    def parts(self, steps: slice) -> Parts:
        """Header and arrays."""
        view, layer = self.view, self.view.layer
        weights, inputs = view.source.weights(layer), view.source.inputs(view.run, view.place)
        numbers = step_numbers(layer, weights, inputs, steps)
        unknown = strange(view.model, view.reading.tokens)
        page = cell_header(layer, numbers, inputs.shape[1]) | {
            "labels": list(view.run.labels[steps]),
            "unknown": [step - steps.start for step in unknown if steps.start <= step < steps.stop],
            "backward": layer.direction == "backward",
        }
        return page, _arrays(layer.definition, numbers, weights, inputs[steps])


def _arrays(cell: Cell, numbers: StepNumbers, weights: LayerWeights, inputs: Array) -> dict[str, Array]:
    """Values by name; the decimals of each line in one number; the weights, by quantity."""
    arrays: dict[str, Array] = dict(numbers.values)
    for line in numbers.lines:
        # Four bits a stage: float32 holds the six stages that fit into 24 bits exactly.
        packed = np.sum([row.astype(np.int64) << (4 * k) for k, row in enumerate(line.digits)], axis=0)
        arrays[f"digits {line.equation.quantity}"] = np.where(line.holds, packed, -packed).astype(np.float32)
    for name in weights.input:
        arrays[f"weights of inputs for {name}"] = weights.input[name]
        arrays[f"weights of hidden_state- for {name}"] = weights.hidden[name]
    for quantity in cell.quantities:
        for product in matrix_products(expression_of(cell, quantity.name)):
            arrays[f"weights of {key_of(product.argument)} for {quantity.name}"] = weights.parameters[product.name]
    return arrays | {"inputs": inputs}


def window(step: int, steps: int) -> tuple[int, int]:
    """Which steps are sent: all of a short text; of a longer one so many around the chosen step, moving on in jumps.

    Examples
    --------
    >>> window(7, 30), window(500, 1000), window(999, 1000)
    ((0, 30), (400, 600), (800, 1000))
    """
    if steps <= WHOLE:
        return 0, steps
    middle = min(step, steps - 1) // _PACE * _PACE
    first = max(0, min(middle - WINDOW // 2, steps - WINDOW))
    return first, first + WINDOW
