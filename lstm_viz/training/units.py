"""Finds the unit that follows a property best, on one sample, and scores it on another."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from lstm_viz import capture
from lstm_viz.tasks.network import Network

Array = NDArray[Any]


@dataclass(frozen=True)
class Sample:
    """States of every unit after every step, (N, H) by quantity, and the properties that hold then, (N,) by name."""

    values: Mapping[str, Array]
    properties: Mapping[str, Array]


@dataclass(frozen=True)
class Finding:
    """The unit of a state that follows a property best, with its score where it was chosen and on other text."""

    property: str
    quantity: str
    unit: int
    measure: str
    chosen_at: float
    score: float
    steps: int


def findings(choose: Sample, judge: Sample) -> list[dict[str, Any]]:
    """For every property, the unit that follows it best on `choose`, scored on `judge`."""
    return [asdict(_finding(name, choose, judge)) for name in choose.properties]


def _finding(name: str, choose: Sample, judge: Sample) -> Finding:
    yes_or_no = choose.properties[name].dtype == bool
    measure = area if yes_or_no else correlations
    scores = {quantity: measure(values, choose.properties[name]) for quantity, values in choose.values.items()}
    quantity = max(scores, key=lambda quantity: float(np.abs(scores[quantity]).max()))
    unit = int(np.abs(scores[quantity]).argmax())
    score = measure(judge.values[quantity][:, unit : unit + 1], judge.properties[name])[0]
    chosen_at = float(scores[quantity][unit])
    label = "correlation"
    if yes_or_no:
        label = "area under the ROC curve; 0.5 is chance"
        chosen_at, score = 0.5 + chosen_at / 2, 0.5 + score / 2
    return Finding(
        property=name,
        quantity=quantity,
        unit=unit,
        measure=label,
        chosen_at=round(chosen_at, 4),
        score=round(float(score), 4),
        steps=len(judge.properties[name]),
    )


def correlations(values: Array, target: Array) -> Array:
    """Pearson's correlation of each column with the target; 0 where one of them does not vary."""
    values, target = values - values.mean(0), target - target.mean()
    spread = np.sqrt((values**2).sum(0) * (target**2).sum())
    return np.asarray(target @ values / np.where(spread > 0, spread, np.inf))


def area(values: Array, target: Array) -> Array:
    """How well each column tells yes from no: P(higher where yes) − P(lower where yes); ±1 is perfect, 0 is chance."""
    yes = int(target.sum())
    ranks = (target[values.argsort(0)] * np.arange(len(target))[:, None]).sum(0)
    return np.asarray(2 * (ranks - yes * (yes - 1) / 2) / max(yes * (len(target) - yes), 1) - 1)


def sample(network: Network, sequences: Iterable[tuple[Array, Mapping[str, Array]]]) -> Sample:
    """States and properties of many sequences, one after the other; each is read with an empty memory."""
    states = ("cell_state", "hidden_state") if network.cell == "lstm" else ("hidden_state",)
    values: dict[str, list[Array]] = {name: [] for name in states}
    properties: dict[str, list[Array]] = {}
    for symbols, holds in sequences:
        with torch.no_grad():
            layer = capture.trace(network.recurrent, network.embed(torch.as_tensor(symbols))).layers[0]
        for name in states:
            values[name].append(layer[name])
        for name, held in holds.items():
            properties.setdefault(name, []).append(held)
    return Sample(*({name: np.concatenate(parts) for name, parts in both.items()} for both in (values, properties)))
