"""A model card in rows: what the training command wrote down, in words."""

from collections.abc import Mapping
from typing import Any

from lstm_viz.cells import CELLS
from lstm_viz.tasks import Model
from lstm_viz.tasks.scores import cannot, lines, number
from lstm_viz.ui.views.input_field import training_range
from lstm_viz.words.phrases import count

CHECKSUM = 12
"""Characters of a checksum that are shown; the card has all."""


Rows = list[tuple[str, list[str]]]


def card_rows(model: Model) -> Rows:
    """What a reader needs to trust a network or not: each row's name, and its lines."""
    card = model.card
    if "rows" in card:
        return list(card["rows"])  # of a file that someone gave, of whose training nothing is known
    rows = [
        ("Network", [_network(model)]),
        ("Trained on", [f"{_capital(card['data'])}.", *([card["url"]] if card["url"] else [])]),
        ("Scores", lines(card["scores"])),
        ("What it cannot do", cannot(card)),
    ]
    if model.training_range:
        rows.insert(2, ("Range", [training_range(model)]))
    if units := card["findings"].get("units"):
        rows.append(("Units that track", [_tracks(model.cell, found) for found in units]))
    return [*rows, ("Published score", [_capital(card["reference"])])]


def training_rows(model: Model) -> Rows:
    """How it was trained, for one who wants to do it again: folded away under the card."""
    card = model.card
    if "training_seconds" not in card:
        return []
    rows = [
        ("Training", [_training(card)]),
        ("Settings", [_settings(card["settings"])]),
        ("Files read", _checksums(card["sha256"]) or ["None: its data are generated."]),
    ]
    if card["chosen_by"]:
        rows.append(("Which epoch", [_epoch(card)]))
    if len(card.get("seeds", {})) > 1:
        rows.append(("Other seeds", [_seeds(card["seeds"])]))
    return rows


def _network(model: Model) -> str:
    card, sizes = model.card, model.card["network"]
    symbols = sizes.get("vocabulary_size", 0)
    width = sizes["input_size"]
    arrives = f"{width} numbers" if width > 1 else "one number"
    known = f", learnt for each of {symbols - 1:,} known {model.task.reader.noun}" if symbols else ""
    bias = card["forget_gate_bias"]
    layers = sizes.get("num_layers", 1)
    each = f" in each of {layers} layers" if layers > 1 else ""
    return (
        f"{CELLS[model.cell].title} of {count(sizes['hidden_size'], 'unit')}{each}; {arrives} a step{known}; "
        f"{card['parameters']:,} parameters, {card['recurrent_parameters']:,} of them in the recurrent layer"
        + ("." if bias is None else f"; forget-gate bias {bias:.2f} after training.")
    )


def _epoch(card: Mapping[str, Any]) -> str:
    """Which epoch's weights are shipped, where they were chosen by a score."""
    if "epoch" not in card:
        return f"The last; of several seeds, the best by {card['chosen_by']}"
    return f"{card['epoch']} of {card['settings']['epochs']}, the best by {card['chosen_by']}"


def _checksums(sums: Mapping[str, str]) -> list[str]:
    return [f"{name}: SHA-256 {value[:CHECKSUM]}…" for name, value in sums.items()]


def _seeds(seeds: Mapping[str, Mapping[str, Any]]) -> str:
    """The first score of every seed that was tried: one run alone may have been lucky."""
    name = next(iter(next(iter(seeds.values()))))
    each = [f"{number(seeds[seed][name])} (seed {seed})" for seed in sorted(seeds, key=int)]
    return f"{name}: {', '.join(each)}"


def _tracks(cell: str, found: Mapping[str, Any]) -> str:
    label = CELLS[cell][found["quantity"]].label.lower()
    score, before = (f"{found[key]:.2f}".replace("-", "−") for key in ("score", "chosen_at"))
    return (
        f"{found['property']}: unit {found['unit']}’s {label}, {found['measure']}: {score} on {found['steps']:,} fresh "
        f"steps ({before} on those it was chosen by){turned(found)}"
    )


def turned(found: Mapping[str, Any]) -> str:
    """What is added to a unit that tracks something the other way round; "" for one that goes with it."""
    score = float(found["score"])
    if found["measure"] == "correlation":
        return ", falling as it rises" if score < 0 else ""
    return ", lower there than elsewhere" if score < 0.5 else ""


def _training(card: Mapping[str, Any]) -> str:
    threads = card["threads"]
    versions = ", ".join(f"{name} {version}" for name, version in card["versions"].items())
    return (
        f"{card['training_seconds']:,.0f} s on {threads} thread{'s' * (threads > 1)}, seed {card['settings']['seed']}, "
        f"{card['date']}, {versions}"
    )


def _settings(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in settings.items() if name != "seed")


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
