"""Shutting gates of the trained counter: what counts as right, what is left right, and how few a search needs."""

from itertools import product

import numpy as np
import torch

import lstm_viz as lv
from lstm_viz.challenges.breaking import (
    CELL,
    EXHAUSTIVE,
    GATES,
    LEVELS,
    SHOWN,
    TASK,
    allowed,
    counter,
    cuts_of,
    fewest,
    strings,
    truth,
)
from lstm_viz.learning.data.counting import judge
from lstm_viz.tasks.counting import SYMBOLS


def test_what_holds_after_every_symbol_is_what_the_network_was_trained_on() -> None:
    short = ["".join(each) for length in range(1, 5) for each in product(SYMBOLS, repeat=length)]
    for text in (*short, *strings().texts):
        np.testing.assert_array_equal(truth(text), np.array(judge(text)))
    complete = [truth(text)[-1, 0] for text in strings().texts]
    assert 0.3 < np.mean(complete) < 0.7
    assert SHOWN in strings().texts


def test_with_gates_shut_as_many_are_right_as_where_clamps_hold_them_at_0() -> None:
    model = lv.load_model(TASK, CELL)
    head = model.network.head
    assert head is not None
    cuts = ((), (("input_gate", 2),), (("output_gate", 0), ("forget_gate", 10), ("forget_gate", 3)))
    found = counter().right(cuts)
    for cut, right in zip(cuts, found, strict=True):
        clamps = [lv.Clamp(gate, 0.0, units=[unit]) for gate, unit in cut]
        for text, seen in list(zip(strings().texts, right, strict=True))[::6]:
            hidden = torch.tensor(model.trace(text, clamps).layers[0].hidden_state)
            with torch.no_grad():
                says = head(hidden).numpy() > 0
            assert bool(seen) == bool((says == truth(text)).all())


def test_a_search_reaches_every_goal_and_fewer_do_not() -> None:
    shares: list[float] = []
    found = fewest(counter(), shares.append)
    own = int(counter().right([()]).sum())
    assert own == len(strings().texts), "the network that ships judges all of them right"
    assert list(found) == sorted(LEVELS, reverse=True)
    for level, cuts in found.items():
        assert counter().right([cuts]).sum() <= allowed(own, level)
    counts = [len(cuts) for cuts in found.values()]
    assert counts == sorted(counts)
    # Every single gate was tried, so a goal that took more is out of reach of one.
    singles = [((gate, unit),) for gate in GATES for unit in range(counter().units)]
    least = counter().right(singles).sum(axis=1).min()
    for level, cuts in found.items():
        assert (least <= allowed(own, level)) == (len(cuts) == 1)
    assert EXHAUSTIVE >= 1
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] < 1


def test_gates_in_a_link_are_read_forgivingly() -> None:
    assert cuts_of("") == ()
    assert cuts_of("input_gate.3~candidate.1~output_gate.11~input_gate.3~forget_gate.-1~x") == (
        ("input_gate", 3),
        ("output_gate", 11),
    )
