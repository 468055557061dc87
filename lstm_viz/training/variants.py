"""``python -m lstm_viz.training.variants``: every cell on the same tasks, with the same budget, over several seeds.

The seeds of a cell train side by side as one batch of networks; see `engine.Weights`. All cells see the same data, and
all start as PyTorch starts them, with the forget gate's bias, where there is one, set to 1. The weights after the last
update are what counts: nothing is chosen by its score.
"""

import argparse
import dataclasses
import datetime
import json
import platform
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tqdm import tqdm

from lstm_viz.cells import CELLS, GRU, LSTM, RNN, SUCCESSORS, VARIANTS, Cell
from lstm_viz.tasks.model import FOLDER
from lstm_viz.tasks.network import RECURRENT, Network, forget_row
from lstm_viz.training.save import save_vocabulary
from lstm_viz.training.side_by_side import State, set_forget_bias, side_by_side, update
from lstm_viz.training.studies import STUDIES, Study
from lstm_viz.training.write import write

CELL_NAMES = (LSTM.name, *VARIANTS, GRU.name, RNN.name, *SUCCESSORS)
FORGET_BIASES = (0.0, 1.0, 5.0)
RESULTS = FOLDER / "variants"
"""Where the results are written, a file each task, cell and forget bias."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; `arguments` as they would be typed."""
    parser = argparse.ArgumentParser(prog="python -m lstm_viz.training.variants", description=__doc__)
    parser.add_argument("--task", choices=[*STUDIES, "all"], default="all")
    parser.add_argument("--cell", choices=[*CELL_NAMES, "all"], default="all")
    parser.add_argument("--layers", type=int, default=1, help="one above the other; of more than 1 no network is kept")
    parser.add_argument("--updates", type=int, help="other than the study's; scores are told, and nothing is written")
    parser.add_argument("--seeds", type=int, nargs="+", help="other than the study's; scores are told, not written")
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    other = {name: value for name, value in (("updates", options.updates), ("seeds", options.seeds)) if value}
    for task in STUDIES if options.task == "all" else (options.task,):
        for name in CELL_NAMES if options.cell == "all" else (options.cell,):
            biases = FORGET_BIASES if name == LSTM.name else (1.0,)
            study = dataclasses.replace(STUDIES[task], layers=options.layers, **other)
            for result, state in train(study, CELLS[name], biases):
                tqdm.write(f"{task} {name}, forget bias {result['forget_bias']}: {summary(result)}")
                if not other:
                    save(result, state, options.out)


def train(study: Study, cell: Cell, forget_biases: Sequence[float]) -> list[tuple[dict[str, Any], State]]:
    """Train one cell with all seeds and forget biases; for each bias the results, as written, and the weights."""
    states = []
    for seed in study.seeds:
        torch.manual_seed(seed)
        states.append(Network(**study.network(cell.name)).state_dict())
    state = side_by_side(states * len(forget_biases))
    set_forget_bias(state, cell, torch.tensor(forget_biases).repeat_interleave(len(study.seeds)))
    optimizer = torch.optim.Adam(list(state.values()), lr=study.learning_rate)
    rng, started = np.random.default_rng(0), time.process_time()
    curve = {0: study.score(cell, state)}
    for step in tqdm(range(study.updates), desc=f"{study.task} {cell.name}", mininterval=5):
        for group in optimizer.param_groups:
            group["lr"] = study.learning_rate * _rate(step / study.updates)
        update(optimizer, state, study.losses(cell, state, rng, step / study.updates), study.clip)
        if (step + 1) % study.every == 0:
            curve[step + 1] = study.score(cell, state)
    seconds, scores = time.process_time() - started, study.final_scores(cell, state)
    lengths = study.scores_by_length(cell, state)
    results: list[tuple[dict[str, Any], State]] = []
    for k, bias in enumerate(forget_biases):
        rows = slice(k * len(study.seeds), (k + 1) * len(study.seeds))
        result = {
            "task": study.task,
            "cell": cell.name,
            "forget_bias": None if forget_row(cell) is None else bias,
            "parameters": _count(state, ""),
            "recurrent_parameters": _count(state, "recurrent."),
            "study": study.facts(),
            "curve": {str(step): values[rows] for step, values in curve.items()},
            "curve_shows": study.score_name,
            "scores": {name: values[rows] for name, values in scores.items()},
            "scores_by_length": {length: values[rows] for length, values in lengths.items()},
            "training_seconds": round(seconds / len(forget_biases), 1),
            "training_clock": "processor",
            "threads": torch.get_num_threads(),
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "versions": {"python": platform.python_version(), "torch": torch.__version__},
        }
        results.append((result, {name: part[rows] for name, part in state.items()}))
    return results


