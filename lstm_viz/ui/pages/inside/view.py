"""One cell as data for the browser: the drawing, the equations and all their numbers.

A browser that does not run the network gets the numbers of every step and unit once; stepping, playing, hovering and
changing the notation need no server. A message that only answers a choice leaves them out where the browser says that
it `has` them. `web/pages/inside/numbers.js` makes the same numbers in the browser.
"""

from functools import lru_cache
from zlib import crc32

import numpy as np

from lstm_viz.analysis.equations.graph import INPUTS
from lstm_viz.analysis.equations.step_numbers import StepNumbers, step_numbers, strips
from lstm_viz.analysis.equations.weighted_sums import LayerWeights
from lstm_viz.cells import CELLS, NOTATIONS, Cell
from lstm_viz.cells.expression import expression_of, key_of, matrix_products
from lstm_viz.figures.style import limits, round_up
from lstm_viz.live_page.colours import cell_colours
from lstm_viz.trace import Array, LayerTrace
from lstm_viz.ui.pages.inside.ends import answers, arriving, read_out
from lstm_viz.ui.pages.inside.fields import SPEEDS
from lstm_viz.ui.pages.inside.message import InsideNumbers, InsideWords, Sheet
from lstm_viz.ui.pages.inside.sheet import cell_sheet
from lstm_viz.ui.views.envelope import Parts, numbers, words
from lstm_viz.ui.views.input_field import strange
from lstm_viz.ui.views.view import View

WINDOW = 200
"""Steps whose numbers are sent at once, where a text has many more."""
WHOLE = 240
"""Texts of up to so many steps are sent whole."""
LARGE = 128
"""Units from which on fewer steps are sent, and of the weights those of the chosen unit alone."""
INTRO = (
    "One step of one unit: what flows where, the same as arithmetic for a calculator, and how what is read becomes a "
    "gate. Point at anything to see where else it stands."
)
"""What the page shows, and how to use it; the keys are listed on it."""
PROJECTED = (
    "This network has a projection: what it shows is a mixture of all its units, so no number here is one unit’s alone "
    "and the arithmetic of a unit cannot be written down. Its gates are on the page Gates over time."
)
"""Why a network with a projection has nothing to show here."""
_PACE = 50  # steps by which the window moves on


def inside_message(view: View, has: str = "") -> Parts:
    """All that the page shows: header and arrays.

    Parameters
    ----------
    has : the key of the numbers that the browser has
    """
    header, arrays = inside_numbers(view, has)
    return {**inside_words(view), **header}, arrays


def inside_words(view: View) -> InsideWords:
    """What only Python can say."""
    recurrent, common = view.model.network.recurrent, words(view)
    if view.source.projected:
        common["problem"] = " ".join(filter(None, [common["problem"], PROJECTED]))
    return {
        **common,
        "themes": cell_colours(view.model.cell, all_quantities=True),
        "notations": list(NOTATIONS.items()),
        "notation": view.settings.notation,
        "speeds": [(name, f"{name}×") for name in SPEEDS],
        "speed": view.settings.speed,
        "stage": view.settings.stage,
        "weighed": view.settings.weighed,
        "intro": INTRO,
        "arriving": arriving(view),
        "readOut": read_out(view),
        "order": view.source.order(view.place, "similarity"),
        "sheet": _sheet(view.model.cell, recurrent.hidden_size, recurrent.bias),
    }


@lru_cache(maxsize=4 * len(CELLS))
def _sheet(cell: str, units: int, has_bias: bool) -> Sheet:
    return cell_sheet(CELLS[cell], units=units, has_bias=has_bias)


