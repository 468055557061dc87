"""The trained network that most claims are checked on, and its runs on one text."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from lstm_viz.clamp import Clamp
from lstm_viz.figures.chart import Chart, Series
from lstm_viz.sources import Place, Source, checkpoint_steps, shipped
from lstm_viz.trace import LayerTrace
from lstm_viz.words.gradients import size

TEXT = "The film is not good, but the two sisters are funny and warm."
START = 3
"""The step from which a gate is held."""


@dataclass(frozen=True, eq=False)
class Checked:
    """The network that the claims are checked on, and its runs.

    Attributes
    ----------
    source : a trained LSTM that reads English
    untrained : the same before training
    """

    source: Source
    untrained: Source

    @cached_property
    def place(self) -> Place:
        """Its last layer."""
        return self.source.places[-1]

    @cached_property
    def free(self) -> LayerTrace:
        """Its run on the text with nothing held."""
        return self.layer()

    def layer(self, *clamps: Clamp) -> LayerTrace:
        """Its run on the text, with gates held."""
        return self.source.layer(self.source.model.trace(TEXT, clamps), self.place)

    @cached_property
    def everywhere(self) -> list[LayerTrace]:
        """Its runs on all its examples."""
        texts = [example.text for example in self.source.task.examples]
        return [self.source.layer(self.source.run(self.source.read(text).tokens), self.place) for text in texts]

    @property
    def busiest(self) -> int:
        """The unit whose memory moves most over the text."""
        return int(np.abs(np.diff(self.free.cell_state, axis=0)).sum(axis=0).argmax())


@cache
def checked() -> Checked:
    """The sentiment LSTM, trained and not."""
    return Checked(shipped("sentiment"), shipped("sentiment", checkpoint=min(checkpoint_steps("sentiment"))))


def power(value: float) -> str:
    """A small number as text, such as 4.2×10⁻⁸."""
    return size(math.log10(value) if value else -math.inf)


def over_text(on: Checked, name: str, title: str, lines: Sequence[Series], low: float, high: float) -> Chart:
    """Lines over the words of the text."""
    return Chart(
        name=name,
        title=title,
        caption=f"The text: {TEXT}",
        x=np.arange(len(lines[0].values), dtype=float),
        x_label="after reading",
        x_names=on.source.model.trace(TEXT).labels,
        series=lines,
        points=True,
        y_range=(low, high),
        height=240,
    )
