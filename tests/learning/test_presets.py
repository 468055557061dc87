"""What each preset claims comes out on a shorter budget, with the seed that it proposes, and its sentence says so."""

from dataclasses import replace
from pathlib import Path

import pytest

from lstm_viz.learning import PRESETS, Course, outcomes

SHORT = {"forget_bias": 200, "clipping": 150, "length": 500, "learning_rate": 150, "one_unit": 100}
"""Updates, of the hundreds more that each has; `python -m benchmarks presets` trains all of them to the end."""


@pytest.mark.parametrize("name", SHORT)
def test_what_a_preset_claims_comes_out(name: str) -> None:
    preset = PRESETS[name]
    courses = [Course(replace(plan, updates=min(SHORT[name], plan.updates))) for plan in preset.plans]
    for course in courses:
        while course.advance(1.0):
            pass
    holds, said = preset.claim(courses)
    assert holds, said
    assert said.endswith(".")
    if len(courses) > 1 and name != "one_unit":
        assert not preset.claim(courses[::-1])[0], "the other way round it does not hold"


def test_the_page_tells_with_how_many_seeds_each_comes_out() -> None:
    assert outcomes.outcomes().keys() == PRESETS.keys(), "changed since: python -m benchmarks presets"
    for name, seeds in outcomes.outcomes().items():
        assert not {plan.seed for plan in PRESETS[name].plans} & seeds.keys()
        assert outcomes.said(name).startswith("The same came out with ")


def test_what_is_told_of_a_seed_is_what_comes_of_it() -> None:
    # Of the one that comes out by far: others end otherwise where a processor rounds otherwise.
    seed, told = next(iter(outcomes.outcomes()["length"].items()))
    courses = [Course(plan) for plan in PRESETS["length"].with_seed(seed)]
    for course in courses:
        while course.advance(1.0):
            pass
    assert PRESETS["length"].claim(courses)[0] is told


def test_nothing_is_told_of_a_preset_that_is_another_since(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    outcomes.write({"clipping": {41: True, 42: False, 43: True}}, tmp_path / "outcomes.json")
    monkeypatch.setattr(outcomes, "FILE", tmp_path / "outcomes.json")
    monkeypatch.setattr(outcomes, "outcomes", outcomes.outcomes.__wrapped__)
    assert outcomes.said("clipping") == "The same came out with two of three other seeds."
    assert outcomes.said("length") == ""
    changed = replace(PRESETS["clipping"], plans=PRESETS["length"].plans)
    monkeypatch.setattr(outcomes, "PRESETS", {"clipping": changed})
    assert outcomes.said("clipping") == ""
