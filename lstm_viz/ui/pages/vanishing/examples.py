"""Settings to start from: named cases of a gradient that vanishes, explodes or comes back. No Streamlit here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lstm_viz.ui.pages.vanishing.view import Vanishing
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.words.gradient_examples import (
    describe_clipped,
    describe_explosion,
    describe_forget_bias,
    describe_textbook,
)

Words = Callable[[Vanishing], str]


@dataclass(frozen=True)
class Example:
    """One case.

    Attributes
    ----------
    title : on its button
    values : settings of this page alone, so that no other page changes with it
    look_for : what to look for in its figures, from their values
    """

    title: str
    values: Mapping[str, Any]
    look_for: Words


def _textbook(view: Vanishing) -> str:
    return describe_textbook(view.flows)


def _bias(view: Vanishing) -> str:
    return describe_forget_bias(view.flows, view.settings.forget_bias)


def _fresh(title: str, look_for: Words, **values: Any) -> Example:
    start = {"networks": "fresh", "hidden": 32, "radius": 1.0, "nonlinearity": "tanh", "forget_bias": 1.0}
    return Example(title, start | values, look_for)


EXAMPLES: Mapping[str, Example] = {
    "textbook": Example("Textbook", {"networks": "counting", "made_length": 50}, _textbook),
    "thousand": Example("1,000 steps", {"networks": "adding", "made_length": 1000}, _textbook),
    "bias_0": _fresh("Forget bias 0", _bias, forget_bias=0.0),
    "bias_1": _fresh("Forget bias 1", _bias, forget_bias=1.0),
    "bias_5": _fresh("Forget bias 5", _bias, forget_bias=5.0),
    "exploding": _fresh(
        "Exploding",
        lambda view: describe_explosion(view.flows, view.settings.clip),
        radius=1.7,
        nonlinearity="relu",
        clip=1000.0,
    ),
    "clipped": _fresh(
        "Clipped",
        lambda view: describe_clipped(view.flows, view.settings.clip),
        radius=1.7,
        nonlinearity="relu",
        clip=1.0,
    ),
}
"""Code name → case. The first is where the page opens."""


def example_of(settings: Settings) -> str | None:
    """Which example settings show, whatever their length and seed; None for a case of the reader's own."""
    for name, each in EXAMPLES.items():
        if all(getattr(settings, key) == value for key, value in each.values.items()):
            return name
    return None


def look_for(view: Vanishing) -> str:
    """What to look for in the example on show; "" for a case of the reader's own, and until all of it is found."""
    name = example_of(view.settings)
    return "" if name is None or set(view.flows) != set(view.cells) else EXAMPLES[name].look_for(view)
