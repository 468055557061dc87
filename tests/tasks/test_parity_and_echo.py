"""Two tasks whose right answer follows from the text by a rule, the data made for them, and what is said of both."""

import numpy as np
import pytest

from lstm_viz.analysis.seen import Seen
from lstm_viz.learning.data import echo as echo_data
from lstm_viz.learning.data import parity as parity_data
from lstm_viz.tasks import Model, Task
from lstm_viz.tasks.echo import echo
from lstm_viz.tasks.network import Network
from lstm_viz.tasks.parity import PARITY, SYMBOLS
from lstm_viz.words.points import describe_points


def untrained(task: Task, vocabulary: tuple[str, ...], outputs: int) -> Model:
    """A network of random weights that reads the task's texts."""
    shape = {"vocabulary_size": len(vocabulary), "input_size": 2, "hidden_size": 3, "output_size": outputs}
    return Model(task, Network("gru", **shape).eval().requires_grad_(False), vocabulary, {})


def test_what_the_data_asks_is_what_the_task_says_is_right() -> None:
    rng = np.random.default_rng(3)
    made = parity_data.strings(rng, 20, 30)
    for row, odd in zip(made.symbols.tolist(), made.odd.tolist(), strict=True):
        text = [parity_data.VOCABULARY[symbol] for symbol in row]
        assert [PARITY.labels[1 - int(each)] for each in odd] == [*PARITY.right(text)]  # type: ignore[misc]
        assert [text[: k + 1].count("1") % 2 for k in range(len(text))] == odd
    assert 0.4 < made.odd.mean() < 0.6
    for distance in (1, 3, 10):
        task, strings = echo(distance), echo_data.strings(rng, 20, 30, distance)
        for row, wanted, real in zip(*(part.tolist() for part in strings), strict=True):
            text = [echo_data.VOCABULARY[symbol] for symbol in row]
            right = task.right(text)  # type: ignore[misc]
            assert [*right] == ["", *text][:1] * distance + text[:-distance]
            assert [task.labels[k] if there else "" for k, there in zip(wanted, real, strict=True)] == [*right]


@pytest.mark.parametrize("task", [PARITY, echo(1), echo(3), echo(40)], ids=["parity", "echo 1", "echo 3", "echo 40"])
def test_examples_ask_something_and_what_is_said_of_them_is_counted(task: Task) -> None:
    vocabulary = parity_data.VOCABULARY if task is PARITY else echo_data.VOCABULARY
    model = untrained(task, vocabulary, 1 if task is PARITY else len(task.labels))
    for example in task.examples:
        seen = Seen.of(model, example.text)
        assert not task.read(example.text).problem
        assert not seen.unknown
        right = [label for label in task.right(seen.tokens) if label]  # type: ignore[misc]
        said = [task.labels[k] for k in seen.values.argmax(1)][-len(right) :]
        count = sum(a == b for a, b in zip(said, right, strict=True))
        total = f"all {len(right)}" if count == len(right) else f"{count} of {len(right)}"
        assert right
        assert f"right after {total} characters" in describe_points(example.points, seen)


def test_an_example_of_parity_reaches_both_answers() -> None:
    assert set(SYMBOLS) == {"0", "1"}
    for example in PARITY.examples[:2]:
        assert set(PARITY.right(example.text)) == set(PARITY.labels)  # type: ignore[misc]
