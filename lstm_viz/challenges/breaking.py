"""The reverse: shut as few gates as possible to break the trained counter, and how few a search needs.

What is counted are strings that it judges right after every symbol: whether they are complete, and what may follow.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import torch

from lstm_viz.cells import LSTM
from lstm_viz.tasks import Model, load_model
from lstm_viz.tasks.counting import SYMBOLS

BREAKING = "breaking"
"""What this challenge is called among the others."""
TASK, CELL = "counting", "lstm"
"""Which trained network is broken."""
LEVELS = (0.5, 0.1, 0.0)
"""Goals: to leave at most such a share of what it judges right by itself."""
GATES = tuple(each.name for each in LSTM.gates)
"""What can be shut, in each unit."""
LARGEST_COUNT = 8
"""The most a's, or brackets open at once, of a test string."""
SHOWN = "a" * 8 + "b" * 8
"""The test string that is drawn first."""
EXHAUSTIVE = 2
"""Up to how many gates every choice is tried; past them, those that go on from the best."""
KEPT = 12
"""How many of the best choices are gone on from."""
MOST = 6
"""Past so many gates the search gives up."""
CHUNK = 96
"""How many choices are run at once."""

Cut = tuple[str, int]
"""A gate that is shut, and in which unit."""
Cuts = tuple[Cut, ...]


@dataclass(frozen=True, eq=False)
class Strings:
    """What the network is tried on.

    Attributes
    ----------
    texts : the strings
    holds : of each, (T, 5): whether it is complete after each symbol, and whether a, b, ( and ) may follow
    """

    texts: tuple[str, ...]
    holds: tuple[np.ndarray, ...]


def cuts_of(written: str) -> Cuts:
    """Gates that are shut, as a link writes them, ``input_gate.3~output_gate.0``; what is no gate is left out.

    Examples
    --------
    >>> cuts_of("input_gate.3~cell_state.1~forget_gate.x")
    (('input_gate', 3),)
    """
    parts = [part.partition(".") for part in written.split("~")]
    found = [(gate, int(unit)) for gate, _, unit in parts if gate in GATES and re.fullmatch(r"[0-9]{1,3}", unit)]
    return tuple(dict.fromkeys(found))


def cuts_there(written: str) -> Cuts:
    """The same, without those of units that the network has not."""
    return tuple(cut for cut in cuts_of(written) if cut[1] < counter().units)


def truth(text: str) -> np.ndarray:
    """What holds after every symbol, (T, 5): complete, then for a, b, ( and ) whether it may follow.

    A string is first a's, then as many b's, or brackets that match. Nothing follows a mistake.
    """
    rows, depth, kind, broken = [], 0, "", False
    for symbol in text:
        mine = "letters" if symbol in "ab" else "brackets"
        opens = symbol in "a("
        late = symbol == "a" and "b" in kind
        broken = broken or (bool(kind) and not kind.startswith(mine)) or late or (not opens and depth == 0)
        kind = kind or mine
        kind = "letters, b" if symbol == "b" else kind
        depth += 1 if opens else -1
        right, letters = not broken, kind.startswith("letters")
        rows.append([
            right and depth == 0,
            right and letters and "b" not in kind,
            right and letters and depth > 0,
            right and not letters,
            right and not letters and depth > 0,
        ])  # fmt: skip
    return np.array(rows, dtype=bool)


@cache
def strings() -> Strings:
    """aⁿbⁿ and nested brackets for several n, each also one too short and one too long, and brackets in any order."""
    rng, texts = np.random.default_rng(13), []
    for n in range(1, LARGEST_COUNT + 1):
        for first, second in ("ab", "()"):
            texts += [first * n + second * n, first * (n + 1) + second * n, first * n + second * (n + 1)]
        texts.append(_mixed(rng, n))
    listed = tuple(dict.fromkeys(texts))
    return Strings(listed, tuple(truth(each) for each in listed))


def _mixed(rng: np.random.Generator, pairs: int) -> str:
    text, left, depth = "", pairs, 0
    while left or depth:
        opens = left > 0 and (depth == 0 or rng.random() < 0.6)
        text, left, depth = text + ("(" if opens else ")"), left - opens, depth + (1 if opens else -1)
    return text


