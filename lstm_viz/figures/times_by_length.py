"""How long something takes by the length of a sequence, in several ways, as a multiple of one of them."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.arguments import choice, given
from lstm_viz.figures.arguments import floats, mapping_of
from lstm_viz.figures.chart import DASHES, Chart, Series
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.figures.style import LIGHT

if TYPE_CHECKING:
    import plotly.graph_objects as go


def times_by_length(
    lengths: Sequence[int],
    times: Mapping[str, NDArray[Any]],
    *,
    base: str,
    theme: str = "light",
    caption: bool = True,
) -> "go.Figure":
    """One line a way, in powers of ten; the way to which all are compared lies at 1.

    Parameters
    ----------
    lengths : n of them, rising
    times : what is timed → (n,) seconds, above 0
    base : which of them the others are divided by
    theme : "light" or "dark"
    caption : whether to say what is in it

    Raises
    ------
    ValueError
        for times that are not one a length or not above 0, lengths that do not rise, and a base that is none of them.
    TypeError
        for what are no numbers, and options of another kind.

    Examples
    --------
    >>> times = {"loop": np.array([0.1, 0.8]), "at once": np.array([0.1, 0.2])}
    >>> figure = times_by_length([32, 256], times, base="at once")
    >>> figure.data[0].name, figure.data[0].customdata
    ('loop', ('1', '4'))
    """
    long = floats(lengths, "lengths", (None,), "rising")
    if not all(0 < low < high for low, high in pairwise([0.5, *long.tolist()])):
        raise ValueError(f"lengths: got {given(lengths)}; expected numbers from 1 that rise")
    found = {
        label: floats(each, f"times: {label}", (len(long),), "one a length")
        for label, each in mapping_of(times, "times", "numbers").items()
    }
    for label, each in found.items():
        if not (each > 0).all():
            raise ValueError(f"times: {label}: got {given(each.tolist())}; expected seconds above 0")
    return line_chart(
        times_by_length_chart(long, found, base=choice(base, "base", tuple(found))), theme=theme, caption=caption
    )


def times_by_length_chart(
    lengths: NDArray[Any], times: Mapping[str, NDArray[Any]], *, base: str, looks: Mapping[str, tuple[str, str]] = {}
) -> Chart:
    """The same as plain data; looks: what is timed → (colour, dash), by default whatever is left."""
    ratios = {label: np.log10(each / times[base]) for label, each in times.items()}
    spare = [(colour, dash) for dash in DASHES for colour in LIGHT.cells]
    drawn = {label: looks.get(label, spare[k % len(spare)]) for k, label in enumerate(times)}
    every = np.concatenate([*ratios.values()])
    said = "; ".join(
        f"{label} {times[label][0] / times[base][0]:.2g} and {times[label][-1] / times[base][-1]:.2g} times"
        for label in times
        if label != base
    )
    return Chart(
        name="times",
        title=f"A training step, as a multiple of that of {base}",
        caption=f"At {lengths[0]:,.0f} steps and at {lengths[-1]:,.0f}: {said}.",
        x=np.arange(len(lengths), dtype=float),
        x_label="steps of a sequence",
        x_names=[f"{length:,.0f}" for length in lengths],
        series=[Series(each, label, *drawn[label]) for label, each in ratios.items()],
        y_range=(float(np.floor(every.min())), float(max(np.ceil(every.max()), np.floor(every.min()) + 1))),
        power=True,
        points=True,
        height=300,
    )
