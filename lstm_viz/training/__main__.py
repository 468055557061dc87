"""``python -m lstm_viz.training TASK``: train one task or all, for one cell or all, and write what the app loads."""

import argparse
import dataclasses
import importlib
from pathlib import Path

import torch
from tqdm import tqdm

from lstm_viz.tasks.model import FOLDER
from lstm_viz.tasks.network import RECURRENT
from lstm_viz.tasks.registry import TASKS
from lstm_viz.training.loop import train_seeds
from lstm_viz.training.recipe import Recipe
from lstm_viz.training.save import follow, measure, save


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; `arguments` as they would be typed."""
    options = _parser().parse_args(arguments)
    torch.set_num_threads(options.threads)
    for task in TASKS if options.task == "all" else (options.task,):
        recipe = load_recipe(task, options.data)
        changes = {name: getattr(options, name) for name in ("epochs", "seed") if getattr(options, name) is not None}
        recipe.settings = dataclasses.replace(recipe.settings, **changes)
        recipe.seeds = recipe.seeds if options.seed is None else ()
        for cell in RECURRENT if options.cell == "all" else (options.cell,):
            if options.measure:
                card = measure(recipe, cell, options.out)
            elif options.states:
                card = follow(recipe, cell, options.out, say=tqdm.write)
            else:
                card = save(recipe, cell, train_seeds(recipe, cell, say=tqdm.write), options.out)
            scores = ", ".join(f"{score['name']} {score['value']:.4f}" for score in card["scores"])
            tqdm.write(
                f"{task} {cell}: {scores}; {card['parameters']:,} parameters, {card['training_seconds']} s "
                f"({card['training_clock']})"
            )


def load_recipe(task: str, data: Path) -> Recipe:
    """The recipe of a task: the class `Training` in the file of its name."""
    recipe: Recipe = importlib.import_module(f"lstm_viz.training.{task}").Training(data)
    return recipe


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lstm_viz.training", description=__doc__)
    parser.add_argument("task", choices=[*TASKS, "all"])
    parser.add_argument("--cell", choices=[*RECURRENT, "all"], default="lstm")
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder with sst2/, trec/, everyday/, vectors/")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where weights and cards are written")
    parser.add_argument("--epochs", type=int, help="instead of the recipe's own number")
    parser.add_argument("--seed", type=int, help="instead of the recipe's own")
    parser.add_argument("--measure", action="store_true", help="do not train: measure what is there again")
    parser.add_argument(
        "--states", action="store_true", help="train what is there again, as its card says, for its states on the way"
    )
    parser.add_argument("--threads", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
