"""What the one training loop asks of a task. A new task is one file beside this one, with a class called `Training`."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from torch import Tensor

from lstm_viz.tasks.network import Network
from lstm_viz.tasks.task import Task


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every number of a training run; all of them go into the model card.

    Attributes
    ----------
    epochs, batch_size, learning_rate, weight_decay : of AdamW, whose rate warms up over 10 % and then falls to 0
    input_size, hidden_size : width of the embedding, units of the recurrent layer
    averaging : what is kept is a moving average of the weights; the share of the old average kept at each step
    input_dropout, output_dropout : share of embedding values, of hidden state values, muted in training
    embedding_spread : standard deviation of the embeddings at the start
    forget_bias : where an LSTM's forget-gate bias starts
    seed : of the weights, the order of the data and the dropout
    """

    epochs: int
    batch_size: int
    learning_rate: float
    hidden_size: int
    input_size: int
    weight_decay: float = 0.0
    averaging: float = 0.0
    input_dropout: float = 0.0
    output_dropout: float = 0.0
    embedding_spread: float = 0.1
    forget_bias: float = 1.0
    clip: float = 1.0
    seed: int = 1


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a task's data comes from, and a published score to hold ours against."""

    data: str
    sha256: Mapping[str, str]
    url: str
    reference: str


class Score(NamedTuple):
    """A measured score: on how many items of which part of the data.

    A name that begins with "accuracy" or "wrong", or ends with "right", is that of a share of the items;
    `lstm_viz.tasks.scores` puts every score in words. The first two scores of a task are those that the README shows.
    """

    name: str
    value: float
    items: int
    part: str


class Recipe(ABC):
    """A task's data, loss and scores, for one cell.

    Attributes
    ----------
    task : what is learnt
    source : where the data comes from
    settings : of the run
    vocabulary : symbols, the first standing for unknown ones; empty where inputs are numbers
    training_range : lowest and highest number in the training data; empty where inputs are symbols
    output_size : how many numbers the head gives
    chosen_by, higher_is_better : the development score by which the best epoch is kept; empty to keep the last
    seeds : seeds to train with, of which the best is kept; the one of `settings` where there are none
    checkpoints : how many states to keep through training, the end among them, for the time-line; 0 for none
    """

    task: Task
    source: Source
    settings: Settings
    vocabulary: Sequence[str] = ()
    training_range: Sequence[float] = ()
    output_size: int
    chosen_by: str = ""
    higher_is_better: bool = True
    seeds: Sequence[int] = ()
    checkpoints: int = 0

    def start(self) -> None:  # noqa: B027 - most recipes have nothing to forget
        """Forget what an earlier run left; called before each run."""

    def prepare(self, network: Network) -> None:  # noqa: B027 - most networks start as they are made
        """Change a new network before it is trained."""

    def finish(self, network: Network) -> None:  # noqa: B027 - most networks are finished when they are trained
        """Change the network that is kept, after its training."""

    def know(self, vocabulary: Sequence[str]) -> None:
        """Read with this vocabulary: that of a network which was trained before."""
        self.vocabulary = vocabulary

    def settings_for(self, cell: str) -> Settings:
        """The settings for one cell: the same for all, unless the recipe says why not."""
        return self.settings

    @abstractmethod
    def batches(self, rng: np.random.Generator) -> Iterator[Any]:
        """One epoch of batches."""

    @abstractmethod
    def batch_count(self) -> int:
        """How many batches an epoch has."""

    @abstractmethod
    def loss(self, network: Network, batch: Any) -> Tensor:
        """What is made small."""

    @abstractmethod
    def scores(self, network: Network) -> list[Score]:
        """Scores on the development part, cheap enough for every epoch."""

    def mark(self, network: Network) -> tuple[float, Score]:
        """Loss and score of a state through training, on the development part; for a recipe that keeps such states."""
        raise NotImplementedError(f"{type(self).__module__} keeps states through training and does not measure them")

    def final_scores(self, network: Network) -> list[Score]:
        """Scores of the finished network."""
        return self.scores(network)

    def limits(self, network: Network) -> list[Score]:
        """What the finished network cannot do, measured; where there is nothing, the card says which score is worst."""
        return []

    def findings(self, network: Network) -> Mapping[str, Any]:
        """Whatever else the card should say about the finished network."""
        return {}

    def network(self, cell: str) -> dict[str, Any]:
        """Arguments of `Network`."""
        return {
            "cell": cell,
            "vocabulary_size": len(self.vocabulary),
            "input_size": self.settings.input_size,
            "hidden_size": self.settings.hidden_size,
            "output_size": self.output_size,
        }


def checksum(path: Path) -> str:
    """A file's sha256, so that a card says exactly which data its scores come from."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
