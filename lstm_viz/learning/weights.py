"""All weights of a network as one row of numbers, so that an update, a copy and a norm are one operation each."""

import math

import torch
from torch import Tensor

from lstm_viz.learning.plan import Plan
from lstm_viz.tasks.network import Network


def network_of(plan: Plan) -> Network:
    """A network as a plan lets it begin: as PyTorch begins, from the plan's own seed, with its forget bias."""
    network = Network(plan.cell, **plan.exercise.network(), hidden_size=plan.units, num_layers=plan.layers)
    chance = torch.Generator().manual_seed(plan.seed)
    bound = 1 / math.sqrt(plan.units)
    with torch.no_grad():
        for name, part in network.named_parameters():
            if name.startswith("embedding"):
                part.normal_(generator=chance)
            else:
                part.uniform_(-bound, bound, generator=chance)
    network.set_forget_bias(plan.forget_bias)
    return network


class Row:
    """The weights of a network, and their gradient, as rows of numbers of which the network's own are views.

    Attributes
    ----------
    numbers, gradient : (weights,)
    """

    def __init__(self, network: Network):
        self._named = dict(network.named_parameters())
        self.numbers = torch.cat([part.detach().flatten() for part in self._named.values()])
        self.gradient = torch.zeros_like(self.numbers)
        for part, own, slopes in zip(
            self._named.values(), self._split(self.numbers), self._split(self.gradient), strict=True
        ):
            part.data, part.grad = own, slopes

    def set(self, numbers: Tensor) -> None:
        """Give all weights other values."""
        self.numbers.copy_(numbers)

    def state(self, numbers: Tensor) -> dict[str, Tensor]:
        """A row of numbers by the names of a state dict; no copies."""
        return dict(zip(self._named, self._split(numbers), strict=True))

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of every weight, in the order of the row."""
        return {name: tuple(part.shape) for name, part in self._named.items()}

    def _split(self, numbers: Tensor) -> list[Tensor]:
        sizes = [part.numel() for part in self._named.values()]
        return [each.view(part.shape) for each, part in zip(numbers.split(sizes), self._named.values(), strict=True)]
