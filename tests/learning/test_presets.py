"""What each preset claims comes out on a shorter budget, with the seed that it proposes, and its sentence says so."""

from dataclasses import replace

import pytest

from lstm_viz.learning import PRESETS, Course

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
