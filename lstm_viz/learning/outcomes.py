"""With how many other seeds each preset came out when that was tried last."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from lstm_viz.learning.plan import Plan
from lstm_viz.learning.presets import PRESETS

FILE = Path(__file__).with_name("outcomes.json")
"""``python -m benchmarks presets`` writes it: it trains every preset with seeds that none was made with."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def write(outcomes: Mapping[str, Mapping[int, bool]], file: Path = FILE) -> None:
    """Write what came of every preset: its name → seed → whether its claim held."""
    told: dict[str, Any] = {
        name: {"plans": _plans(PRESETS[name].plans), "seeds": {**each}} for name, each in outcomes.items()
    }
    file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


@cache
def outcomes() -> Mapping[str, Mapping[int, bool]]:
    """The same as it was written, of the presets whose plans are still those that were tried."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: {int(seed): holds for seed, holds in told[name]["seeds"].items()}
        for name, preset in PRESETS.items()
        if told.get(name, {}).get("plans") == _plans(preset.plans)
    }


def said(name: str) -> str:
    """In a sentence with how many other seeds a preset came out; "" where that was not tried."""
    held = outcomes().get(name, {})
    if not held:
        return ""
    return f"The same came out with {_word(sum(held.values()))} of {_word(len(held))} other seeds."


def _word(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _plans(plans: Sequence[Plan]) -> list[str]:
    return [plan.written for plan in plans]
