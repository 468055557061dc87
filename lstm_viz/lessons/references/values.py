"""What references amount to in a view: numbers, curves and places, all from the runs themselves."""

from dataclasses import dataclass

import numpy as np

from lstm_viz.lessons.quoting import short
from lstm_viz.lessons.references.far import far_curve, far_number
from lstm_viz.lessons.references.reference import (
    Count,
    CurveLike,
    Far,
    Measure,
    Number,
    NumberLike,
    Place,
    Power,
    Product,
    StepAt,
)
from lstm_viz.lessons.references.runs import Floats, Ran, shifted
from lstm_viz.lessons.references.scale import Scale, scale_of
from lstm_viz.ui.views.view import View

SAID = 12
"""Tokens of a text that a sentence quotes."""


@dataclass(frozen=True)
class Value:
    """A number worked out, and the scale that says how it is written."""

    value: float
    scale: Scale

    @property
    def said(self) -> str:
        """As a sentence says it, with its unit."""
        return self.scale.shown(self.value)


@dataclass(frozen=True, eq=False)
class Course:
    """A curve worked out: values (n,) over labels, with their scale; ``axis``: what the labels are of."""

    values: Floats
    labels: tuple[str, ...]
    scale: Scale
    axis: str = "step"


@dataclass(frozen=True)
class Found:
    """A place worked out: all steps or units that are as extreme as one can see, the most extreme first."""

    what: str
    places: tuple[int, ...]
    labels: tuple[str, ...]


def number_of(reference: NumberLike, view: View) -> Value:
    """A number in a view. ValueError says why there is none."""
    if isinstance(reference, Far):
        return Value(*far_number(reference, view))
    if isinstance(reference, Power):
        return Value(view.settings.factor**view.settings.power, Scale(1e-12, 1e12, log=True))
    if isinstance(reference, Count):
        ran = Ran.of(view, Measure("answer").run)
        return Value(float(ran.layer.units if reference.of == "units" else len(ran.trace)), Scale.counted())
    if isinstance(reference, Product):
        found = [number_of(each, view) for each in reference.factors]
        return Value(float(np.prod([each.value for each in found])), found[-1].scale)
    ran, values = _course(reference.measure, view)
    step = view_step(view, ran) if reference.at is None else step_of(reference.at, view)
    if reference.before:
        return Value(_before(reference, ran, values, step), scale_of(reference.measure, ran))
    return Value(float(values[step]), scale_of(reference.measure, ran))


def curve_of(reference: CurveLike, view: View) -> Course:
    """A curve in a view; as `number_of`."""
    if isinstance(reference, Far):
        return Course(*far_curve(reference, view), "length" if reference.kind == "error" else "distance")
    ran, values = _course(reference.measure, view)
    return Course(values, ran.labels, scale_of(reference.measure, ran))


def place_of(reference: Place, view: View) -> Found:
    """A place in a view; as `number_of`."""
    if reference.what == "unit":
        ran, sizes = _over_units(reference, view)
    elif reference.extreme == "put":
        ran, sizes = _put(reference, view)
    else:
        ran, values = _course(reference.measure, view)
        if reference.extreme in ("above", "below"):
            return Found("step", (_first(reference, values),), ran.labels)
        sizes = _sizes(reference.extreme, values, _found_before(reference.measure, ran, values))
    labels = ran.labels if reference.what == "step" else tuple(str(k) for k in range(len(sizes)))
    return Found(reference.what, _largest(sizes, scale_of(reference.measure, ran).decimals), labels)


def step_of(at: StepAt | Place, view: View) -> int:
    """Which step a reference to one means. ValueError names a token or a step that there is not."""
    if isinstance(at, Place):
        if at.what != "step":
            raise ValueError(f"“{short(at.said)}” is a unit, and a step is wanted here")
        return place_of(at, view).places[0]
    return named_step(at, tuple(view.run.labels) if view.trace else (), view.reading.tokens)


def named_step(at: StepAt, labels: tuple[str, ...], tokens: tuple[str, ...]) -> int:
    """Which of some tokens is named, as typed or as it is shown; as `step_of`."""
    if not tokens:
        raise ValueError("the text has no tokens")
    if not at.token:
        step = len(tokens) - 1 if at.end else at.number
        if step >= len(tokens):
            raise ValueError(f"there is no step {step}; steps run from 0 to {len(tokens) - 1}")
        return step
    for same in (str, str.lower):
        found = [k for k, each in enumerate(tokens) if same(at.token) in {same(each), same(labels[k])}]
        if found and at.number < len(found):
            return found[-1] if at.end else found[at.number]
        if found:
            times = "once" if len(found) == 1 else f"{len(found)} times"
            raise ValueError(f"“{at.token}” is in the text only {times}")
    start = short(" ".join(short(label, 20) for label in labels[:SAID]) + (" …" if len(labels) > SAID else ""))
    raise ValueError(f"“{at.token}” is not a token of the text, which is: {start}")


