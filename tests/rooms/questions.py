"""Questions of every kind that a room can ask, as a browser is given them."""

from typing import Any

CHOOSE: dict[str, Any] = {
    "kind": "choose",
    "prompt": "What will it do?",
    "options": ["below", "between", "above"],
}
NUMBER: dict[str, Any] = {
    "kind": "number",
    "prompt": "How open is it?",
    "range": [0, 1],
    "decimals": 2,
    "unit": "",
    "name": "forget gate of unit 23 at “but”",
}
TOKENS = ["not", "a", "good", "film"]
CLICK: dict[str, Any] = {"kind": "click", "prompt": "Where?", "what": "step", "labels": TOKENS, "units": [3, 1, 7]}
CLICK_UNIT = CLICK | {"what": "unit"}
DRAW = NUMBER | {
    "kind": "draw",
    "labels": TOKENS,
    "scale": "linear",
    "colour": {"light": "#2a5fd9", "dark": "#409cff"},
}
TRUTH: dict[str, Any] = {"choose": 2, "number": 0.91, "click": [2], "draw": [0.9, 0.8, 0.1, 0.95]}
"""By kind, what is so."""
KINDS = [CHOOSE, NUMBER, CLICK, CLICK_UNIT, DRAW]
RIGHT: list[tuple[dict[str, Any], list[Any]]] = [
    (CHOOSE, [0, 2]),
    (NUMBER, [0, 1, 0.25]),
    (CLICK, [0, 3]),
    (CLICK_UNIT, [3, 7]),
    (DRAW, [[0, 1, 0.5, 0.25], [None, None, 0.5, None]]),
]
"""Each with answers to it."""
NEVER: list[Any] = [
    *(None, True, "", "1", "above", {}, [], [[]], -1, 1.5, 10**400, 1e308, float("nan"), float("inf"), -float("inf")),
    *([0.5], [0.5] * 5, [None] * 4, [0.5, 0.5, 0.5, "0.5"], [0.5, 0.5, 0.5, True], [2, 0, 0, 0], {"0": 0.5}),
]
"""What is an answer to none of them."""
