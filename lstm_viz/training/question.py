"""Training of the question model on TREC: words, and what kind of answer is asked for after each of them."""

from pathlib import Path

import numpy as np

from lstm_viz.tasks.question import KEY, QUESTION
from lstm_viz.training.recipe import Settings, Source, checksum
from lstm_viz.training.sentiment import TextTraining, encode, vocabulary

CLASSES = {name: number for number, name in enumerate(("ABBR", "DESC", "ENTY", "HUM", "LOC", "NUM"))}
"""TREC's names for the six kinds of answer, in the order of the task's labels."""
HELD_OUT = 545
"""Questions of the development part: one in ten."""


class Training(TextTraining):
    """TREC's questions, a tenth of them held out."""

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
        path = folder / "trec" / "train_5500.label"
        self.source = Source(
            data=f"TREC question classification, {HELD_OUT} of its training questions held out",
            sha256={path.name: checksum(path)},
            url="https://cogcomp.seas.upenn.edu/Data/QA/QC/",
            reference="Li and Roth 2002: 91.0 % of 500 test questions, with a hierarchy of linear classifiers",
        )
        questions = _read(path)
        order = np.random.default_rng(0).permutation(len(questions))
        dev, train = ([questions[i] for i in part] for part in (order[:HELD_OUT], order[HELD_OUT:]))
        self.vocabulary = vocabulary([words for words, _ in train], at_least=2)
        self.train, self.dev = encode(train, self.vocabulary), encode(dev, self.vocabulary)


def _read(path: Path) -> list[tuple[list[str], int]]:
    """Lines of ``COARSE:fine question``; a question that comes twice is read once, so that none is on both sides."""
    questions = {}
    for line in path.read_text(encoding="iso-8859-1").splitlines():
        label, text = line.split(" ", 1)
        questions[tuple(KEY(word) for word in text.split() if KEY(word))] = CLASSES[label.split(":")[0]]
    return [(list(words), label) for words, label in questions.items()]