class Broken:
    """The trained counter with gates shut: how many of the test strings it still judges right from end to end."""

    def __init__(self, model: Model, tried: Strings):
        network, self.count = model.network, len(tried.texts)
        recurrent, head = network.recurrent, network.head
        assert head is not None
        steps = max(map(len, tried.texts))
        symbols = torch.zeros(self.count, steps, dtype=torch.int64)
        self._holds = torch.zeros(self.count, steps, 1 + len(SYMBOLS), dtype=torch.bool)
        self._real = torch.zeros(self.count, steps, 1, dtype=torch.bool)
        for row, (text, holds) in enumerate(zip(tried.texts, tried.holds, strict=True)):
            symbols[row, : len(text)] = torch.tensor([model.vocabulary.index(symbol) for symbol in text])
            self._holds[row, : len(text)] = torch.from_numpy(holds)
            self._real[row, : len(text)] = True
        with torch.no_grad():
            weights = dict(recurrent.named_parameters())
            bias = weights["bias_ih_l0"] + weights["bias_hh_l0"]
            self._arriving = network.embed(symbols) @ weights["weight_ih_l0"].T + bias
            self._hidden = weights["weight_hh_l0"].T.clone()
            self._head, self._head_bias = head.weight.T.clone(), head.bias.clone()
        self.units = recurrent.hidden_size

    @torch.no_grad()
    def right(self, cuts: Sequence[Cuts]) -> np.ndarray:
        """For each choice of gates to shut, which strings are judged right: (choices, strings)."""
        return np.concatenate([self._right(cuts[k : k + CHUNK]) for k in range(0, len(cuts), CHUNK)])

    def _right(self, cuts: Sequence[Cuts]) -> np.ndarray:
        open_ = {name: torch.ones(len(cuts), 1, self.units) for name in GATES}
        for row, cut in enumerate(cuts):
            for gate, unit in cut:
                open_[gate][row, 0, unit] = 0
        state = torch.zeros(len(cuts), self.count, self.units)
        hidden, right = state, torch.ones(len(cuts), self.count, dtype=torch.bool)
        for step in range(self._arriving.shape[1]):
            sums = (self._arriving[:, step] + hidden @ self._hidden).chunk(4, dim=-1)
            now = dict(zip((each.name for each in LSTM.weighted), sums, strict=True))
            gates = {name: torch.sigmoid(now[name]) * open_[name] for name in GATES}
            state = gates["forget_gate"] * state + gates["input_gate"] * torch.tanh(now["candidate"])
            hidden = gates["output_gate"] * torch.tanh(state)
            says = hidden @ self._head + self._head_bias > 0
            right &= ((says == self._holds[:, step]) | ~self._real[:, step]).all(-1)
        return right.numpy()


@cache
def counter() -> Broken:
    """The shipped network on the test strings."""
    return Broken(load_model(TASK, CELL), strings())


def allowed(own: int, level: float) -> int:
    """How many strings may be left right for a goal, of those that are right by itself."""
    return int(own * level + 1e-9)


def fewest(broken: Broken, tell: Callable[[float], None] = lambda share: None) -> dict[float, Cuts]:
    """For every goal, the fewest gates that a search found to reach it; a goal that it did not reach is left out.

    Up to `EXHAUSTIVE` gates every choice is tried, so that fewer are known not to do. From there on the best choices
    are each tried with every gate more.

    Parameters
    ----------
    tell : called with the share that is done
    """
    own = int(broken.right([()])[0].sum())
    every = [(gate, unit) for gate in GATES for unit in range(broken.units)]
    found: dict[float, Cuts] = {}
    best: list[Cuts] = [()]
    for many in range(1, MOST + 1):
        tried = list(combinations(every, many)) if many <= EXHAUSTIVE else _more(best, every)
        left = np.empty(len(tried), dtype=int)
        for k in range(0, len(tried), CHUNK):
            left[k : k + CHUNK] = broken.right(tried[k : k + CHUNK]).sum(axis=1)
            tell((many - 1 + k / len(tried)) / MOST)
        order = np.argsort(left, kind="stable")
        best = [tried[k] for k in order[:KEPT]]
        for level in LEVELS:
            if level not in found and left[order[0]] <= allowed(own, level):
                found[level] = best[0]
        if len(found) == len(LEVELS):
            break
    return found


def _more(best: Iterable[Cuts], every: Iterable[Cut]) -> list[Cuts]:
    """Each choice with one gate more, without doubles."""
    found = {tuple(sorted((*cuts, cut))): None for cuts in best for cut in every if cut not in cuts}
    return list(found)
