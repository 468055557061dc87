"""What the cards say of a score is what the score is, whatever its name; and the networks still score it."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.learning.data.counting import judge
from lstm_viz.tasks import load_model
from lstm_viz.tasks.network import RECURRENT
from lstm_viz.tasks.report import cards
from lstm_viz.tasks.scores import Score, cannot, failing, figure, is_share, lines, told
from lstm_viz.training import python, question

COUNTS = st.tuples(st.integers(1, 5000), st.floats(0, 1)).map(lambda pair: (round(pair[0] * pair[1]), pair[0]))
SHARES = st.sampled_from(["accuracy", "accuracy on negated sentences", "wrong", "wrongly sure", "strings all right"])


def score(name: str, value: float, items: int, part: str = "sentences") -> Score:
    return {"name": name, "value": value, "items": items, "part": part}


@given(SHARES, COUNTS)
def test_a_share_is_told_in_items_and_per_cent(name: str, counted: tuple[int, int]) -> None:
    right, items = counted
    share = score(name, right / items, items)
    assert is_share(share)
    assert told(share) == f"{name}: {100 * right / items:.1f}%, {right:,} of {items:,}"
    assert f" on {right:,} of {items:,} sentences ({figure(share)})." in failing(share)


@given(st.floats(1e-6, 1e4))
def test_what_is_no_share_keeps_its_value_and_may_say_what_it_means(value: float) -> None:
    shown = figure(score("bits per character", value, 5))
    assert float(shown.replace(",", "")) == pytest.approx(value, rel=0.006)
    assert f"off by {value**0.5:.2g}" in told(score("mean squared error at 10 steps", value, 5))
    assert f"between {2**3:.1f} characters" in told(score("bits per character", 3, 5))
    assert not is_share(score("first n for which aⁿbⁿ is misjudged", value, 5))


def test_scores_of_the_same_part_stand_under_one_line() -> None:
    both = [score("accuracy", 0.5, 10), score("accuracy after 50% of the words", 0.4, 10), score("n", 7, 3, "strings")]
    assert lines(both) == [
        "On 10 sentences:",
        "– accuracy: 50.0%, 5 of 10",
        "– accuracy after 50% of the words: 40.0%, 4 of 10",
        "On 3 strings:",
        "– n: 7",
    ]


def test_a_card_without_limits_says_what_its_worst_score_means() -> None:
    scores = [score("accuracy", 0.9, 100), score("accuracy on negated ones", 0.75, 20, "negated ones")]
    assert cannot({"scores": scores}) == ["Wrong on 5 of 20 negated ones (25.0%)."]
    assert cannot({"scores": [score("n", 7, 3), score("all right", 1.0, 3)]}) == ["N: 7 (measured on 3 sentences)."]
    assert cannot({"scores": scores, "limits": scores[:1]}) == ["Accuracy on 90 of 100 sentences (90.0%)."]


def test_every_card_has_a_measured_line_of_what_it_cannot_do() -> None:
    for card in cards().values():
        said = cannot(card)
        assert said
        assert all(any(character.isdigit() for character in line) for line in said)


@pytest.mark.parametrize("cell", RECURRENT)
def test_everyday_questions_that_were_held_out_are_answered_as_often_as_the_card_says(cell: str) -> None:
    model = load_model("question", cell)
    asked = [line.split(" ", 1) for line in read("everyday_questions_held_out.txt")]
    labels = dict(zip(question.CLASSES, model.labels, strict=True))
    answers = [model.predict(text) for _, text in asked]
    right = [
        max(answer, key=answer.__getitem__) == labels[kind] for answer, (kind, _) in zip(answers, asked, strict=True)
    ]
    (found,) = [each for each in model.card["scores"] if each["name"] == "accuracy on everyday questions"]
    assert (sum(right), len(right)) == (round(found["value"] * found["items"]), found["items"])
    unsure = [max(model.predict(line).values()) <= question.SURE for line in read("questions_yes_or_no.txt")]
    (limit,) = [each for each in model.card["limits"] if each["name"].startswith("wrongly surer")]
    assert unsure.count(False) == round(limit["value"] * limit["items"])


@pytest.mark.parametrize("cell", RECURRENT)
def test_what_the_adding_networks_cannot_do_is_what_they_do(cell: str) -> None:
    model = load_model("adding", cell)
    limits = {limit["name"]: limit for limit in model.card["limits"]}
    alone = limits["largest error on two marked numbers alone"]
    first, second = map(float, re.findall(r"([\d.]+)\*", alone["part"]))
    assert abs(model.predict(f"{first}*, {second}*")["sum"] - first - second) == pytest.approx(alone["value"], abs=1e-4)
    ends = [(a / 5, b / 5) for a in range(6) for b in range(6)]
    assert all(abs(model.predict(f"{a}*, {b}*")["sum"] - a - b) <= alone["value"] + 1e-4 for a, b in ends)
    (hardest,) = [limit for name, limit in limits.items() if "worst of the lengths" in name]
    assert hardest["value"] == max(s["value"] for s in model.card["scores"] if s["name"].startswith("mean squared"))


@pytest.mark.parametrize("cell", RECURRENT)
def test_the_first_string_that_a_counting_network_misjudges_is_where_the_card_says(cell: str) -> None:
    model = load_model("counting", cell)
    for limit in model.card["limits"]:
        if not limit["name"].startswith("first n"):
            continue
        signs = "ab" if "aⁿbⁿ" in limit["name"] else "()"
        n = round(limit["value"])
        for count, right in ((n - 1, True), (n, False)):
            text = signs[0] * count + signs[1] * count
            holds = np.array(judge(text))
            said = np.column_stack([model.predictions(text)[:, 0], model.may_follow(text)]) if text else holds
            assert ((said > 0.5) == holds).all() == right, (cell, limit["name"], count)


def test_a_line_after_an_import_is_found_where_both_are_at_the_margin() -> None:
    text = "import a\nimport b\n\nfrom c import d\nx = 1\n    import e\ny = 2\nfrom f import (\n    g)\n"
    found = [text[each.end() :].partition("\n")[0] for each in re.finditer(python.IMPORT, text)]
    assert found == ["import b", "x = 1"]


def read(name: str) -> list[str]:
    return (Path(question.__file__).with_name("data") / name).read_text(encoding="utf-8").splitlines()


def test_no_everyday_question_is_on_both_sides() -> None:
    words = [
        {tuple(words) for words, _ in question.read(question.EVERYDAY / f"{name}.txt")}
        for name in ("everyday_questions", "everyday_questions_held_out")
    ]
    assert not words[0] & words[1]
