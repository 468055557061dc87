"""Training from the command line, on the task that needs no data and trains fastest."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from lstm_viz.learning.data.adding import sequences, stopped_early
from lstm_viz.learning.data.counting import batch, brackets, judge
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.model import model_of
from lstm_viz.training.__main__ import main


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    main(["counting", "--epochs", "2", "--seed", "7", "--out", str(folder)])
    return folder


def test_training_writes_a_model_that_loads(trained: Path) -> None:
    model = model_of(TASKS["counting"], trained / "counting-lstm.safetensors")
    answer = model.predict("aabb")
    assert set(answer) == {"complete", "incomplete"}
    assert sum(answer.values()) == pytest.approx(1)


def test_the_card_says_what_happened(trained: Path) -> None:
    card = json.loads((trained / "counting-lstm.json").read_text(encoding="utf-8"))
    assert card["settings"]["seed"] == 7
    assert len(card["history"]) == card["settings"]["epochs"] == 2
    assert 1 <= card["epoch"] <= 2
    best = card["history"][card["epoch"] - 1]
    assert best[card["chosen_by"]] == max(epoch[card["chosen_by"]] for epoch in card["history"])
    assert {score["name"] for score in card["scores"]} == set(best) - {card["chosen_by"]}
    assert card["limits"]


def test_measuring_again_changes_nothing(trained: Path) -> None:
    before = (trained / "counting-lstm.json").read_text(encoding="utf-8")
    main(["counting", "--measure", "--out", str(trained)])
    assert (trained / "counting-lstm.json").read_text(encoding="utf-8") == before


def test_states_through_training_are_kept(trained: Path) -> None:
    steps = {int(name.split("/")[0]) for name in load_file(trained / "checkpoints" / "counting-lstm.safetensors")}
    assert min(steps) == 0
    assert len(steps) >= 8


def test_the_same_seed_gives_the_same_weights(trained: Path, tmp_path: Path) -> None:
    main(["counting", "--epochs", "1", "--seed", "3", "--out", str(tmp_path / "a")])
    main(["counting", "--epochs", "1", "--seed", "3", "--out", str(tmp_path / "b")])
    first, second = (load_file(tmp_path / folder / "counting-lstm.safetensors") for folder in "ab")
    for name, values in first.items():
        np.testing.assert_array_equal(values, second[name])
    other = load_file(trained / "counting-lstm.safetensors")
    assert any((other[name] != values).any() for name, values in first.items())


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        *((text, True) for text in ("ab", "aabb", "()", "(())()")),
        *((text, False) for text in ("a", "aab", "abb", "abab", "ba", "(()", "())", ")(", "ab()", "()ab")),
    ],
)
def test_strings_are_judged(text: str, complete: bool) -> None:
    assert judge(text)[-1][0] is complete


def test_what_may_follow_is_judged_by_what_is_then_possible() -> None:
    for text in ("a", "aa", "aab", "ab", "(", "()", "(()", "aba", ")"):
        may = judge(text)[-1][1:]
        for symbol, allowed in zip("ab()", may, strict=True):
            assert allowed == (any(judge(text + symbol)[-1])), (text, symbol)


def test_random_brackets_match() -> None:
    rng = np.random.default_rng(0)
    for pairs in range(1, 40):
        text = brackets(rng, pairs)
        assert len(text) == 2 * pairs
        assert judge(text)[-1][0]


def test_a_batch_marks_its_real_steps() -> None:
    assert batch(["ab", "aabb"]).real.tolist() == [[True, True, False, False], [True] * 4]


@pytest.mark.parametrize("early", [False, True])
def test_two_numbers_are_marked_and_summed(early: bool) -> None:
    made = sequences(np.random.default_rng(1), 20, 50, early=early)
    values, marks = made.inputs[..., 0], made.inputs[..., 1]
    assert (marks.sum(1) == 2).all()
    np.testing.assert_allclose((values * marks).sum(1), made.target, rtol=1e-5)
    assert not early or marks[:, 5:].sum() == 0


def test_before_a_number_is_marked_the_best_guess_for_it_is_one_half() -> None:
    made = stopped_early(np.random.default_rng(2), sequences(np.random.default_rng(1), 200, 30), share=1.0)
    for inputs, step, target in zip(made.inputs, made.step, made.target, strict=True):
        seen = inputs[: int(step) + 1]
        marked = seen[seen[:, 1] > 0, 0]
        assert float(target) == pytest.approx(float(marked.sum()) + 0.5 * (2 - len(marked)), abs=1e-5)
