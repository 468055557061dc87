"""What takes a moment to work out, and is remembered: errors by length, gradients by distance, scores of trainings."""

from functools import lru_cache

import numpy as np

from lstm_viz.cells import CELLS
from lstm_viz.lessons.references.names import label_of
from lstm_viz.lessons.references.reference import Far
from lstm_viz.lessons.references.runs import Floats
from lstm_viz.lessons.references.scale import Scale
from lstm_viz.sources import cells_of, shipped
from lstm_viz.tasks.made import MADE
from lstm_viz.tasks.results import TASKS_TRIED, result, results
from lstm_viz.tasks.uploaded import NAME as UPLOAD
from lstm_viz.ui.pages.cells_compared.lengths import LENGTHS, error_at
from lstm_viz.ui.pages.vanishing.view import Vanishing
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import lacks_own
from lstm_viz.ui.views.view import View
from lstm_viz.words.phrases import listing

SMALLEST = 1e-12
"""Where the scale of a gradient ends, unless the gradient falls further."""
FURTHEST = 300
"""Negative power of ten past which a gradient is written as this small: no float holds a smaller one."""
LONGEST = 2000
"""Longest sequence on which an error is measured."""


def far_number(reference: Far, view: View) -> tuple[float, Scale]:
    """A number that takes a moment. ValueError says why there is none."""
    if reference.kind == "score":
        return _score(reference.cell, view), Scale(0, 1, decimals=3, colour=_colour(reference.cell))
    assert reference.at is not None
    if reference.kind == "error":
        if not 2 <= reference.at <= LONGEST:
            raise ValueError(f"a length of {reference.at:,}; errors are measured from 2 to {LONGEST:,} steps")
        return _error(view, reference.cell, reference.at), _error_scale(view, reference.cell)
    sizes = _gradient(view, reference)
    if reference.at >= len(sizes):
        raise ValueError(f"a distance of {reference.at:,}; in this view gradients go back {len(sizes) - 1:,} steps")
    return float(sizes[reference.at]), gradient_scale(sizes, reference.cell)


def far_curve(reference: Far, view: View) -> tuple[Floats, tuple[str, ...], Scale]:
    """A curve that takes a moment, what stands below its values, and its scale; as `far_number`."""
    if reference.kind == "error":
        values = np.array([_error(view, reference.cell, length) for length in LENGTHS])
        return values, tuple(f"{length:,}" for length in LENGTHS), _error_scale(view, reference.cell)
    sizes = _gradient(view, reference)
    return sizes, tuple(str(k) for k in range(len(sizes))), gradient_scale(sizes, reference.cell)


def gradient_scale(sizes: Floats, cell: str) -> Scale:
    """By powers of ten, as far down as the curve goes, in large steps."""
    low, high = SMALLEST, 10.0
    while sizes.min() < low and low > 10.0**-FURTHEST:
        low = max(low * SMALLEST, 10.0**-FURTHEST)
    while sizes.max() > high:
        high *= 1e6
    return Scale(low, high, log=True, colour=_colour(cell))


def _error_scale(view: View, cell: str) -> Scale:
    return Scale(0, 1, decimals=3, colour=_colour(cell))


def _error(view: View, cell: str, length: int) -> float:
    task = view.settings.task if view.settings.task in MADE else view.settings.memory_task
    _expect(cell, cells_of(task), f"“{task}”")
    return error_at(shipped(task, cell), length)


def _gradient(view: View, reference: Far) -> Floats:
    if view.settings.task == UPLOAD and view.settings.networks == "trained":
        raise ValueError("gradients of an uploaded network are on its own page; refer to one that ships")
    return np.power(10.0, np.maximum(_log_sizes(view.settings, reference.cell, reference.state), -FURTHEST))


def _log_sizes(settings: Settings, cell: str, state: str) -> Floats:
    """log₁₀ of the size of the gradient with respect to a state, by how many steps before the end."""
    view = Vanishing.of(settings)
    # Which network of a reader's own is meant depends on whose session this is, and settings alone do not say that.
    if any(each.private for each in view.sources.values()) or lacks_own(settings):
        return _measured(view, cell, state)
    return _remembered(settings, cell, state)


@lru_cache(maxsize=32)
def _remembered(settings: Settings, cell: str, state: str) -> Floats:
    return _measured(Vanishing.of(settings), cell, state)


def _measured(view: Vanishing, cell: str, state: str) -> Floats:
    if view.problem:
        raise ValueError(view.problem)
    _expect(cell, view.cells, "this view of Vanishing gradient")
    flow = view.piece(cell)
    if state not in flow.direction:
        raise ValueError(
            f"the {CELLS[cell].title} has no {label_of(state)}, so there is no gradient with respect to it"
        )
    return np.asarray(flow.log10(state)[::-1])


def _score(cell: str, view: View) -> float:
    """The median over seeds when training ends, where the variant lab's learning curve stops."""
    task = view.settings.memory_task if view.settings.memory_task in TASKS_TRIED else TASKS_TRIED[0]
    _expect(cell, [each.cell.name for each in results(task)], "the variant lab")
    return float(np.median(result(task, cell).scores[-1]))


def _expect(cell: str, there: object, where: str) -> None:
    names = list(dict.fromkeys(there))  # type: ignore[call-overload]
    if cell not in names:
        raise ValueError(
            f"there is no {CELLS[cell].title} in {where}; there is {listing([CELLS[n].title for n in names])}"
        )


def _colour(cell: str) -> str:
    return cell if cell in ("lstm", "gru", "rnn") else "variant"
