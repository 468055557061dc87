"""The claim on parity, computed another way: the two linear cells run by hand, symbol by symbol."""

import numpy as np
import pytest

from lstm_viz.claims.parity import LENGTH, ONES, STRINGS, by_hand, cannot_alternate
from lstm_viz.sources import shipped
from lstm_viz.tasks.parity import bits


def run(cell: str, text: str) -> tuple[np.ndarray, np.ndarray]:
    """Whether a linear cell says odd after every symbol, and its memory: from its weights alone."""
    model = shipped("parity", cell).model
    weights = {name: part.detach().double().numpy() for name, part in model.network.state_dict().items()}
    rows = next(values for name, values in weights.items() if name.endswith("weight_ih_l0"))
    bias = next(values for name, values in weights.items() if name.endswith("bias_ih_l0"))
    head = [next(values for name, values in weights.items() if name == f"head.{kind}") for kind in ("weight", "bias")]
    inputs = np.asarray(model.inputs(text), dtype=np.float64)
    memory, memories = np.zeros(model.network.recurrent.hidden_size), []
    for each in inputs:
        *gates, candidate = (rows @ each + bias).reshape(-1, len(memory))
        opened = [1 / (1 + np.exp(-gate)) for gate in gates]
        kept = 1 - opened[0] if len(opened) == 1 else opened[0] / (opened[0] + opened[1])
        memory = kept * memory + (1 - kept) * candidate
        memories.append(memory)
    states = np.array(memories)
    return (states @ head[0].T + head[1])[:, 0] > 0, states


def test_cells_whose_factors_lie_between_0_and_1_go_one_way_on_ones() -> None:
    finding = cannot_alternate()
    odds = [np.cumsum([int(symbol) for symbol in bits(LENGTH, seed)]) % 2 == 1 for seed in range(STRINGS)]
    for cell in ("min_gru", "min_lstm"):
        said = [run(cell, bits(LENGTH, seed))[0] for seed in range(STRINGS)]
        assert finding.numbers[f"right, {cell}"] == pytest.approx(np.mean(np.array(said) == np.array(odds)), abs=1e-3)
        answers, states = run(cell, "1" * ONES)
        assert finding.numbers[f"turns, {cell}"] == np.count_nonzero(answers[1:] != answers[:-1])
        moves = np.diff(states, axis=0)
        assert ((moves > -1e-12).all(axis=0) | (moves < 1e-12).all(axis=0)).all()
        assert finding.numbers[f"both ways, {cell}"] == 0
    assert all((by_hand(bits(LENGTH, seed)) == odd).all() for seed, odd in enumerate(odds))
    assert finding.numbers["turns, lstm"] == finding.numbers["turns, slstm"] == ONES - 1
    assert finding.verdict == "refined"
