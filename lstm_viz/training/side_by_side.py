"""Several networks of one cell trained as one: every weight has a leading dimension, one row a network."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from lstm_viz.cells import Cell
from lstm_viz.engine import product, run_parallel, run_steps
from lstm_viz.module import as_weights, place_of
from lstm_viz.tasks.network import forget_row

State = Mapping[str, Tensor]
"""Names as in `Network.state_dict` → (networks, …)."""


def side_by_side(states: Sequence[State]) -> State:
    """Stack the weights of several networks, ready to be trained."""
    return {name: torch.stack([state[name] for state in states]).requires_grad_() for name in states[0]}


def networks_in(state: State) -> int:
    """How many there are."""
    return len(state["head.bias"])


def layers_in(state: State) -> int:
    """How many recurrent layers each of them has."""
    return sum(name.startswith("recurrent.weight_ih") for name in state)


def set_forget_bias(state: State, cell: Cell, values: Tensor) -> None:
    """Set the forget gate's bias, one a network, where the cell has such a gate with weights of its own."""
    row = forget_row(cell)
    if row is None:
        return
    for layer in range(layers_in(state)):
        for name, start in (("bias_ih", values[:, None]), ("bias_hh", 0.0)):
            bias = state.get(f"recurrent.{name}{place_of(layer, False)}")
            if bias is not None:
                size = bias.shape[1] // len(cell.weighted)
                bias.data[:, row * size : (row + 1) * size] = start


def outputs(cell: Cell, state: State, inputs: Tensor) -> Tensor:
    """What every network gives after every step.

    Parameters
    ----------
    inputs : (T, networks, B, I) numbers, or (T, networks, B) positions in the vocabulary

    Returns
    -------
    (T, networks, B, outputs)
    """
    if "embedding.weight" in state:
        networks = torch.arange(inputs.shape[1])[:, None]
        inputs = state["embedding.weight"][networks, inputs]
    prefix = "recurrent."
    tensors = {name.removeprefix(prefix): part for name, part in state.items() if name.startswith(prefix)}
    run = run_parallel if cell.parallel else run_steps
    for layer in range(layers_in(state)):
        inputs = run(cell, as_weights(cell, tensors, place_of(layer, False)), inputs)["hidden_state"]
    return product(inputs, state["head.weight"], state["head.bias"])


def update(optimizer: torch.optim.Optimizer, state: State, losses: Tensor, clip: float) -> None:
    """One update from a loss a network, each network's gradient clipped by itself. One that explodes stands still."""
    optimizer.zero_grad()
    losses.sum().backward()
    gradients = [part.grad for part in state.values() if part.grad is not None]
    for gradient in gradients:
        torch.nan_to_num_(gradient, 0.0, 0.0, 0.0)
    squares = torch.stack([gradient.flatten(1).square().sum(1) for gradient in gradients]).sum(0)
    scale = (clip / squares.sqrt().clamp(min=1e-12)).clamp(max=1)
    for gradient in gradients:
        gradient *= scale.view(-1, *[1] * (gradient.dim() - 1))
    optimizer.step()
