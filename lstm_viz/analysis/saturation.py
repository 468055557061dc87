"""Which gates are stuck: how much of the time each unit is all but shut, or all but open."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_viz.trace import LayerTrace

SHUT = 0.1
"""Below this a gate counts as shut."""
OPEN = 0.9
"""Above this a gate counts as open."""
MOSTLY = 0.5
"""A unit whose gate is shut, or open, for more than this share of the time counts as mostly so."""

Shares = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class GateSaturation:
    """How saturated one gate is.

    Attributes
    ----------
    gate : code name
    steps : T, over how many time steps
    shut, open : (H,), for every unit the share of time steps below `SHUT` and above `OPEN`
    """

    gate: str
    steps: int
    shut: Shares
    open: Shares

    @property
    def shut_share(self) -> float:
        """Share of all the gate's values, over units and steps, that are below `SHUT`."""
        return float(self.shut.mean())

    @property
    def open_share(self) -> float:
        """Share of all the gate's values, over units and steps, that are above `OPEN`."""
        return float(self.open.mean())

    @property
    def mostly_shut(self) -> NDArray[np.intp]:
        """Units that are shut for more than `MOSTLY` of the time, those shut longest first."""
        return _most(self.shut)

    @property
    def mostly_open(self) -> NDArray[np.intp]:
        """Units that are open for more than `MOSTLY` of the time, those open longest first."""
        return _most(self.open)


def _most(shares: Shares) -> NDArray[np.intp]:
    order = np.argsort(-shares, kind="stable")
    return order[shares[order] > MOSTLY]


def gate_saturation(layer: LayerTrace) -> tuple[GateSaturation, ...]:
    """Saturation of every gate of a layer, in the order of its definition; empty for a cell without gates.

    Examples
    --------
    >>> import torch, lstm_viz
    >>> layer = lstm_viz.trace(torch.nn.LSTM(3, 8), torch.zeros(5, 3)).layers[0]
    >>> [gate.gate for gate in gate_saturation(layer)]
    ['input_gate', 'forget_gate', 'output_gate']
    """
    return tuple(
        GateSaturation(
            gate=gate.name,
            steps=len(layer),
            shut=(layer[gate.name] < SHUT).mean(axis=0),
            open=(layer[gate.name] > OPEN).mean(axis=0),
        )
        for gate in layer.definition.gates
    )
