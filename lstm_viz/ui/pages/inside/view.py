"""Settings in, one message to the view of one cell out: the drawing, the equations and all their numbers.

The numbers of every step and unit go to the browser once; stepping, playing, hovering and changing the notation need no
server. A message that only answers a choice leaves them out where the browser says that it `has` them.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np

from lstm_viz.analysis.equations.step_numbers import StepNumbers, step_numbers
from lstm_viz.analysis.equations.weighted_sums import LayerWeights, layer_inputs, layer_weights
from lstm_viz.cells import NOTATIONS, Cell
from lstm_viz.cells.expression import expression_of, key_of, matrix_products
from lstm_viz.trace import Array, LayerTrace, Trace
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.pages.inside.header import cell_header, scales_of
from lstm_viz.ui.settings.settings import SPEEDS, Settings
from lstm_viz.ui.views.editor import strange
from lstm_viz.ui.views.view import View, reference_order

WINDOW = 200
"""Steps whose numbers are sent at once, where a text has many more."""
WHOLE = 240
"""Texts of up to so many steps are sent whole."""
_PACE = 50  # steps by which the window moves on


@dataclass(frozen=True, eq=False)
class InsideView:
    """One state of the page, worked out from its settings alone."""

    settings: Settings

    @cached_property
    def view(self) -> View:
        """The text, the model and its run."""
        return View(self.settings)

    @cached_property
    def layer(self) -> LayerTrace:
        """The chosen layer and direction, or the nearest there is."""
        layers = self._trace.layers
        wanted = (min(self.settings.layer, layers[-1].index), self.settings.direction)
        return next((each for each in layers if (each.index, each.direction) == wanted), layers[0])

    @property
    def _trace(self) -> Trace:
        assert self.view.trace is not None
        return self.view.trace

    def message(self, edits: int, received: int, has: str = "") -> bytes:
        """The page as bytes, saying how many edits and messages of the browser's it takes in.

        Parameters
        ----------
        has : the key of the numbers that the browser has
        """
        header, arrays = self.view.editing()
        header |= {"edits": edits, "received": received, "key": ""}
        header |= {
            "notations": list(NOTATIONS.items()),
            "notation": self.settings.notation,
            "speeds": [(name, f"{name}×") for name in SPEEDS],
            "speed": self.settings.speed,
        }
        if self.view.trace is not None:
            first, stop = window(self.settings.step, len(self._trace))
            model, tokens = self.view.model, self.view.reading[0]
            where = (model.task.name, model.task.unit, model.cell, self.layer.index, self.layer.direction, first, stop)
            key = f"{crc32(repr((*where, tokens)).encode()):08x}-{len(tokens)}"
            header |= self._chosen() | {"key": key, "first": first}
            if key != has:
                page, numbers = self._page(slice(first, stop))
                header |= page
                arrays |= numbers
        return pack(header, arrays)

    def _chosen(self) -> dict[str, Any]:
        layers = [[f"{each.index} {each.direction}", each.name.capitalize()] for each in self._trace.layers]
        settings = self.settings
        return {
            "steps": len(self._trace),
            "units": self.layer.units,
            "chosen": {
                "step": min(settings.step, len(self._trace) - 1),
                "unit": min(settings.unit, self.layer.units - 1),
            },
            "layers": layers,
            "layer": f"{self.layer.index} {self.layer.direction}",
        }

    def _page(self, steps: slice) -> tuple[dict[str, Any], dict[str, Array]]:
        """What the browser keeps: the drawing, the equations, and the numbers of some steps."""
        layer, model = self.layer, self.view.model
        weights = layer_weights(model.network.recurrent, layer)
        inputs = layer_inputs(self._trace, layer)
        numbers = step_numbers(layer, weights, inputs, steps)
        unknown = strange(model, self.view.reading[0])
        order = reference_order(model.task.name, model.cell, "similarity")
        page = cell_header(layer, numbers, inputs.shape[1]) | {
            "labels": list(self._trace.labels[steps]),
            "unknown": [step - steps.start for step in unknown if steps.start <= step < steps.stop],
            "order": order if len(order) == layer.units else list(range(layer.units)),
            "backward": layer.direction == "backward",
            "themes": scales_of(layer.cell),
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
