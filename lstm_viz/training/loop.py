"""The one training loop: seeded, with a progress bar, keeping the best epoch and states along the way."""

import copy
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from lstm_viz.tasks.network import Network
from lstm_viz.training.recipe import Recipe, Score

State = Mapping[str, Tensor]

CANDIDATES = 160
"""At so many steps the states are kept from which those of the time-line are chosen."""


@dataclass(frozen=True, eq=False)
class Run:
    """What a training run leaves.

    Attributes
    ----------
    network, epoch, step : the best network, and after how many epochs and steps it was that
    history : all epochs' scores
    seconds : of the processor
    checkpoints : states on the way there, by step
    """

    seed: int
    network: Network
    epoch: int
    step: int
    history: tuple[tuple[Score, ...], ...]
    seconds: float
    checkpoints: Mapping[int, State]

    @property
    def scores(self) -> tuple[Score, ...]:
        """Development scores of the epoch that is kept."""
        return self.history[self.epoch - 1]


def train(recipe: Recipe, cell: str, say: Callable[[str], None] = print) -> Run:
    """Train one network and keep the epoch that scores best on the development part."""
    settings = recipe.settings_for(cell)
    recipe.start()
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    network = Network(**recipe.network(cell))
    network.set_forget_bias(settings.forget_bias)
    if network.embedding is not None:
        torch.nn.init.normal_(network.embedding.weight, std=settings.embedding_spread)
    recipe.prepare(network)
    average = copy.deepcopy(network).eval().requires_grad_(False)
    optimizer = torch.optim.AdamW(network.parameters(), settings.learning_rate, weight_decay=settings.weight_decay)
    total = settings.epochs * recipe.batch_count()
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / total))
    keep_at = _spread(total) if recipe.checkpoints else set()
    checkpoints, history, best = {}, [], (-1, -np.inf, average)
    step, started = 0, time.process_time()
    with tqdm(total=total, desc=f"{recipe.task.name} {cell}", unit="batch", mininterval=1.0) as bar:
        for epoch in range(settings.epochs):
            for batch in recipe.batches(rng):
                if step in keep_at:
                    checkpoints[step] = copy.deepcopy(average.state_dict())
                network.train()
                optimizer.zero_grad()
                loss = recipe.loss(network, batch)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
                optimizer.step()
                schedule.step()
                step += 1
                _follow(average, network, min(settings.averaging, step / (step + 10)))
                bar.update()
            scores = tuple(recipe.scores(average))
            history.append(scores)
            say(f"  epoch {epoch + 1}: " + ", ".join(f"{score.name} {score.value:.4f}" for score in scores))
            if (merit := _merit(recipe, scores, epoch)) > best[1]:
                best = (epoch, merit, copy.deepcopy(average))
    recipe.finish(best[2])
    ended = (best[0] + 1) * recipe.batch_count()
    checkpoints = {step: state for step, state in checkpoints.items() if step < ended}
    seconds = time.process_time() - started
    return Run(settings.seed, best[2], best[0] + 1, ended, tuple(history), seconds, checkpoints)


def train_seeds(recipe: Recipe, cell: str, say: Callable[[str], None] = print) -> list[Run]:
    """Train once with each of the recipe's seeds; the best run comes first."""
    settings, runs = recipe.settings, []
    for seed in recipe.seeds or (settings.seed,):
        recipe.settings = replace(settings, seed=seed)
        say(f"{recipe.task.name} {cell}, seed {seed}")
        runs.append(train(recipe, cell, say))
    recipe.settings = settings
    return sorted(runs, key=lambda run: _merit(recipe, run.scores, 0), reverse=True)


def _merit(recipe: Recipe, scores: Sequence[Score], epoch: int) -> float:
    """What the best epoch has most of: the score it is chosen by, or, where there is none, epochs."""
    value = next((score.value for score in scores if score.name == recipe.chosen_by), float(epoch))
    return value if recipe.higher_is_better else -value


def _rate(progress: float) -> float:
    """Learning rate as a share of its peak: up over the first tenth, then down to 0 along a cosine."""
    return progress / 0.1 + 0.01 if progress < 0.1 else 0.5 + 0.5 * float(np.cos(np.pi * (progress - 0.1) / 0.9))


@torch.no_grad()
def _follow(average: Network, network: Network, keep: float) -> None:
    for old, new in zip(average.parameters(), network.parameters(), strict=True):
        old.lerp_(new, 1 - keep)


def _spread(total: int) -> set[int]:
    """Steps at which to keep a state, of which some are chosen later: 0, then evenly on a log scale."""
    return {0, *np.geomspace(1, total, CANDIDATES)[:-1].round().astype(int).tolist()}
