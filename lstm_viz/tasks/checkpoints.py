"""States of a model through its training, for the time-line."""

import json
from dataclasses import replace
from functools import lru_cache

import torch
from safetensors import safe_open

from lstm_viz.tasks.model import FOLDER, Model, shipped_model
from lstm_viz.tasks.network import Network


def load_checkpoints(name: str, cell: str = "lstm") -> dict[int, Model]:
    """The model after so many training steps, from 0 (untrained) to the end, spaced evenly on a log scale.

    They know the commonest words and those of the task's examples only. Empty for a task that ships none; ValueError
    for a name or cell that does not exist. The result is shared: treat it as read-only.
    """
    return _load(shipped_model(name, cell), name, cell)


@lru_cache(maxsize=6)
def _load(final: Model, name: str, cell: str) -> dict[int, Model]:
    path = FOLDER / "checkpoints" / f"{name}-{cell}.safetensors"
    if not path.exists():
        return {}
    states: dict[int, dict[str, torch.Tensor]] = {}
    with safe_open(path, "pt") as file:
        vocabulary = tuple(json.loads(file.metadata()["vocabulary"]))
        for key in file.keys():  # noqa: SIM118 - no dictionary, it cannot be iterated
            step, parameter = key.split("/", 1)
            states.setdefault(int(step), {})[parameter] = file.get_tensor(key).float()
    return {
        step: replace(final, network=_network(final, vocabulary, states[step]), vocabulary=vocabulary)
        for step in sorted(states)
    }


def _network(final: Model, vocabulary: tuple[str, ...], state: dict[str, torch.Tensor]) -> Network:
    network = Network(**{**final.card["network"], "vocabulary_size": len(vocabulary)})
    network.load_state_dict(state)
    return network.eval().requires_grad_(False)
