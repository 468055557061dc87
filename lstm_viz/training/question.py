"""Training of the question model on TREC and everyday questions: words, and what kind of answer is asked for."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from lstm_viz.tasks.network import Network
from lstm_viz.tasks.question import KEY, QUESTION
from lstm_viz.training.recipe import Score, Settings, Source, checksum
from lstm_viz.training.sentiment import Texts, TextTraining, encode, pad, vocabulary

CLASSES = {name: number for number, name in enumerate(("ABBR", "DESC", "ENTY", "HUM", "LOC", "NUM"))}
"""TREC's names for the six kinds of answer, in the order of the task's labels."""
HELD_OUT = 545
"""Questions of the development part: one in ten."""
EVERYDAY = Path(__file__).with_name("data")
"""Short questions of our own, in TREC's format; those held out were written first, and nothing is trained on them."""
TIMES = 3
"""How often an epoch has each everyday question: there are ten times as many of TREC's."""

SURE = 0.5
"""A network that is surer than this of one kind takes the question for one of that kind."""
ENOUGH = 20
"""Questions of a kind from which a share can be told."""

Question = tuple[list[str], int]


class Training(TextTraining):
    """TREC's questions, a tenth of them held out, and everyday ones."""

    task = QUESTION
    output_size = len(CLASSES)
    part = "questions held out of TREC's training part"
    chosen_by = "accuracy"
    seeds = (1, 2, 3)
    settings = Settings(
        epochs=14,
        batch_size=32,
        learning_rate=3e-3,
        weight_decay=0.05,
        averaging=0.99,
        input_size=48,
        hidden_size=48,
        input_dropout=0.5,
        output_dropout=0.5,
    )

    def __init__(self, folder: Path) -> None:
        trec = folder / "trec" / "train_5500.label"
        paths = (trec, EVERYDAY / "everyday_questions.txt", EVERYDAY / "everyday_questions_held_out.txt")
        questions, everyday, kept = read(paths[0], str.split), read(paths[1]), read(paths[2])
        order = np.random.default_rng(0).permutation(len(questions))
        dev, train = ([questions[i] for i in part] for part in (order[:HELD_OUT], order[HELD_OUT:]))
        never = [words for words, _ in dev + kept]
        train, everyday = ([each for each in part if each[0] not in never] for part in (train, everyday))
        self.source = Source(
            data=f"{len(train):,} questions of TREC's question classification and {len(everyday)} short everyday ones "
            f"of our own; {HELD_OUT} of TREC's and {len(kept)} of our own, written before the others, are held out",
            sha256={path.name: checksum(path) for path in paths},
            url="https://cogcomp.seas.upenn.edu/Data/QA/QC/",
            reference="Li and Roth 2002: 91.0 % of 500 test questions, with a hierarchy of linear classifiers",
        )
        self.vocabulary = vocabulary([words for words, _ in train + everyday], at_least=2)
        self.train, self.dev = encode(train + TIMES * everyday, self.vocabulary), encode(dev, self.vocabulary)
        self.everyday = encode(kept, self.vocabulary)
        lines = (EVERYDAY / "questions_yes_or_no.txt").read_text(encoding="utf-8").splitlines()
        self.no_kind = encode([(list(map(KEY, QUESTION.tokenize(line))), 0) for line in lines], self.vocabulary)

    def final_scores(self, network: Network) -> list[Score]:
        """Accuracy on TREC's questions, on everyday ones, and on TREC's before their last word."""
        whole, *early = self.scores(network)
        right = answers(network, self.everyday).argmax(1) == self.everyday.classes
        part = "short everyday questions of our own, written before those it was trained on"
        return [whole, Score("accuracy on everyday questions", float(right.mean()), len(right), part), *early]

    def limits(self, network: Network) -> list[Score]:
        """The kind that it misses most often, and questions of no kind, about which it should be unsure."""
        missed = answers(network, self.dev).argmax(1) != self.dev.classes
        kinds = np.bincount(self.dev.classes, minlength=len(CLASSES))
        shares = np.bincount(self.dev.classes, missed, len(CLASSES)) / kinds
        worst = int(np.argmax(np.where(kinds >= ENOUGH, shares, 0)))
        of_no_kind = answers(network, self.no_kind).max(1) > SURE
        return [
            Score(
                "wrong",
                float(shares[worst]),
                int(kinds[worst]),
                f"questions held out of TREC's training part that ask for the kind “{QUESTION.labels[worst]}”",
            ),
            Score(
                f"wrongly surer than {SURE:.0%} of one kind",
                float(of_no_kind.mean()),
                len(of_no_kind),
                "questions that yes or no would answer, which are of none of the six kinds",
            ),
        ]


def answers(network: Network, texts: Texts) -> NDArray[np.float32]:
    """The probability of every class after the last word of each text: (texts, classes)."""
    batch = pad(texts.words, texts.classes)
    with torch.no_grad():
        last = network(batch.words)[torch.arange(len(batch.lengths)), batch.lengths - 1]
    return np.asarray(last.softmax(-1).numpy())


def read(path: Path, cut: Callable[[str], list[str]] = QUESTION.tokenize) -> list[Question]:
    """Lines of ``COARSE:fine question``, the fine class being optional, cut into words; TREC's file is so already.

    A question that comes twice is read once, so that none is on both sides.
    """
    questions = {}
    for line in path.read_text(encoding="iso-8859-1").splitlines():
        label, text = line.split(" ", 1)
        questions[tuple(KEY(word) for word in cut(text) if KEY(word))] = CLASSES[label.split(":")[0]]
    return [(list(words), label) for words, label in questions.items()]