def _count(state: State, prefix: str) -> int:
    """Weights of one network, of those whose names begin so."""
    return sum(part[0].numel() for name, part in state.items() if name.startswith(prefix))


def summary(result: Mapping[str, Any]) -> str:
    """One line for the terminal."""
    scores = "; ".join(f"{name} {np.round(values, 4).tolist()}" for name, values in result["scores"].items())
    return f"{scores}; {result['parameters']:,} parameters, {result['training_seconds']} s"


def save(result: Mapping[str, Any], state: State, folder: Path) -> None:
    """Write the results; and, for a cell without a training of its own, the network of its best seed, as a model."""
    task, cell, layers = result["task"], result["cell"], result["study"].get("layers", 1)
    stem = f"{task}-{cell}" if cell != LSTM.name else f"{task}-{cell}-bias-{result['forget_bias']:g}"
    _write_json(folder / RESULTS.name / f"{stem}{f'-{layers}-layers' if layers > 1 else ''}.json", result)
    if cell not in RECURRENT and layers == 1:
        best = STUDIES[task].best(result["scores"])
        write({name: part[best].detach().clone() for name, part in state.items()}, folder / f"{stem}.safetensors")
        _write_json(folder / f"{stem}.json", model_card(result))
        save_vocabulary(task, STUDIES[task].vocabulary, folder)


def model_card(result: Mapping[str, Any]) -> dict[str, Any]:
    """The card of the best seed's network, with what every model's card has."""
    study = STUDIES[result["task"]]
    best = study.best(result["scores"])
    copied = ("task", "cell", "parameters", "recurrent_parameters", "training_seconds", "threads", "date", "versions")
    return {name: result[name] for name in copied} | {
        "network": study.network(result["cell"]),
        "scores": [
            {"name": name, "value": values[best], "items": study.items, "part": study.part}
            for name, values in result["scores"].items()
        ],
        "training_range": list(study.training_range),
        "settings": study.facts() | {"seed": study.seeds[best]},
        "chosen_by": study.chosen_by,
        "forget_gate_bias": None,
        "data": study.data,
        "sha256": {},
        **_published(result["cell"]),
        "findings": {},
    }


def _published(cell: str) -> dict[str, str]:
    """Where a cell comes from, and what it can be held against."""
    if cell in SUCCESSORS:
        source = SUCCESSORS[cell].source
        number, told = source.rsplit(" ", 1)[1], f"{source}; what it gave up and gained is measured in the variant lab"
        return {"url": f"https://arxiv.org/abs/{number}", "reference": told}
    told = "Greff et al. 2015 compare these variants on speech, handwriting and music; see the variant lab"
    return {"url": "https://arxiv.org/abs/1503.04069", "reference": told}


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _rate(progress: float) -> float:
    """Learning rate as a share of its peak: up over the first twentieth, then down to 0 along a cosine."""
    return progress / 0.05 + 0.02 if progress < 0.05 else 0.5 + 0.5 * float(np.cos(np.pi * (progress - 0.05) / 0.95))


if __name__ == "__main__":
    main()
