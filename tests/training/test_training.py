"""Training from the command line, on the task that needs no data and trains fastest."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from lstm_viz.learning.data.adding import sequences, stopped_early
from lstm_viz.learning.data.counting import batch, brackets, judge
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.checkpoints import Checkpoints
from lstm_viz.tasks.model import model_of
from lstm_viz.training.__main__ import main
from lstm_viz.training.counting import Training
from lstm_viz.training.states import COMPONENTS, spread, summed


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
    model = model_of(TASKS["counting"], trained / "counting-lstm.safetensors")
    path = trained / "checkpoints" / "counting-lstm.safetensors"
    states = Checkpoints(model, path)
    assert min(states) == 0
    assert max(states) == 60 * model.card["epoch"]
    assert len(states) >= 30
    assert states[max(states)] is model
    assert states.loss[-1] < states.loss[0]
    # What is measured is the state as it is stored.
    for step in (0, list(states)[-2]):
        assert Training(Path()).mark(states[step].network)[0] == states.loss[list(states).index(step)]


def test_trained_again_a_network_ends_the_same_to_the_bit(trained: Path) -> None:
    path = trained / "checkpoints" / "counting-lstm.safetensors"
    before = load_file(path)
    path.unlink()
    main(["counting", "--states", "--epochs", "2", "--out", str(trained)])
    again = load_file(path)
    assert again.keys() == before.keys()
    for name, values in before.items():
        np.testing.assert_array_equal(values, again[name])
    with pytest.raises(ValueError, match="ended with other weights than those that ship"):
        main(["counting", "--states", "--epochs", "1", "--out", str(trained)])


def test_states_lie_densest_where_weights_move() -> None:
    moved = {step: {"weight": torch.tensor([float(max(0, min(step, 60) - 40))])} for step in range(101)}
    steps = spread(moved, 12)
    assert (steps[0], steps[-1]) == (0, 100)
    assert sum(40 <= step <= 60 for step in steps) >= 6


def test_embeddings_of_states_come_back_from_their_parts() -> None:
    chance = torch.Generator().manual_seed(1)
    first, last = torch.randn(2, 50, 4, generator=chance)
    ways = torch.randn(COMPONENTS, 50, 4, generator=chance)
    turns = torch.rand(8, COMPONENTS, generator=chance)
    turns[0] = 0
    states = [first + torch.einsum("k,kvi->vi", turn, ways) for turn in turns]
    parts, shares = summed(states, last)
    assert parts.dtype == torch.int8
    for state, share in zip(states, shares, strict=True):
        assert (last + torch.einsum("k,kvi->vi", share, parts.float()) - state).abs().max() < 0.06


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
