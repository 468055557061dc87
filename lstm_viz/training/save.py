"""Writes what the app loads: weights, vocabulary, model card, states through training."""

import dataclasses
import datetime
import json
import platform
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from lstm_viz.tasks.model import model_of
from lstm_viz.tasks.network import Network
from lstm_viz.training.loop import Run, train
from lstm_viz.training.recipe import Recipe, Score
from lstm_viz.training.states import save_states
from lstm_viz.training.write import write


def stored(network: Network) -> dict[str, Tensor]:
    """The weights as they are stored: embeddings, which are most of them, in 16 bits."""
    return {
        name: part.half() if name.startswith("embedding") else part.clone()
        for name, part in network.state_dict().items()
    }


def as_stored(network: Network) -> Network:
    """The network with the rounding that storing brings, so that scores are of what is loaded."""
    network.load_state_dict({name: part.float() for name, part in stored(network).items()})
    return network


def save(recipe: Recipe, cell: str, runs: Sequence[Run], folder: Path) -> Mapping[str, Any]:
    """Write NAME-CELL.safetensors, NAME-CELL.json, the vocabulary and the checkpoints of the first run."""
    run = runs[0]
    network = as_stored(run.network)
    card = make_card(recipe, cell, runs, recipe.final_scores(network))
    stem = folder / f"{recipe.task.name}-{cell}"
    write(stored(network), Path(f"{stem}.safetensors"))
    _write_card(card, Path(f"{stem}.json"))
    save_vocabulary(recipe.task.name, recipe.vocabulary, folder)
    if run.checkpoints:
        save_checkpoints(recipe, cell, run, network, folder)
    return card


def save_checkpoints(recipe: Recipe, cell: str, run: Run, network: Network, folder: Path) -> None:
    """Write the states of a run that led to a network as it is stored."""
    path = folder / "checkpoints" / f"{recipe.task.name}-{cell}.safetensors"
    save_states(recipe, cell, run.checkpoints, (run.step, network.state_dict()), path)


def follow(recipe: Recipe, cell: str, folder: Path, say: Callable[[str], None] = print) -> Mapping[str, Any]:
    """Train a shipped network again, as its card says, and write its states on the way; the network itself stays.

    Raises
    ------
    ValueError
        where the data are not those of the card, or training does not end with the weights that ship, bit for bit:
        then what led there is not known.
    """
    model = model_of(recipe.task, folder / f"{recipe.task.name}-{cell}.safetensors")
    if dict(recipe.source.sha256) != model.card["sha256"]:
        raise ValueError(f"{recipe.task.name}: the data are not those that its card names; nothing was written")
    recipe.settings = dataclasses.replace(recipe.settings, seed=model.card["settings"]["seed"])
    run = train(recipe, cell, say)
    ended, shipped = as_stored(run.network).state_dict(), model.network.state_dict()
    if off := [name for name, part in shipped.items() if not torch.equal(ended[name], part)]:
        raise ValueError(
            f"{recipe.task.name} {cell}: training ended with other weights than those that ship ({', '.join(off)}); "
            "train with the versions that the card names, on the same kind of processor; nothing was written"
        )
    save_checkpoints(recipe, cell, run, model.network, folder)
    return model.card


def save_vocabulary(task: str, vocabulary: Sequence[str], folder: Path) -> None:
    """Write the symbols that networks of a task know, where they read symbols."""
    if vocabulary:
        listed = json.dumps(list(vocabulary), indent=0, ensure_ascii=False)
        (folder / f"{task}.vocab.json").write_text(listed + "\n", encoding="utf-8")


def measure(recipe: Recipe, cell: str, folder: Path) -> Mapping[str, Any]:
    """Measure a shipped network again, without training it, and write what was found into its card."""
    model = model_of(recipe.task, folder / f"{recipe.task.name}-{cell}.safetensors")
    recipe.know(model.vocabulary)
    same_data = dict(recipe.source.sha256) == model.card["sha256"]
    source = {"data": recipe.source.data, "reference": recipe.source.reference} if same_data else {}
    card = {
        **model.card,
        **source,
        "chosen_by": recipe.chosen_by,
        "training_range": list(recipe.training_range),
        "scores": [score._asdict() for score in recipe.final_scores(model.network)],
        "limits": [score._asdict() for score in recipe.limits(model.network)],
        "findings": dict(recipe.findings(model.network)),
    }
    _write_card(card, folder / f"{recipe.task.name}-{cell}.json")
    return card


def _write_card(card: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def make_card(recipe: Recipe, cell: str, runs: Sequence[Run], scores: Sequence[Score]) -> dict[str, Any]:
    """The model card: everything in it is measured or read off, nothing is typed by hand."""
    run, network = runs[0], runs[0].network
    return {
        "task": recipe.task.name,
        "cell": cell,
        "network": recipe.network(cell),
        "parameters": sum(part.numel() for part in network.parameters()),
        "recurrent_parameters": sum(part.numel() for part in network.recurrent.parameters()),
        "scores": [score._asdict() for score in scores],
        "limits": [score._asdict() for score in recipe.limits(network)],
        "training_range": list(recipe.training_range),
        "settings": dataclasses.asdict(recipe.settings_for(cell)) | {"seed": run.seed},
        "chosen_by": recipe.chosen_by,
        "epoch": run.epoch,
        "history": [{score.name: score.value for score in scores} for scores in run.history],
        "seeds": {str(other.seed): {score.name: score.value for score in other.scores} for other in runs},
        "forget_gate_bias": network.forget_bias,
        "training_seconds": round(sum(other.seconds for other in runs), 1),
        "training_clock": "processor",
        "threads": torch.get_num_threads(),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        **dataclasses.asdict(recipe.source),
        "findings": dict(recipe.findings(network)),
    }
