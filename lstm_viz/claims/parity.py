"""A claim on what linear recurrences can track, checked on the networks for parity."""

import numpy as np
from numpy.typing import NDArray

from lstm_viz.claims.claim import Claim, Finding, verdict
from lstm_viz.figures.chart import Chart, Series
from lstm_viz.sources import shipped
from lstm_viz.tasks.parity import LABELS, bits, odd_or_even
from lstm_viz.words.phrases import percent

STRINGS, LENGTH = 20, 500
"""Random strings on which answers are checked, and how long each is."""
ONES = 40
"""Of how many ones the string of ones alone is: as long as the longest of the training."""
STILL = 1e-6
"""How far a memory may move and still stand."""


def odd_after(cell: str, text: str) -> NDArray[np.float64]:
    """The probability that the number of ones so far is odd, after every symbol, as a shipped network says it."""
    source = shipped("parity", cell)
    said = source.model.predictions(source.run(source.read(text).tokens))
    return np.asarray(said[:, LABELS.index("odd")], dtype=np.float64)


def is_odd(text: str) -> NDArray[np.bool_]:
    """What is right after every symbol."""
    return np.array([answer == "odd" for answer in odd_or_even(text)])


def by_hand(text: str) -> NDArray[np.bool_]:
    """The same from a linear recurrence of one unit, m = (1 − 2x) · m before: at first 1, below 0 where odd."""
    kept = [1 - 2 * int(symbol) for symbol in text]
    return np.asarray(np.cumprod(kept) < 0)


def both_ways(cell: str) -> tuple[int, int]:
    """On ones alone, how many units' memories both rise and fall, after the first one; and how many units there are."""
    source = shipped("parity", cell)
    layer = source.layer(source.run(source.read("1" * ONES).tokens), source.places[-1])
    assert layer.definition.memory is not None
    moves = np.diff(layer[layer.definition.memory.name].astype(np.float64), axis=0)
    rises, falls = np.clip(moves, 0, None).sum(axis=0), np.clip(-moves, 0, None).sum(axis=0)
    return int(((rises > STILL) & (falls > STILL)).sum()), layer.units


def cannot_alternate() -> Finding:
    """Shipped networks on ones alone and on random strings, and a linear recurrence made by hand."""
    texts = [bits(LENGTH, seed) for seed in range(STRINGS)]
    wanted = np.concatenate([is_odd(text) for text in texts])
    linear = ("min_gru", "min_lstm")
    right = {
        cell: float(np.mean((np.concatenate([odd_after(cell, text) for text in texts]) > 0.5) == wanted))
        for cell in (*linear, "lstm")
    }
    hand = float(np.mean(np.concatenate([by_hand(text) for text in texts]) == wanted))
    answers = {cell: odd_after(cell, "1" * ONES) for cell in (*linear, "lstm", "slstm")}
    turns = {cell: int(np.count_nonzero(np.diff(each > 0.5))) for cell, each in answers.items()}
    ways = {cell: both_ways(cell) for cell in (*linear, "lstm")}
    fail = max(right[cell] for cell in linear)
    titles = {cell: shipped("parity", cell).cell.title for cell in answers}
    return Finding(
        # They cannot; but it is not because they are linear.
        verdict=verdict(holds=fail < 0.6 and hand < 1, refined=fail < 0.6),
        sentence="They cannot, but not for being linear: a linear recurrence of one unit whose factor is −1 at a 1, "
        f"and 1 at a 0, is right after {percent(hand)} of the symbols of {STRINGS} random strings of {LENGTH}, as the "
        f"shipped LSTM is ({percent(right['lstm'])}); the {titles['min_gru']} is after {percent(right['min_gru'])}, "
        f"the {titles['min_lstm']} after {percent(right['min_lstm'])}. Their factors lie between 0 and 1 and follow "
        f"from the symbol alone, so on ones each memory goes one way and settles: of {ways['min_gru'][1]} units "
        f"{ways['min_gru'][0]} of the minGRU and {ways['min_lstm'][0]} of the minLSTM ever turn back, "
        f"{ways['lstm'][0]} of the LSTM. In {ONES} ones their answers turn over {turns['min_gru']} and "
        f"{turns['min_lstm']} times, the LSTM’s {turns['lstm']}, the sLSTM’s {turns['slstm']}: it has no factor below "
        "0 either, but its gates see the hidden state.",
        numbers={
            "by hand": hand,
            "strings": STRINGS,
            "length": LENGTH,
            "ones": ONES,
            **{f"right, {cell}": value for cell, value in right.items()},
            **{f"turns, {cell}": value for cell, value in turns.items()},
            **{f"both ways, {cell}": many for cell, (many, _) in ways.items()},
            "units": ways["min_lstm"][1],
        },
        settings={"task": "parity", "cell": "min_lstm", "text": "1" * ONES, "step": ONES - 1},
        chart=Chart(
            name="cannot_alternate",
            title="How likely each finds an odd number of ones, after every one",
            caption="Grazzi et al. 2024, arXiv 2411.12537, prove it for finite precision and any number of linear "
            "layers: strings of any length need a factor, in one of them at least, that is below 0 or no real number. "
            "Merrill et al. 2024, arXiv 2404.08819, is on harder tracking: their bound, TC0, leaves room for parity.",
            x=np.arange(1.0, ONES + 1),
            x_label="ones so far",
            series=[
                Series(answers["lstm"], titles["lstm"], "lstm", width=1.5),
                Series(answers["min_gru"], titles["min_gru"], "gru"),
                Series(answers["min_lstm"], titles["min_lstm"], "variant", dash="dash"),
            ],
            y_range=(0, 1),
            height=260,
        ),
    )


CLAIMS = (
    Claim(
        name="cannot_alternate",
        note="minGRU and minLSTM cannot track parity, because they are linear.",
        check=cannot_alternate,
        page="memory_ledger",
        page_title="Memory ledger",
    ),
)