def view_step(view: View, ran: Ran) -> int:
    """The step that a view shows."""
    return min(view.settings.step, len(ran.trace) - 1)


def _unit_of(unit: int | Place | None, view: View) -> int | None:
    return place_of(unit, view).places[0] if isinstance(unit, Place) else unit


def _course(measure: Measure, view: View) -> tuple[Ran, Floats]:
    """A measure over all steps, (T,)."""
    ran = Ran.of(view, measure.run)
    if measure.kind in ("label", "answer"):
        values = ran.predictions[:, ran.column(measure.name)]
    elif measure.kind == "share":
        ran.quantity(measure.name)
        unit = ran.unit(_unit_of(measure.unit, view), measure.name)
        assert measure.source is not None
        values = ran.shares(measure.name, unit)[:, step_of(measure.source, view)]
    elif measure.mean:
        return ran, ran.of_all(measure).mean(axis=1)
    else:
        ran.quantity(measure.name)
        unit = ran.unit(_unit_of(measure.unit, view), measure.name)
        return ran, ran.of_all(measure)[:, unit]
    if measure.change:
        values = values - (shifted(values, ran.layer))
    return ran, values


def _found_before(measure: Measure, ran: Ran, values: Floats) -> Floats:
    """What each step found of a course: of a state, its initial value at the first step."""
    if measure.kind == "quantity" and measure.name in ran.layer.initial_state and not measure.change:
        earlier = ran.earlier(measure.name)
        unit = None if measure.mean else ran.unit(_unit_of(measure.unit, ran.view), measure.name)
        return earlier.mean(axis=1) if unit is None else earlier[:, unit]
    return shifted(values, ran.layer)


def _before(reference: Number, ran: Ran, values: Floats, step: int) -> float:
    first = 0 if ran.layer.direction == "forward" else len(values) - 1
    state = reference.measure.kind == "quantity" and reference.measure.name in ran.layer.initial_state
    if step == first and not state:
        raise ValueError(f"“{short(reference.said)}”: nothing comes before the first step")
    return float(_found_before(reference.measure, ran, values)[step])


def _sizes(extreme: str, values: Floats, earlier: Floats) -> Floats:
    """How extreme each value is, the larger the more."""
    moves = values - earlier
    return {
        "lowest": -values,
        "highest": values,
        "furthest": np.abs(values),
        "moves": np.abs(moves),
        "falls": -moves,
        "rises": moves,
    }[extreme]


def _over_units(reference: Place, view: View) -> tuple[Ran, Floats]:
    """How extreme a quantity is in each unit, (H,): at a step, or over the text."""
    ran = Ran.of(view, reference.measure.run)
    values, extreme = ran.of_all(reference.measure), reference.extreme
    earlier = ran.earlier(reference.measure.name)
    if reference.at is not None:
        step = step_of(reference.at, view)
        return ran, _sizes(extreme, values[step], earlier[step])
    if extreme == "moves":
        # Over a whole text, what moves most is what comes furthest from one end of its way to the other.
        return ran, np.ptp(np.concatenate([earlier, values]), axis=0)
    return ran, _sizes(extreme, values, earlier).max(axis=0)


def _put(reference: Place, view: View) -> tuple[Ran, Floats]:
    """How much of a unit's memory at a step each step put there, by size."""
    ran, name = Ran.of(view, reference.measure.run), reference.measure.name
    ran.quantity(name)
    unit = ran.unit(_unit_of(reference.measure.unit, view), name)
    step = view_step(view, ran) if reference.at is None else step_of(reference.at, view)
    return ran, np.abs(ran.shares(name, unit)[step])


def _first(reference: Place, values: Floats) -> int:
    over = values > reference.mark if reference.extreme == "above" else values < reference.mark
    if not over.any():
        raise ValueError(f"“{short(reference.said)}”: it never is {reference.extreme} {reference.mark:g}")
    return int(over.argmax())


def _largest(sizes: Floats, decimals: int) -> tuple[int, ...]:
    """All that look as large as the largest, to so many decimals, the largest first."""
    best = int(sizes.argmax())
    shown = np.round(sizes, decimals)
    same = [int(k) for k in np.flatnonzero(shown == shown[best]) if k != best]
    return (best, *same)
