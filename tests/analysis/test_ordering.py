"""Orders are permutations, repeatable, and put what moves alike side by side."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.analysis.ordering import UNIT_ORDERS, keeping_gate, orders_for, share_kept, unit_order
from lstm_viz.cells import CELLS, GRU, LSTM, RNN
from lstm_viz.trace import LayerTrace
from tests.analysis.examples import KINDS, random_trace


def rnn_layer(hidden: np.ndarray) -> LayerTrace:
    return LayerTrace("rnn", 0, "forward", {"hidden_state": hidden}, {"hidden_state": np.zeros(hidden.shape[1])})


def one_after_another(units: int, steps: int = 80) -> np.ndarray:
    """Return units that switch over one after another: their right order is known."""
    moments, time = np.linspace(0.2, 0.8, units), np.linspace(0, 1, steps)[:, None]
    return np.tanh(8 * (time - moments))


@given(
    st.sampled_from(list(KINDS)), st.integers(1, 12), st.integers(1, 9), st.integers(0, 99), st.sampled_from([1, 2, 3])
)
def test_every_order_is_a_permutation_and_repeatable(kind: str, steps: int, units: int, seed: int, texts: int) -> None:
    layers = [random_trace(kind, steps, units, seed + k).layers[0] for k in range(texts)]
    for by in orders_for(layers[0].definition):
        order = unit_order(layers, by)
        assert sorted(order) == list(range(units))
        assert (order == unit_order(list(layers), by)).all()


@given(st.integers(3, 40), st.integers(0, 999))
def test_similarity_recovers_a_known_line(units: int, seed: int) -> None:
    shuffled = np.random.default_rng(seed).permutation(units)
    found = shuffled[unit_order(rnn_layer(one_after_another(units)[:, shuffled]))]
    assert found.tolist() in (list(range(units)), list(range(units))[::-1])


def test_neighbours_are_more_alike_than_by_number() -> None:
    layer = random_trace(steps=60, units=64).layers[0]

    def mean_correlation_of_neighbours(order: np.ndarray) -> float:
        courses = [layer[name][:, order] for name in layer.quantities]
        return float(np.mean([np.diagonal(np.corrcoef(c.T), 1).mean() for c in courses]))

    by_number = mean_correlation_of_neighbours(unit_order(layer, "index"))
    assert mean_correlation_of_neighbours(unit_order(layer)) > by_number + 0.05


@given(st.integers(2, 20), st.integers(0, 999))
def test_renumbering_the_units_does_not_change_which_stand_together(units: int, seed: int) -> None:
    hidden = np.tanh(np.random.default_rng(seed).normal(size=(30, units)))
    renumbered = np.random.default_rng(seed + 1).permutation(units)
    plain, other = unit_order(rnn_layer(hidden)), renumbered[unit_order(rnn_layer(hidden[:, renumbered]))]
    if units > 2:
        assert other.tolist() in (plain.tolist(), plain.tolist()[::-1])


def test_units_that_never_move_come_last() -> None:
    hidden = one_after_another(6)
    hidden[:, [0, 3]] = 0.25
    assert unit_order(rnn_layer(hidden)).tolist() == [1, 2, 4, 5, 0, 3]


@pytest.mark.parametrize("units", [1, 2, 5])
def test_where_nothing_moves_the_order_is_by_number(units: int) -> None:
    assert unit_order(rnn_layer(np.full((7, units), 0.5))).tolist() == list(range(units))
    assert unit_order(rnn_layer(np.full((1, units), 0.5))).tolist() == list(range(units))


def test_units_that_move_exactly_alike_keep_their_order() -> None:
    hidden = np.repeat(one_after_another(3), 2, axis=1)
    assert unit_order(rnn_layer(hidden)).tolist() == [0, 1, 2, 3, 4, 5]


def test_mean_forget_gate_puts_those_that_keep_most_first() -> None:
    for kind, gate in (("lstm", "forget_gate"), ("gru", "update_gate")):
        layer = random_trace(kind).layers[0]
        means = layer[gate].mean(axis=0)[unit_order(layer, "forget_gate")]
        assert (np.diff(means) <= 0).all()


def test_the_keeping_gate_is_read_from_the_definition() -> None:
    assert keeping_gate(LSTM) is LSTM["forget_gate"]
    assert keeping_gate(GRU) is GRU["update_gate"]
    assert keeping_gate(RNN) is None
    never_forgets = dataclasses.replace(
        LSTM,
        quantities=tuple(dataclasses.replace(q, keep=lambda now: 1.0) if q.is_memory else q for q in LSTM.quantities),
    )
    assert keeping_gate(never_forgets) is None
    assert list(orders_for(never_forgets)) == ["similarity", "index"]


def test_orders_on_offer_name_the_cells_own_gate() -> None:
    assert orders_for(LSTM) == UNIT_ORDERS
    assert orders_for(GRU)["forget_gate"] == "Mean update gate"
    assert all("index" in orders_for(cell) for cell in CELLS.values())


def test_share_kept_is_the_gate() -> None:
    layer = random_trace("gru").layers[0]
    kept = share_kept(layer)
    assert kept is not None
    assert (kept == layer.update_gate).all()
    assert share_kept(random_trace("rnn").layers[0]) is None


def test_a_projected_layer_is_ordered_by_its_units() -> None:
    layer = random_trace(units=8, proj_size=3).layers[0]
    assert sorted(unit_order(layer)) == list(range(8))


def test_wrong_orders_are_explained() -> None:
    lstm, rnn = random_trace().layers[0], random_trace("rnn").layers[0]
    with pytest.raises(ValueError, match="'size' is not known; choose one of similarity, index, forget_gate"):
        unit_order(lstm, "size")
    with pytest.raises(ValueError, match="'forget_gate' does not apply to RNN; choose one of similarity, index"):
        unit_order(rnn, "forget_gate")
    with pytest.raises(ValueError, match="rnn of 8 units beside lstm of 8"):
        unit_order([lstm, rnn])
    with pytest.raises(ValueError, match="none were given"):
        unit_order([])
