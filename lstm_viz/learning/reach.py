"""How far back learning reaches: the gradient of the last answer, by how many steps lie between."""

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from lstm_viz.cells import CELLS
from lstm_viz.engine import Values, run_steps, zero_state
from lstm_viz.module import as_weights, place_of
from lstm_viz.tasks.network import Network


def reach(network: Network, inputs: Tensor, loss: Callable[[Tensor], Tensor]) -> NDArray[np.float64]:
    """The length of d loss / d h, h being the hidden states of all layers so many steps before the end.

    Parameters
    ----------
    inputs : (B, T, I) numbers, or (B, T) positions in the vocabulary
    loss : of what the head gives, (B, T, O); a mean over the sequences

    Returns
    -------
    (T,), by distance: the first is of the last step itself. The norm is over sequences, layers and units.
    """
    cell, recurrent = CELLS[network.cell], network.recurrent
    tensors = {name: part.detach() for name, part in recurrent.named_parameters()}
    layers = [as_weights(cell, tensors, place_of(layer, False)) for layer in range(recurrent.num_layers)]
    with torch.no_grad():
        arriving = network.embed(inputs).transpose(0, 1)
    before: list[Values] = [zero_state(cell, weights, (arriving.shape[1],)) for weights in layers]
    shown: list[list[Tensor]] = []
    for step in arriving:
        hidden, here = step, list[Tensor]()
        for layer, weights in enumerate(layers):
            values = run_steps(cell, weights, hidden[None], before[layer])
            before[layer] = {quantity.name: values[quantity.name][-1] for quantity in cell.carried}
            # What later steps read is this very tensor, so that its gradient is of all that it leads to.
            hidden = before[layer]["hidden_state"]
            if not hidden.requires_grad:
                hidden.requires_grad_()
            here.append(hidden)
        shown.append(here)
    answers = network.head(torch.stack([here[-1] for here in shown], dim=1))
    states = [hidden for here in shown for hidden in here]
    slopes = torch.autograd.grad(loss(answers), states, allow_unused=True)
    lengths = [0.0 if slope is None else float(slope.norm()) for slope in slopes]
    squares = np.array(lengths, dtype=np.float64).reshape(len(shown), -1) ** 2
    return np.asarray(np.sqrt(squares.sum(axis=1))[::-1])
