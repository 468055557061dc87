"""A table of results that fits any width: side by side where there is room, a card for each row where there is not."""

from collections.abc import Sequence
from typing import Any

from lstm_viz.ui.bridge.components import component

_component = component("records")


def show_records(key: str, rows: Sequence[Sequence[Any]], caption: str) -> None:
    """Draw a table; the first row is its head, the first cell of each row names it.

    A cell is a text, or links as (title, address).
    """
    _component(key=key, data={"rows": [list(row) for row in rows], "caption": caption})
