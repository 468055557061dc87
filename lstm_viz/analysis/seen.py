"""An example as one network sees it: its run, its answers, and what a text has less or more of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_viz.analysis.answers.followed import followed
from lstm_viz.tasks import Model
from lstm_viz.tasks.points import Where
from lstm_viz.trace import Array, LayerTrace, Trace

OPENS = {"a": 1, "(": 1, "b": -1, ")": -1}
"""What a symbol adds to the count of those still open."""


def still_open(tokens: Sequence[str]) -> Array:
    """(T,), how many are open after every symbol."""
    return np.cumsum([OPENS.get(token, 0) for token in tokens]).astype(np.float64)


def along_the_line(tokens: Sequence[str]) -> Array:
    """(T,), how many characters of the line have been read; 0 after a line feed."""
    text = "".join(tokens)
    return np.array([place - text.rfind("\n", 0, place + 1) for place in range(len(text))], dtype=np.float64)


def odd_ones(tokens: Sequence[str]) -> Array:
    """(T,), 1 where the number of ones so far is odd, else 0."""
    return np.cumsum([token == "1" for token in tokens]).astype(np.float64) % 2


CLOSELY, ROUGHLY = 0.9, 0.5
"""Correlations, of either sign, from which a state follows a property, and goes with it."""

PROPERTIES: Mapping[str, Callable[[Sequence[str]], Array]] = {
    "a's without a b": still_open,
    "open brackets": still_open,
    "position in the line": along_the_line,
    "an odd number of ones": odd_ones,
}
"""What a unit may keep count of, as model cards name it: tokens → (T,)."""


@dataclass(frozen=True, eq=False)
class Seen:
    """A text as a network sees it.

    Attributes
    ----------
    model, tokens : the network, and what it reads
    run : tokens → trace; `Model.trace_tokens`, or one that remembers
    layer : position in the trace of the layer that is looked at
    """

    model: Model
    tokens: tuple[str, ...]
    run: Callable[[tuple[str, ...]], Trace]
    layer: int = 0

    @classmethod
    def of(cls, model: Model, text: str) -> "Seen":
        """A text that can be read."""
        return cls(model, tuple(model.task.tokenize(text)), model.trace_tokens)

    @cached_property
    def trace(self) -> Trace:
        """The run."""
        return self.run(self.tokens)

    @property
    def states(self) -> LayerTrace:
        """The layer that is looked at."""
        return self.trace.layers[self.layer]

    @cached_property
    def values(self) -> Array:
        """(T, labels), the predictions."""
        return self.model.predictions(self.trace)

    @cached_property
    def given(self) -> Array:
        """(T,), the numbers themselves, for a network that reads numbers."""
        reader = self.model.task.reader
        return np.array(reader.values(self.tokens))  # type: ignore[attr-defined]

    @property
    def unknown(self) -> list[str]:
        """The tokens that lie outside what the network was trained on, each once."""
        model = self.model
        strange = model.task.reader.unknown(self.tokens, model.vocabulary or model.training_range)
        return list(dict.fromkeys(t for t, new in zip(self.tokens, strange, strict=True) if new))

    def column(self, label: str = "") -> int:
        """Where a label stands among the predictions; the one that is followed, if none is named."""
        return self.model.labels.index(label) if label else followed(self.model, self.values)

    def step(self, at: Where) -> int:
        """The step of a place."""
        return self.tokens.index(at) if isinstance(at, str) else at % len(self.tokens)

    def instead(self, old: str, new: str) -> "Seen":
        """The same with one token in place of another, or without it."""
        step = self.step(old)
        tokens = (*self.tokens[:step], *([new] if new else []), *self.tokens[step + 1 :])
        return Seen(self.model, tokens, self.run, self.layer)

    def tracking(self, what: str) -> tuple[str, int, float, bool]:
        """The unit that follows a property, as (state, unit, correlation, whether the model card names it).

        The one that the model card names; where it names none, the one that follows it most closely here.
        """
        target = PROPERTIES[what](self.tokens)
        definition = self.states.definition
        named = [each for each in self.model.card.get("findings", {}).get("units", ()) if each["property"] == what]
        if named:
            state, unit = str(named[0]["quantity"]), int(named[0]["unit"])
            return state, unit, float(_likeness(self.states[state], target)[unit]), True
        state = (definition.memory or definition.states[-1]).name
        likeness = _likeness(self.states[state], target)
        unit = int(np.abs(likeness).argmax())
        return state, unit, float(likeness[unit]), False


def _likeness(states: Array, target: Array) -> Array:
    """Pearson's correlation of every unit with the target, (H,); 0 where one of the two does not vary."""
    values, target = states - states.mean(0, dtype=np.float64), target - target.mean()
    spread = np.sqrt((values**2).sum(0) * (target**2).sum())
    return np.asarray(target @ values / np.where(spread > 0, spread, np.inf))
