"""PyTorch's hidden states for the browser to hold its own against: a sample, or all of them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from lstm_viz.trace import Array, LayerTrace

STEPS, UNITS = 8, 16
"""How many steps and units a sample has, from the first to the last of each."""


class Sample(TypedDict):
    """Which steps and units are compared."""

    steps: list[int]
    units: list[int]


def check(layers: Mapping[str, LayerTrace], *, all_of_them: bool = False) -> tuple[dict[str, Sample], dict[str, Array]]:
    """What the browser compares, by the name of a layer on show: which steps and units, and their hidden states.

    Parameters
    ----------
    layers : those whose numbers the page shows
    all_of_them : whether every step and unit is sent, rather than a few of each
    """
    samples: dict[str, Sample] = {}
    arrays: dict[str, Array] = {}
    for name, layer in layers.items():
        hidden = layer.hidden_state
        many, wide = hidden.shape
        steps = _spread(many, many if all_of_them else STEPS)
        units = _spread(wide, wide if all_of_them else UNITS)
        samples[name] = {"steps": steps.tolist(), "units": units.tolist()}
        arrays[f"check {name}"] = hidden[np.ix_(steps, units)]
    return samples, arrays


@lru_cache(maxsize=256)
def _spread(size: int, most: int) -> NDArray[np.intp]:
    """So many places at most among as many as there are, from the first to the last."""
    places = np.unique(np.linspace(0, size - 1, min(size, most)).round().astype(np.intp))
    places.flags.writeable = False
    return places
