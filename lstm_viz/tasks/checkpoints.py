"""States of a model through its training, for the time-line."""

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock

import torch
from safetensors import safe_open

from lstm_viz.tasks.model import FOLDER, Model, shipped_model
from lstm_viz.tasks.network import Network

EMBEDDING, PARTS, SHARES = "embedding.weight", "embedding/parts", "embedding/shares"
"""Of a large embedding a state has no copy: it is the last one's and shares of a few parts, (K, V, I) and (S, K)."""
KEPT = 6
"""States of one network that are kept in memory; another is read from the file in a few milliseconds."""


class Checkpoints(Mapping[int, Model]):
    """A model after so many training steps, from 0, untrained, to the end: a read-only mapping of step to `Model`.

    States are read when they are asked for; the last is the model that ships. On the way there weights have 16 bits,
    and embeddings of a large vocabulary are those of the end and a sum of a few parts: `loss` and `score` are those of
    the states as they are stored. `training.states` writes them.

    Attributes
    ----------
    loss, score : measured after each of these steps, on the development part of the data
    score_name : what the score is
    path : the file that holds all states but the last, whose tensors are named STEP/PARAMETER
    """

    def __init__(self, final: Model, path: Path) -> None:
        self.path, self._final = path, final
        with safe_open(path, "pt") as file:
            notes = file.metadata()
        self._steps: tuple[int, ...] = tuple(json.loads(notes["steps"]))
        self.loss: tuple[float, ...] = tuple(json.loads(notes["loss"]))
        self.score: tuple[float, ...] = tuple(json.loads(notes["score"]))
        self.score_name = notes["score_name"]
        self._kept: OrderedDict[int, Model] = OrderedDict()
        self._turn = Lock()

    def __iter__(self) -> Iterator[int]:
        return iter(self._steps)

    def __len__(self) -> int:
        return len(self._steps)

    def __getitem__(self, step: int) -> Model:
        if step not in self._steps:
            raise KeyError(step)
        if step == self._steps[-1]:
            return self._final
        with self._turn:
            if step not in self._kept:
                self._kept[step] = self._read(step)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(step)
            return self._kept[step]

    def _read(self, step: int) -> Model:
        with safe_open(self.path, "pt") as file:
            listed = list(file.keys())
            mine = [key for key in listed if key.startswith(f"{step}/")]
            state = {key.partition("/")[2]: file.get_tensor(key).float() for key in mine}
            if PARTS in listed:
                share, parts = file.get_tensor(SHARES)[self._steps.index(step)], file.get_tensor(PARTS).float()
                end = self._final.network.state_dict()[EMBEDDING]
                state[EMBEDDING] = end + torch.einsum("k,kvi->vi", share, parts)
        network = Network(**self._final.card["network"])
        network.load_state_dict(state)
        return replace(self._final, network=network.eval().requires_grad_(False))


def load_checkpoints(name: str, cell: str = "lstm") -> Mapping[int, Model]:
    """The model after so many training steps, from 0 (untrained) to the end: see `Checkpoints`.

    Before the end, embeddings of a large vocabulary, which is sentiment's, are stored approximately: such states are
    near to what training had then, not the same to the bit. `python -m lstm_viz.training TASK --states` writes them.

    Empty for a task that ships none; ValueError for a name or cell that does not exist. The result is shared: treat
    it as read-only.

    Examples
    --------
    >>> states = load_checkpoints("sentiment")
    >>> first, last = min(states), max(states)
    >>> [round(states[step].predict("a warm and funny film")["positive"], 2) for step in (first, last)]
    [0.51, 0.97]
    """
    return checkpoints_of(shipped_model(name, cell)) or {}


@cache
def checkpoints_of(final: Model) -> Checkpoints | None:
    """The same of a model that ships; None where it ships without."""
    path = FOLDER / "checkpoints" / f"{final.task.name}-{final.cell}.safetensors"
    return Checkpoints(final, path) if path.exists() else None
