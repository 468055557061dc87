"""One quantity of all units over the columns, as plain data: what a page draws in the browser, and plotly."""

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_viz.arguments import choice
from lstm_viz.cells import NOTATIONS, Quantity
from lstm_viz.cells.notation import to_html
from lstm_viz.figures.style import change_scale, scale
from lstm_viz.trace import Array


@dataclass(frozen=True, eq=False)
class Heatmap:
    """A quantity, or a change of one, of every unit. C: columns, U: units.

    Attributes
    ----------
    quantity : what it is of
    symbol : of the quantity, as HTML in one notation
    values : (C, U), a column's being a step's, or the mean of several; NaN where there is none
    limits : what the ends of the colour scale stand for
    change : whether values are differences, which have two sides around 0 whatever the quantity's own scale
    caption : a sentence made from the values
    ends : (U,), what the ends of the scale stand for in each row, where every row has its own
    """

    quantity: Quantity
    symbol: str
    values: Array
    limits: tuple[float, float]
    change: bool = False
    caption: str = ""
    ends: Array | None = None

    @property
    def name(self) -> str:
        """Code name of the quantity."""
        return self.quantity.name

    @property
    def label(self) -> str:
        """Its name on screen."""
        return self.quantity.label

    def colours(self, theme: str) -> Sequence[tuple[float, str]]:
        """Its colour scale, as plotly takes it."""
        return change_scale(self.quantity, theme) if self.change else scale(self.quantity, theme)


def symbol_of(quantity: Quantity, notation: str) -> str:
    """A quantity's symbol as HTML; ValueError for a notation that is not known."""
    return to_html(quantity.symbol(choice(notation, "notation", NOTATIONS)))
