"""Experiments to start from: a text, clamps, and what they show. Each claim is checked by a test."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_viz.sources import Source, cells_of, shipped, shown_tasks
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.readers import Numbers, Reading
from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.doing.texts import Changes
from lstm_viz.ui.settings.holds import Hold, write
from lstm_viz.ui.settings.settings import Settings

Holds = Callable[[Source, Reading], tuple[Hold, ...]]

DEPTH = {"a": 1, "(": 1, "b": -1, ")": -1}
"""What a symbol adds to the count of those still open."""


@dataclass(frozen=True)
class Preset:
    """One experiment.

    Attributes
    ----------
    title, look_for : on screen: its name, and what to look for
    task, cell : which network
    text : what it reads
    holds : clamps, given the network and its reading of the text
    shown : which quantity to compare; the one held if none is named
    """

    title: str
    task: str
    text: str
    holds: Holds
    look_for: str
    cell: str = "lstm"
    shown: str = ""

    @cached_property
    def clamps(self) -> tuple[Hold, ...]:
        """The clamps on this text."""
        source = shipped(self.task, self.cell)
        return self.holds(source, source.read(self.text))


def at(quantity: str, value: float, word: str) -> Holds:
    """A clamp in all units, at the step that reads a word."""

    def holds(source: Source, reading: Reading) -> tuple[Hold, ...]:
        step = reading.tokens.index(word)
        return (Hold(quantity, value, (), ((step, step),)),)

    return holds


def throughout(quantity: str, value: float) -> Holds:
    """A clamp in all units at all steps."""
    return lambda source, reading: (Hold(quantity, value),)


def counter_still(first: int, last: int) -> Holds:
    """The unit whose memory follows the depth most closely takes nothing in and loses nothing, for some steps."""

    def holds(source: Source, reading: Reading) -> tuple[Hold, ...]:
        depth = np.cumsum([DEPTH[token] for token in reading.tokens])
        memory = source.layer(source.run(reading.tokens), source.places[-1])["cell_state"]
        likeness = [abs(np.corrcoef(depth, memory[:, unit])[0, 1]) for unit in range(memory.shape[1])]
        unit = int(np.nanargmax(likeness))
        where = ((unit, unit),), ((first, last),)
        return Hold("input_gate", 0.0, *where), Hold("forget_gate", 1.0, *where)

    return holds


def thousand_numbers() -> str:
    """A thousand random numbers with two small ones marked, the second 500 steps before the end."""
    reader = TASKS["adding"].reader
    assert isinstance(reader, Numbers)
    values = np.random.default_rng(0).uniform(size=1000).round(2)
    values[[10, 499]] = 0.12, 0.24
    return reader.text([float(value) for value in values], (10, 499))


PRESETS = (
    Preset(
        "Forget at “but”",
        "sentiment",
        "Dull at first, but then funny and warm.",
        at("forget_gate", 0.0, "but"),
        "Shutting every forget gate at “but” wipes out “Dull”: P(positive) moves towards 0.5 there, and one “funny” "
        "now lifts it above 0.8, where without the clamp it stays below 0.5.",
    ),
    Preset(
        "Keep “not” out",
        "sentiment",
        "The film is not good.",
        at("input_gate", 0.0, "not"),
        "With the input gates shut for one word, “not” never enters the memory: P(positive) ends above 0.9 instead of "
        "below 0.3.",
    ),
    Preset(
        "Never forget",
        "sentiment",
        "The acting is good, but the story is a mess.",
        throughout("forget_gate", 1.0),
        "With the forget gates held open, the first impression never leaves: P(positive) ends above 0.9, although "
        "“mess” alone takes it below 0.1 when the gates may close.",
    ),
    Preset(
        "Stop the counter",
        "counting",
        "aaaaaaaabbbbbbbb",
        counter_still(4, 6),
        "One unit’s memory follows the count. Held still for three of the a’s, it misses them: the network now takes "
        "the string for complete three b’s early.",
        shown="cell_state",
    ),
    Preset(
        "Open for 1,000 steps",
        "adding",
        thousand_numbers(),
        throughout("forget_gate", 1.0),
        "The two marked numbers sum to 0.36. With every forget gate held open for 1,000 steps, the answer stays within "
        "0.2 of that. Hold them at 0.99 instead: 0.99 to the power of 500 is under 1%, and the answer is back near 1, "
        "the best guess of one who has seen nothing.",
    ),
)


def presets() -> tuple[Preset, ...]:
    """Those whose network is there."""
    return tuple(each for each in PRESETS if each.task in shown_tasks() and each.cell in cells_of(each.task))


def preset(settings: Settings, rules: Rules, index: int) -> Changes:
    """Set up one of the `presets`: its network, text and clamps, and the place where they hold chosen."""
    chosen = presets()[index]
    first = chosen.clamps[0]
    spot = {name: ranges[0][0] for name, ranges in (("step", first.steps), ("unit", first.units)) if ranges}
    return spot | {
        "task": chosen.task,
        "cell": chosen.cell,
        "text": chosen.text,
        "before": None,
        "clamps": write(chosen.clamps),
        "shown": chosen.shown or first.quantity,
    }
