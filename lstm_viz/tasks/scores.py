"""A measured score in words: what the model cards, the README and the pages write, and what it means."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

Score = Mapping[str, Any]
"""One row of ``card["scores"]`` or ``card["limits"]``: name, value, items and part, as `training.recipe.Score`."""

MEANINGS: Mapping[str, Callable[[float], str]] = {
    "mean squared error": lambda value: f"a guess is typically off by {math.sqrt(value):.2g}",
    "bits per character": lambda value: f"as unsure as between {2**value:.1f} characters, all equally likely",
    "longest n": lambda value: "every string up to there is right after every symbol",
}
"""What a value means, by how the score's name begins."""


def is_share(score: Score) -> bool:
    """Whether the value is a share of the items: by its name, see `training.recipe.Score`."""
    return bool(re.match(r"accuracy|wrong|.*\bright$", score["name"]))


def figure(score: Score) -> str:
    """The value alone: a share in per cent, whole numbers as they are, others to three digits."""
    return f"{score['value']:.1%}" if is_share(score) else number(score["value"])


def number(value: float) -> str:
    """Whole numbers as they are, others to three digits; more would promise too much."""
    sign, size = "−" if value < 0 else "", abs(value)
    return sign + (f"{size:,.0f}" if size >= 100 or size == int(size) else f"{size:.3g}")


def told(score: Score) -> str:
    """Name and value, and how many items that is or what it means: “accuracy: 87.3 %, 476 of 545”."""
    said = f"{score['name']}: {figure(score)}"
    if is_share(score):
        return f"{said}, {round(score['value'] * score['items']):,} of {score['items']:,}"
    meaning = next((say for start, say in MEANINGS.items() if score["name"].startswith(start)), None)
    return f"{said}, {meaning(score['value'])}" if meaning else said


def lines(scores: Sequence[Score]) -> list[str]:
    """All scores, those of the same part of the data after one line that says which."""
    found = []
    for (items, part), together in groupby(scores, key=lambda score: (score["items"], score["part"])):
        found.append(f"On {items:,} {part}:")
        found += [f"– {told(score)}" for score in together]
    return found


def cannot(card: Mapping[str, Any]) -> list[str]:
    """What a network cannot do: what was measured for that, or else what its scores say of the worst."""
    if limits := card.get("limits"):
        return [failing(limit) for limit in limits]
    whole = [score for score in card["scores"] if not score["name"].startswith("accuracy after")]
    whole = whole or card["scores"]
    shares = [score for score in whole if is_share(score)]
    others = [score for score in whole if not is_share(score)]
    if others and all(score["value"] == 1 for score in shares):
        return [failing(others[-1])]
    worst = min(shares, key=lambda score: score["value"])
    name = worst["name"].replace("accuracy", "wrong", 1) if worst["name"].startswith("accuracy after") else "wrong"
    return [failing({**worst, "name": name, "value": 1 - worst["value"]})]


def failing(score: Score) -> str:
    """What goes wrong, in a sentence such as “Wrong on 69 of 545 questions (12.7%)”, with its full stop."""
    items = f"{score['items']:,} {score['part']}"
    if is_share(score):
        name, found = score["name"], f"{round(score['value'] * score['items']):,} of {items} ({figure(score)})"
        return f"{name[0].upper()}{name[1:]} on {found}."
    said = told(score)
    return f"{said[0].upper()}{said[1:]} (measured on {items})."
