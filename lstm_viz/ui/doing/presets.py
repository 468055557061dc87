"""Experiments to start from: a text, and what is held in it. What comes of it is measured, and said by the page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_viz.cells import CELLS
from lstm_viz.sources import Source, cells_of, shipped, shown_tasks
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.readers import Numbers, Reading
from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.doing.texts import Changes
from lstm_viz.ui.settings.holds import Hold, write
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.words.phrases import listing

Holds = Callable[[Source, Reading], tuple[Hold, ...]]

LEAKY = 0.99
"""A forget gate that is nearly open."""

OTHERS = listing([f"the {gate.label.lower()}s" for gate in CELLS["lstm"].gates if gate.name != "input_gate"])
"""What reads a word that the input gates keep out."""

DEPTH = {"a": 1, "(": 1, "b": -1, ")": -1}
"""What a symbol adds to the count of those still open."""


@dataclass(frozen=True)
class Preset:
    """One experiment.

    Attributes
    ----------
    title, about : on screen: its name, and what it does, in words that no value can belie
    task, cell : which network
    text : what it reads
    holds : clamps, given the network and its reading of the text
    shown : which quantity to compare; the one held if none is named
    """

    title: str
    task: str
    text: str
    holds: Holds
    about: str
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
        "Every forget gate is shut at “but”: of what “Dull” put into the cell state, nothing is left.",
    ),
    Preset(
        "Keep “not” out",
        "sentiment",
        "The film is not good.",
        at("input_gate", 0.0, "not"),
        f"Every input gate is shut for one word: nothing of “not” is added to the cell state; {OTHERS} still read it.",
    ),
    Preset(
        "Never forget",
        "sentiment",
        "The acting is good, but the story is a mess.",
        throughout("forget_gate", 1.0),
        "Every forget gate is held open: whatever enters the cell state stays, and new content can only be added.",
    ),
    Preset(
        "Stop the counter",
        "counting",
        "aaaaaaaabbbbbbbb",
        counter_still(4, 6),
        "The unit whose cell state goes most closely with the count, rising or falling, is held still for three of "
        "the a’s: its input gate is shut, its forget gate open.",
        shown="cell_state",
    ),
    Preset(
        "Open for 1,000 steps",
        "adding",
        thousand_numbers(),
        throughout("forget_gate", 1.0),
        "Every forget gate is held open for 1,000 steps. The two marked numbers stay in the cell state, and so does "
        "whatever else enters it.",
    ),
    Preset(
        "Leak 1% a step",
        "adding",
        thousand_numbers(),
        throughout("forget_gate", LEAKY),
        f"Every forget gate is held at {LEAKY:g}, nearly open. Of what entered 500 steps ago, {LEAKY:g} to the power "
        f"of 500 is left, {LEAKY**500:.1%}.",
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
