"""Experiments to start from: a text, clamps, and what they show. Each claim is checked by a test."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lstm_viz.tasks import load_model, model_names
from lstm_viz.ui.clamps import Hold


@dataclass(frozen=True)
class Preset:
    """One experiment.

    Attributes
    ----------
    title, look_for : on screen: its name, and what to look for
    task, cell : which network
    text : what it reads
    holds : clamps, given the tokens
    """

    title: str
    task: str
    text: str
    holds: Callable[[Sequence[str]], tuple[Hold, ...]]
    look_for: str
    cell: str = "lstm"

    def clamps(self) -> tuple[Hold, ...]:
        """The clamps on this text."""
        return self.holds(load_model(self.task, self.cell).task.tokenize(self.text))


def at(quantity: str, value: float, word: str) -> Callable[[Sequence[str]], tuple[Hold, ...]]:
    """A clamp in all units, at the step that reads a word."""

    def holds(tokens: Sequence[str]) -> tuple[Hold, ...]:
        step = list(tokens).index(word)
        return (Hold(quantity, value, (), ((step, step),)),)

    return holds


def throughout(quantity: str, value: float) -> Callable[[Sequence[str]], tuple[Hold, ...]]:
    """A clamp in all units at all steps."""
    return lambda tokens: (Hold(quantity, value),)


PRESETS = (
    Preset(
        "Forget at “but”",
        "sentiment",
        "Dull at first, but then funny and warm.",
        at("forget_gate", 0.0, "but"),
        "Shutting every forget gate at 'but' wipes out 'Dull': P(positive) moves towards 0.5 there, and one 'funny' "
        "now lifts it above 0.8, where without the clamp it stays below 0.5.",
    ),
    Preset(
        "Keep “not” out",
        "sentiment",
        "The film is not good.",
        at("input_gate", 0.0, "not"),
        "With the input gates shut for one word, 'not' never enters the memory: P(positive) ends above 0.9 instead of "
        "below 0.3.",
    ),
    Preset(
        "Never forget",
        "sentiment",
        "The acting is good, but the story is a mess.",
        throughout("forget_gate", 1.0),
        "With the forget gates held open, the first impression never leaves: P(positive) ends above 0.9, although "
        "'mess' alone takes it below 0.1 when the gates may close.",
    ),
)


def presets() -> tuple[Preset, ...]:
    """Those whose network is there."""
    there = model_names()
    return tuple(preset for preset in PRESETS if preset.task in there)
