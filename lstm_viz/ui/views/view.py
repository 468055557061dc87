"""A source and settings, as every live page reads them: the text, its run, and the place on show. No Streamlit here."""

from dataclasses import dataclass
from functools import cached_property

from lstm_viz.analysis.change.edits import Edit, compare
from lstm_viz.analysis.ordering import orders_for
from lstm_viz.sources import Place, Source
from lstm_viz.tasks import Model
from lstm_viz.tasks.readers import Reading
from lstm_viz.trace import LayerTrace, Trace
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import source_of


@dataclass(frozen=True, eq=False)
class View:
    """What is on show, worked out from a source and the settings alone."""

    source: Source
    settings: Settings

    @classmethod
    def of(cls, settings: Settings) -> "View":
        """The view of the source that the settings themselves name."""
        return cls(source_of(settings), settings)

    @property
    def model(self) -> Model:
        """The network with its task."""
        return self.source.model

    @property
    def place(self) -> Place:
        """The layer and direction on show."""
        return self.source.place(self.settings.layer, self.settings.direction)

    @property
    def reading(self) -> Reading:
        """The text in the editor, read: the first example's until the user has written one."""
        given = self.settings.text
        return self.source.read(self.source.task.examples[0].text if given is None else given)

    @property
    def text(self) -> str:
        """The text in the editor."""
        return self.reading.text

    @cached_property
    def trace(self) -> Trace | None:
        """The run of the network on the text; None where there is nothing to run on."""
        tokens = self.reading.tokens
        return self.source.run(tokens) if tokens else None

    @property
    def run(self) -> Trace:
        """The same where it is known that there is one."""
        assert self.trace is not None, "there is nothing to run on"
        return self.trace

    @cached_property
    def layer(self) -> LayerTrace:
        """The chosen layer and direction of that run."""
        return self.source.layer(self.run, self.place)

    def layers(self) -> dict[str, LayerTrace]:
        """What the browser's own run is held against, by the cell it is of; empty where there is no run."""
        return {} if self.trace is None else {self.model.cell: self.layer}

    @property
    def step(self) -> int:
        """The chosen step, or the last one."""
        return min(self.settings.step, len(self.run) - 1)

    @property
    def unit(self) -> int:
        """The chosen unit, or the last one."""
        return min(self.settings.unit, self.layer.units - 1)

    @property
    def order_name(self) -> str:
        """By what the rows are ordered: as asked, where that applies to the cell."""
        asked = self.settings.order
        return asked if asked in orders_for(self.source.cell) else "index"

    @property
    def order(self) -> list[int]:
        """Which unit each row shows, from the top; of a large layer some of them, the chosen one among them."""
        return self.source.drawn(self.place, self.order_name, self.settings.unit, len(self.reading.tokens))

    @property
    def some_units(self) -> str:
        """What is said where not all units are drawn; "" where they are."""
        units = self.source.units
        drawn = len(self.order)
        if drawn == units:
            return ""
        return (
            f"{drawn} of {units:,} units are drawn, spread evenly over their order, with unit {self.unit} among them."
        )

    @cached_property
    def edit(self) -> Edit | None:
        """What the last edit changed; None where there was none, or one of the two texts cannot be run."""
        if self.trace is None or self.settings.before is None:
            return None
        before = self.source.read(self.settings.before)
        if not before.tokens or before.tokens == self.reading.tokens:
            return None
        return compare(
            self.source.run(before.tokens),
            self.trace,
            layer=self.place.index,
            direction=self.place.direction,
            alignment=self.source.align(before.tokens, self.reading.tokens),
        )
