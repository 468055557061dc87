"""A state of a training as a model like any other: with its task, and a card of what happened."""

import datetime
import platform
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from lstm_viz.learning.exercises import Batch
from lstm_viz.learning.plan import Plan
from lstm_viz.learning.weights import network_of
from lstm_viz.tasks.model import Model
from lstm_viz.tasks.network import Network
from lstm_viz.tasks.trained import NAME

ITEMS = 100
"""Held-out sequences of each length on which a model is measured."""
HELD_OUT = 0
"""First number of the seeds of held-out sequences; a plan's own seeds begin at 1."""


def model_of(plan: Plan, weights: Mapping[str, Tensor], seconds: float) -> Model:
    """The model with some weights.

    Parameters
    ----------
    plan : what was done: with the updates that were done, and the rates as they were changed on the way
    weights : state dict
    seconds : that training took
    """
    exercise, network = plan.exercise, network_of(plan)
    network.load_state_dict({name: part.detach().clone() for name, part in weights.items()})
    network.eval().requires_grad_(False)
    task = replace(exercise.task(plan.distance), name=NAME, title=plan.title)
    return Model(task, network, exercise.vocabulary, _card(plan, network, seconds))


def measured_on(plan: Plan, size: int, length: int, part: int) -> Batch:
    """Held-out sequences; `part` tells those that are measured on the way from those of the card."""
    return plan.exercise.held_out(np.random.default_rng([HELD_OUT, part]), size, length, plan.distance)


def _card(plan: Plan, network: Network, seconds: float) -> dict[str, Any]:
    """What a shipped network's card has; nothing in it is typed by hand."""
    exercise = plan.exercise
    sizes = {"hidden_size": plan.units, "num_layers": plan.layers}
    scores = _scores(plan, network)
    return {
        "task": plan.task,
        "cell": plan.cell,
        "network": {"cell": plan.cell, **exercise.network(), **sizes},
        "parameters": sum(part.numel() for part in network.parameters()),
        "recurrent_parameters": sum(part.numel() for part in network.recurrent.parameters()),
        "scores": scores,
        "limits": [_worst(plan, scores)],
        "training_range": list(exercise.training_range),
        "vocabulary": list(exercise.vocabulary),
        "settings": _settings(plan),
        "plan": plan.written,
        "chosen_by": "",
        "forget_gate_bias": network.forget_bias,
        "training_seconds": round(seconds, 1),
        "training_clock": "wall",
        "threads": torch.get_num_threads(),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        "data": exercise.data,
        "sha256": dict(exercise.sha256),
        "url": exercise.url,
        "reference": exercise.reference,
        "findings": {},
    }


def _settings(plan: Plan) -> dict[str, Any]:
    """The plan's values that count for its task and cell."""
    left_out = {"task", "cell", "rates"}
    left_out |= set() if plan.task == "echo" else {"distance"}
    left_out |= set() if plan.forgets else {"forget_bias"}
    found = {name: value for name, value in asdict(plan).items() if name not in left_out}
    changes = {f"rate from update {at} on": rate for at, rate in plan.rates}
    return {**found, **changes}


def _scores(plan: Plan, network: Network) -> list[dict[str, Any]]:
    """The score at the plan's length, first, and at half of it and twice it."""
    low, high, *_ = plan.exercise.lengths(plan.distance)
    lengths = dict.fromkeys((plan.length, max(low, plan.length // 2), min(high, 2 * plan.length)))
    return [_score(plan, network, length) for length in lengths]


def _score(plan: Plan, network: Network, length: int) -> dict[str, Any]:
    exercise, batch = plan.exercise, measured_on(plan, ITEMS, length, part=2)
    with torch.no_grad():
        value = exercise.score(network(batch.inputs), batch)
    items, part = exercise.items(batch, length)
    return {"name": exercise.score_at(length), "value": value, "items": items, "part": part}


def _worst(plan: Plan, scores: list[dict[str, Any]]) -> dict[str, Any]:
    """The worst of the scores, as what goes wrong."""
    lower = plan.exercise.lower_is_better
    worst = max(scores, key=lambda score: score["value"] if lower else -score["value"])
    found = worst if lower else {**worst, "name": "wrong", "value": 1 - worst["value"]}
    return {**found, "part": f"{worst['part']}, the worst of the lengths tried"}
