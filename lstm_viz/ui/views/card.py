"""A model card in rows: what the training command wrote down, in words."""

from collections.abc import Mapping
from typing import Any

from lstm_viz.cells import CELLS
from lstm_viz.tasks import Model
from lstm_viz.ui.views.input_field import training_range

CHECKSUM = 12
"""Characters of a checksum that are shown; the card has all."""


def card_rows(model: Model) -> list[tuple[str, list[str]]]:
    """Each row's name, and its lines."""
    card = model.card
    rows = [
        ("Network", [_network(model)]),
        ("Scores", [_score(score) for score in card["scores"]]),
        ("Trained on", [card["data"], card["url"], *_checksums(card["sha256"])]),
        ("Training", [_training(card)]),
        ("Settings", [_settings(card["settings"])]),
    ]
    if model.training_range:
        rows.insert(3, ("Range", [training_range(model)]))
    if len(card.get("seeds", {})) > 1:
        rows.append(("Other seeds", [_seeds(card["seeds"])]))
    if units := card["findings"].get("units"):
        rows.append(("Units that track", [_tracks(model.cell, found) for found in units]))
    return [*rows, ("Published score", [card["reference"]])]


def _network(model: Model) -> str:
    card, sizes = model.card, model.card["network"]
    symbols = sizes.get("vocabulary_size", 0)
    arrives = "an embedding" if symbols else "numbers" if sizes["input_size"] > 1 else "one number"
    width = f" of {sizes['input_size']}" if sizes["input_size"] > 1 else ""
    known = f" for {symbols - 1:,} known {model.task.reader.noun}" if symbols else ""
    bias = card["forget_gate_bias"]
    return (
        f"{CELLS[model.cell].title} of {sizes['hidden_size']} units; {arrives}{width} a step{known}; "
        f"{card['parameters']:,} parameters, {card['recurrent_parameters']:,} of them in the recurrent layer"
        + ("." if bias is None else f"; forget-gate bias {bias:.2f} after training.")
    )


def _score(score: Mapping[str, Any]) -> str:
    return f"{score['name']}: {score['value']:.4g} ({score['items']:,} {score['part']})"


def _checksums(sums: Mapping[str, str]) -> list[str]:
    return [f"{name}: SHA-256 {value[:CHECKSUM]}…" for name, value in sums.items()]


def _seeds(seeds: Mapping[str, Mapping[str, Any]]) -> str:
    """The first score of every seed that was tried: one run alone may have been lucky."""
    name = next(iter(next(iter(seeds.values()))))
    each = [f"{seeds[seed][name]:.4g} (seed {seed})" for seed in sorted(seeds, key=int)]
    return f"{name}: {', '.join(each)}"


def _tracks(cell: str, found: Mapping[str, Any]) -> str:
    label = CELLS[cell][found["quantity"]].label.lower()
    score, before = (f"{found[key]:.2f}".replace("-", "−") for key in ("score", "chosen_at"))
    return (
        f"{found['property']}: unit {found['unit']}’s {label}, {found['measure']}: {score} on {found['steps']:,} fresh "
        f"steps ({before} on those it was chosen by)"
    )


def _training(card: Mapping[str, Any]) -> str:
    threads = card["threads"]
    versions = ", ".join(f"{name} {version}" for name, version in card["versions"].items())
    return (
        f"{card['training_seconds']:,.0f} s on {threads} thread{'s' * (threads > 1)}, seed {card['settings']['seed']}, "
        f"{card['date']}, {versions}"
    )


def _settings(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in settings.items() if name != "seed")
