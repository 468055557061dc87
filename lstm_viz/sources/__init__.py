"""What is shown: a network, where it came from, its layers, and what it has read. Every page is given one."""

from lstm_viz.sources.shipped import (
    cells_of,
    cells_together,
    checkpoint_steps,
    lab_variants,
    shipped,
    shown_tasks,
)
from lstm_viz.sources.source import Place, Source
from lstm_viz.sources.states import States

__all__ = [
    "Place",
    "Source",
    "States",
    "cells_of",
    "cells_together",
    "checkpoint_steps",
    "lab_variants",
    "shipped",
    "shown_tasks",
]
