"""The states of a run that are kept for the time-line: which, how they are stored, and what is measured of each."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from lstm_viz.tasks.checkpoints import EMBEDDING, PARTS, SHARES
from lstm_viz.tasks.network import Network
from lstm_viz.training.recipe import Recipe
from lstm_viz.training.write import write

State = Mapping[str, Tensor]

FEW = 1000
"""Symbols up to which every state keeps an embedding of its own."""
COMPONENTS = 3
"""In how many directions, besides that from the first state to the last, a large embedding may have moved."""
FIRST = 0.02
"""Share of the whole way below which a state on it counts as near the beginning, where small moves decide."""


def save_states(recipe: Recipe, cell: str, states: Mapping[int, State], end: tuple[int, State], path: Path) -> None:
    """Write states of a run, as many as the recipe asks for, with loss and score after each.

    The tensors are named STEP/PARAMETER and have 16 bits. Of a large embedding, what it was in every state is the
    last one's and shares of a few parts, in 8 bits, which all states have in common. What is measured is the state as
    it is stored. The last state is not in the file: it is the network that ships.

    Parameters
    ----------
    states : step → parameters, before the end
    end : step of the network that ships, and its parameters as they are stored
    """
    network = Network(**recipe.network(cell)).eval().requires_grad_(False)
    chosen = spread({**states, end[0]: end[1]}, recipe.checkpoints)
    stored = {step: {name: part.half().float() for name, part in states[step].items()} for step in chosen[:-1]}
    tensors = {f"{step}/{name}": part.half() for step, state in stored.items() for name, part in state.items()}
    if EMBEDDING in end[1] and len(end[1][EMBEDDING]) > FEW:
        tensors = {name: part for name, part in tensors.items() if not name.endswith(EMBEDDING)}
        parts, shares = summed([stored[step][EMBEDDING] for step in chosen[:-1]], end[1][EMBEDDING])
        tensors |= {PARTS: parts, SHARES: shares}
        for step, share in zip(chosen, shares, strict=False):
            stored[step][EMBEDDING] = end[1][EMBEDDING] + torch.einsum("k,kvi->vi", share, parts.float())
    marks = []
    for step in chosen:
        network.load_state_dict(end[1] if step == end[0] else stored[step])
        marks.append(recipe.mark(network))
    notes = {
        "steps": json.dumps(chosen),
        "loss": json.dumps([loss for loss, _ in marks]),
        "score": json.dumps([score.value for _, score in marks]),
        "score_name": marks[-1][1].name,
        "score_part": f"{marks[-1][1].items:,} {marks[-1][1].part}",
    }
    write({name: part.contiguous() for name, part in tensors.items()}, path, notes)


def spread(states: Mapping[int, State], count: int) -> list[int]:
    """Steps of so many states, the first and the last among them, dense where most happens.

    Half of the way from one to the next is that of the weights, each parameter's against how far it came in all; the
    other half is the logarithm of the steps.
    """
    steps = sorted(states)
    if count >= len(steps):
        return steps
    moved = np.zeros(len(steps) - 1)
    names = [name for name in states[steps[0]] if name != EMBEDDING]
    for name in names:
        whole = float((states[steps[-1]][name].float() - states[steps[0]][name].float()).norm()) or 1.0
        moved += [float((states[b][name].float() - states[a][name].float()).norm()) / whole for a, b in pairwise(steps)]
    apart = moved / moved.sum() + np.diff(np.log1p(steps)) / np.log1p(steps[-1])
    way = np.concatenate([[0.0], np.cumsum(apart)])
    wanted = np.linspace(0, way[-1], count)
    return sorted({steps[int(np.abs(way - each).argmin())] for each in wanted})


def summed(states: Sequence[Tensor], end: Tensor) -> tuple[Tensor, Tensor]:
    """Embeddings of states, (V, I) each, as the last one's and shares of a few parts: (K, V, I) int8, (S, K) float32.

    The first part is all that lies between the first state and the last, so that the first is whole; the others are the
    directions in which states leave it most, an early state counting for more, because small moves decide there.
    """
    way = torch.stack([(state - end).reshape(-1) for state in states])
    left = way - way[0]
    size = left.norm(dim=1)
    weight = (size + FIRST * size.max()).rsqrt()[:, None]
    weighed = left * weight
    _, axes = torch.linalg.eigh((weighed @ weighed.T).double())
    axes = axes.flip(1)[:, :COMPONENTS].float()
    first, *others = (in_eight_bits(part) for part in (way[0], *(axes.T @ weighed)))
    shares = [torch.full((len(states),), first[1])]
    shares += [axes[:, k] * scale / weight[:, 0] for k, (_, scale) in enumerate(others)]
    parts = torch.stack([part for part, _ in (first, *others)])
    return parts.reshape(-1, *end.shape), torch.stack(shares, dim=1)


def in_eight_bits(values: Tensor) -> tuple[Tensor, float]:
    """Values as whole numbers from −127 to 127, and what one is."""
    scale = float(values.abs().max()) / 127 or 1.0
    return (values / scale).round().to(torch.int8), scale
