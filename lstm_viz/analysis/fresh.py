"""Networks just initialised, with the settings that decide how far a gradient reaches."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from lstm_viz.arguments import choice, finite, whole
from lstm_viz.capture import cell_of, read
from lstm_viz.cells import GRU, LSTM, RNN, RNN_RELU, RNN_SIGMOID
from lstm_viz.module import CellModule

KINDS = {LSTM.name: nn.LSTM, GRU.name: nn.GRU, RNN.name: nn.RNN}
INPUTS = 8
"""How many numbers arrive at each step."""
MOST_UNITS, MOST_STEPS, MOST_SEED = 1024, 100_000, 2**63 - 1
"""What is taken at most, so that a slip of the pen does not take all memory."""


def fresh_module(cell: str, units: int, *, radius: float = 1.0, forget_bias: float = 1.0, seed: int = 1) -> nn.Module:
    """A network with PyTorch's kind of random weights, each of its recurrent matrices scaled to one spectral radius.

    Parameters
    ----------
    cell : "lstm", "gru" or a plain RNN: "rnn", "rnn_relu", "rnn_sigmoid"
    units : H
    radius : size of the largest eigenvalue of every H × H recurrent matrix; a matrix whose eigenvalues are all 0 stays
    forget_bias : of an LSTM

    Raises
    ------
    TypeError, ValueError
        for a cell that is none of these, and numbers out of bounds.

    Examples
    --------
    >>> fresh_module("lstm", 16, seed=3)
    LSTM(8, 16)
    """
    choice(cell, "cell", (*KINDS, RNN_RELU.name, RNN_SIGMOID.name))
    units, seed = whole(units, "units", 1, MOST_UNITS), whole(seed, "seed", 0, MOST_SEED)
    radius, forget_bias = finite(radius, "radius"), finite(forget_bias, "forget_bias")
    module: nn.Module
    if cell == RNN_RELU.name:
        module = nn.RNN(INPUTS, units, nonlinearity="relu")
    elif cell in KINDS:
        module = KINDS[cell](INPUTS, units)
    else:
        module = CellModule(cell, INPUTS, units)
    module = module.double()
    # A generator of its own: the global one is shared by all sessions of a server.
    generator, bound = torch.Generator().manual_seed(seed), units**-0.5
    rows = [quantity.name for quantity in cell_of(module).weighted]
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.uniform_(-bound, bound, generator=generator)
        for block in dict(module.named_parameters())["weight_hh_l0"].chunk(len(rows)):
            largest = spectral_radius(block)
            block *= radius / largest if largest else 1.0
        if "forget_gate" in rows:
            at = rows.index("forget_gate")
            for name, value in (("bias_ih_l0", forget_bias), ("bias_hh_l0", 0.0)):
                getattr(module, name).chunk(len(rows))[at].fill_(value)
    return module.requires_grad_(False)


def spectral_radius(matrix: Tensor) -> float:
    """Size of the largest eigenvalue."""
    return float(torch.linalg.eigvals(matrix.detach().double()).abs().max())


def random_inputs(steps: int, seed: int = 1) -> Tensor:
    """(T, 8) standard normal numbers, the same for every cell.

    Parameters
    ----------
    steps : T, up to 100,000

    Examples
    --------
    >>> random_inputs(5).shape
    torch.Size([5, 8])
    """
    steps, seed = whole(steps, "steps", 1, MOST_STEPS), whole(seed, "seed", 0, MOST_SEED)
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(steps, INPUTS, generator=generator, dtype=torch.float64)


def finite_steps(module: nn.Module, inputs: NDArray[np.float64]) -> int:
    """How many steps a network runs before a state leaves the range of a float.

    Parameters
    ----------
    module : `nn.LSTM`, `nn.GRU`, `nn.RNN` or a `CellModule`
    inputs : (T, I), tensor or array

    Examples
    --------
    >>> inputs = random_inputs(100)
    >>> [finite_steps(fresh_module("rnn_relu", 8, radius=radius), inputs) == 100 for radius in (1.0, 1e9)]
    [True, False]
    """
    plain, sequence, _ = read(module, inputs, None)
    with torch.no_grad():
        hidden = plain(sequence)[0]
    wrong = (~torch.isfinite(hidden).all(dim=1)).nonzero()
    # A margin, since sums on the way to a state leave the range before it does.
    return len(inputs) if not len(wrong) else max(1, int(wrong[0]) - 2)
