"""The colours that a page's browser needs, from the project's one list of them, in both themes."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from lstm_viz.cells import CELLS
from lstm_viz.cells.definition import Quantity
from lstm_viz.figures.style import THEMES, Theme, change_scale, probability_scale, scale, signed_scale
from lstm_viz.live_page.lasting import Lasting

SIGNED = "signed"
"""The name of the scale of everything that is no quantity's own."""


@lru_cache(maxsize=4 * len(CELLS))
def cell_colours(cell: str, *, all_quantities: bool = False) -> Lasting:
    """Colours and scales of a cell's recorded quantities, or of all of them, and of what is drawn beside them."""
    definition = CELLS[cell]
    shown = definition.quantities if all_quantities else definition.recorded
    return Lasting({name: _colours(shown, theme) for name, theme in THEMES.items()})


def _colours(shown: Iterable[Quantity], theme: Theme) -> dict[str, Any]:
    name = theme.name
    return {
        "lines": {each.name: theme.colour(each.name) for each in shown} | {"inputs": theme.colour("inputs")},
        "scales": {each.name: scale(each, name) for each in shown} | {SIGNED: signed_scale(name)},
        "changes": {each.name: change_scale(each, name) for each in shown},
        "probability": probability_scale(name),
        "muted": theme.muted,
        "ink": theme.text,
        "paper": theme.background,
        "negative": theme.negative,
        "positive": theme.positive,
    }


def named_colours(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Theme → name → colour, with the one for what is beside the point."""
    listed = sorted({*names, "muted"})
    return {theme.name: {name: theme.colour(name) for name in listed} for theme in THEMES.values()}