def inside_numbers(view: View, has: str = "") -> tuple[InsideNumbers, dict[str, Array]]:
    """What follows from the text; without the numbers of the steps where the browser `has` those of this key."""
    common, arrays = numbers(view)
    if view.trace is None or view.source.projected:
        return {**common}, arrays
    header: InsideNumbers = {
        **common,
        "steps": len(view.run),
        "units": view.layer.units,
        "chosen": {"step": view.step, "unit": view.unit},
    }
    layer, steps = view.layer, slice(*window(view.step, len(view.run), view.layer.units))
    header["key"] = _key(view, steps)
    if header["key"] == has:
        return header, arrays
    weights, inputs = view.source.weights(layer), view.source.inputs(view.run, view.place)
    found = step_numbers(layer, weights, inputs, steps)
    unknown = strange(view.model, view.reading.tokens)
    header |= {
        "first": steps.start,
        "backward": layer.direction == "backward",
        "labels": list(view.run.labels[steps]),
        "unknown": [step - steps.start for step in unknown if steps.start <= step < steps.stop],
        "rows": rows_of(view, steps),
        "answers": answers(view, steps) if view.source.answers_from(view.place) else [],
        "limits": _limits(layer, found, has_bias=weights.has_bias) | {INPUTS: _ends(inputs)},
    }
    of = [view.unit] if layer.units > LARGE else None
    return header, arrays | _arrays(layer.definition, found, weights, inputs[steps], of)


def _key(view: View, steps: slice) -> str:
    """A name for the numbers of some steps."""
    of = view.unit if view.layer.units > LARGE else None
    return f"{crc32(repr((view.source.name, view.place, steps, of, view.reading.tokens)).encode()):08x}"


def _limits(layer: LayerTrace, found: StepNumbers, *, has_bias: bool) -> dict[str, tuple[float, float]]:
    """What the two ends of the scale of every strip of the drawing stand for."""
    ends = {}
    for key, quantity in strips(layer.definition, has_bias=has_bias).items():
        furthest = round_up(found.furthest[key])
        ends[key] = limits(layer, quantity) if quantity else (-furthest, furthest)
    return ends


def _ends(inputs: Array) -> tuple[float, float]:
    """What the two ends of the scale of what arrives stand for, at any step of the run."""
    furthest = round_up(float(np.abs(inputs).max()))
    return -furthest, furthest


def rows_of(view: View, steps: slice) -> list[int]:
    """The row of each token in the embedding table; none where the network reads numbers."""
    model = view.model
    tokens = view.reading.tokens[steps]
    return [int(row) for row in model.task.reader.encode(tokens, model.vocabulary)] if model.vocabulary else []


def _arrays(
    cell: Cell, found: StepNumbers, weights: LayerWeights, inputs: Array, of: list[int] | None
) -> dict[str, Array]:
    """Values by name; the decimals of each line in one number; the weights, by quantity, a row a unit.

    Parameters
    ----------
    of : the units whose weights are sent; None for all
    """
    rows = slice(None) if of is None else of
    arrays: dict[str, Array] = dict(found.values)
    for line in found.lines:
        # Four bits a stage: float32 holds the six stages that fit into 24 bits exactly.
        packed = np.sum([row.astype(np.int64) << (4 * k) for k, row in enumerate(line.digits)], axis=0)
        arrays[f"digits {line.equation.quantity}"] = np.where(line.holds, packed, -packed).astype(np.float32)
    for name in weights.input:
        arrays[f"weights of inputs for {name}"] = weights.input[name][rows]
        if name in weights.hidden:
            arrays[f"weights of hidden_state- for {name}"] = weights.hidden[name][rows]
    for quantity in cell.quantities:
        for product in matrix_products(expression_of(cell, quantity.name)):
            arrays[f"weights of {key_of(product.argument)} for {quantity.name}"] = weights.parameters[product.name][
                rows
            ]
    return arrays | {"inputs": inputs}


def window(step: int, steps: int, units: int = 0) -> tuple[int, int]:
    """Which steps are sent: all of a short text; of a longer one so many around the chosen step, moving on in jumps.

    Of a layer of many units, so many fewer that no more numbers are sent.

    Examples
    --------
    >>> window(7, 30), window(500, 1000), window(999, 1000)
    ((0, 30), (400, 600), (800, 1000))
    """
    less = max(1.0, units / 64) if units > LARGE else 1.0
    whole, sent, pace = (max(4, int(most / less)) for most in (WHOLE, WINDOW, _PACE))
    if steps <= whole:
        return 0, steps
    middle = min(step, steps - 1) // pace * pace
    first = max(0, min(middle - sent // 2, steps - sent))
    return first, first + sent
