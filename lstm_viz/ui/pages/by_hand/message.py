"""What Build by hand sends: the challenges as data, their words, and the cell to run. No Streamlit here."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from lstm_viz.cells import LSTM
from lstm_viz.cells.compiler import compiled
from lstm_viz.cells.notation import to_html
from lstm_viz.challenges import CHALLENGES, Challenge
from lstm_viz.challenges.breaking import (
    BREAKING,
    CELL,
    EXHAUSTIVE,
    GATES,
    LEVELS,
    SHOWN,
    TASK,
    Cuts,
    allowed,
    counter,
    strings,
)
from lstm_viz.challenges.challenge import DECIMALS, LARGEST, LONGEST, STEP
from lstm_viz.live_page.colours import cell_colours
from lstm_viz.live_page.gates import symbols_in_words
from lstm_viz.live_page.terms import TERMS
from lstm_viz.sources import shipped
from lstm_viz.trace import Array
from lstm_viz.ui.bridge.served import compiled_cell
from lstm_viz.ui.settings.settings import DEFAULTS, Settings
from lstm_viz.ui.views.network import content, network
from lstm_viz.words.by_hand import BREAKING_WORDS, MISS, OWN_STATE, UNABLE, UNREAD, cut_words, weight_count

OWN = ("challenge", "weights", "trial", "sequence", "shut", "step")
"""The settings that the page's browser sets."""
ORDER = ("forget_gate", "input_gate", "candidate", "output_gate")
"""The four calculations in the order in which one thinks of them."""


@cache
def constant(notation: str, files: bool) -> tuple[dict[str, Any], dict[str, Array]]:
    """All that does not change: header and arrays.

    Parameters
    ----------
    notation : of the symbols
    files : whether the browser fetches files; else the cell and the trained counter come in the message
    """
    arrays: dict[str, Array] = {}
    header = {
        "challenges": [_challenge(each, arrays) for each in CHALLENGES.values()],
        "order": ORDER,
        "rows": [each.name for each in LSTM.weighted],
        "quantities": symbols_in_words(LSTM, notation, projected=False)["quantities"],
        "before": {
            "hidden_state": symbol_before("hidden_state", notation),
            "cell_state": symbol_before("cell_state", notation),
        },
        "limits": {"largest": LARGEST, "step": STEP, "decimals": DECIMALS, "longest": LONGEST},
        "miss": MISS,
        "ownState": OWN_STATE,
        "unread": UNREAD,
        "unable": UNABLE,
        "defaults": {name: DEFAULTS[name] for name in OWN},
        "breaking": breaking(files=files),
        "themes": {
            theme: {name: colours[name] for name in ("lines", "muted")}
            for theme, colours in cell_colours(LSTM.name).items()
        },
        "glossary": TERMS,
        "cell": compiled_cell(LSTM).address if files else None,
        "cellText": None if files else compiled(LSTM),
    }
    return header, arrays


def symbol_before(name: str, notation: str) -> str:
    """A state's symbol at the step before, as HTML."""
    return to_html(LSTM[name].symbol(notation), before=True)


def _challenge(each: Challenge, arrays: dict[str, Array]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": each.name,
        "title": each.title,
        "task": each.task,
        "inputs": list(each.inputs.items()),
        "count": weight_count(each.shape[0], len(each.inputs), each.count),
        "writes": each.writes,
        "first": each.first,
        "reads": each.reads,
        "within": each.within,
        "hold": each.hold,
        "state": each.state,
        "hints": each.hints,
        "idea": each.idea,
        "solution": each.solved.ravel().tolist(),
        "trials": [],
    }
    for k, trial in enumerate(each.trials):
        names = {part: f"{each.name} {k} {part}" for part in ("inputs", "low", "high")}
        arrays |= {name: np.asarray(getattr(trial, part), dtype=np.float32) for part, name in names.items()}
        told["trials"].append({"name": trial.name, "text": trial.text, "begins": trial.begins, "arrays": names})
    return told


def breaking(*, files: bool) -> dict[str, Any]:
    """What the browser needs to break the trained counter; `files` as in `constant`."""
    source, tried = shipped(TASK, CELL), strings()
    cell, weights, vocabulary = content(source)
    own = int(counter().right([()])[0].sum())
    inside = None if files else {"cell": cell, "weights": weights.hex(), "vocabulary": vocabulary}
    return {
        "name": BREAKING,
        "gates": GATES,
        "units": source.units,
        "network": network(source),
        "inside": inside,
        "texts": tried.texts,
        "holds": ["".join("1" if bit else "0" for bit in holds.ravel()) for holds in tried.holds],
        "own": own,
        "exhaustive": EXHAUSTIVE,
        "shows": tried.texts.index(SHOWN),
        "goals": [{"level": level, "allowed": allowed(own, level)} for level in LEVELS],
        **BREAKING_WORDS,
    }


def own_settings(settings: Settings) -> dict[str, Any]:
    """Those of a view that the page's browser sets, as plain values."""
    return {name: getattr(settings, name) for name in OWN}


def changing(settings: Settings, address: str, found: Mapping[float, Cuts] | None, failed: str) -> dict[str, Any]:
    """What may be new in every message.

    Parameters
    ----------
    address : where the page is to be had, without what was done in the browser since
    found : goal → the fewest gates that a search found; None where there was none
    failed : why it found nothing, "" for no reason
    """
    told = None if found is None else [{"level": k, "cuts": list(v), "words": cut_words(v)} for k, v in found.items()]
    return {"settings": own_settings(settings), "address": address, "found": told, "failed": failed}
