"""What What if? sends to the browser."""

from typing import Any

from lstm_viz.ui.pages.what_if.tried import Tried
from lstm_viz.ui.pages.what_if.view import ClampRow, PresetChip
from lstm_viz.ui.views.envelope import Numbers, Words


class WhatIfWords(Words):
    """What it says, and what there is to choose from; `captions` of an empty text are none."""

    ranking: dict[str, Any] | None
    clamps: list[ClampRow]
    presets: list[PresetChip]
    tried: list[Tried]
    order: list[int]
    quantities: list[dict[str, Any]]
    holdable: list[Any]
    rankable: list[Any]
    notations: list[tuple[str, str]]
    captions: dict[str, str]


class WhatIfNumbers(Numbers, total=False):
    """What it draws, which needs a run; the browser makes the same."""

    quantity: dict[str, Any]
    prediction: dict[str, Any] | None
    moved: dict[str, Any]


class WhatIfMessage(WhatIfWords, WhatIfNumbers, total=False):
    """The header of the page's message."""
