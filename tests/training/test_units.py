import numpy as np
import pytest

from lstm_viz.training.source_marks import marks
from lstm_viz.training.units import Sample, area, correlations, findings

SOURCE = 'def f(x, y):\n    # hi\n    return g("a(b", [x])\n'


def _marked(name: str) -> str:
    return "".join(character for character, held in zip(SOURCE, marks(SOURCE)[name], strict=True) if held)


def test_strings_end_with_their_quotation_mark() -> None:
    assert _marked("inside a string") == '"a(b'


def test_comments_end_with_their_line() -> None:
    assert _marked("inside a comment") == "# hi"


def test_brackets_in_strings_do_not_count() -> None:
    depth = marks(SOURCE)["depth of brackets"]
    assert depth[SOURCE.index("[")] == 2
    assert depth[SOURCE.index("b", 30)] == 1
    assert depth[-1] == 0


def test_indentation_and_position_are_what_has_been_read() -> None:
    held = marks("if x:\n    y\n")
    assert held["indentation of the line"].tolist() == [0] * 6 + [1, 2, 3, 4, 4, 0]
    assert held["position in the line"].tolist() == [1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0]


def test_source_that_is_not_python_is_refused() -> None:
    with pytest.raises(SyntaxError):
        marks("def f(:\n  '''")


def test_area_is_perfect_where_order_is_and_signed() -> None:
    held = np.array([False, False, True, True])
    values = np.array([[1, 4, 1], [2, 3, 2], [3, 2, 0], [4, 1, 3]], dtype=float)
    np.testing.assert_allclose(area(values, held), [1, -1, 0])


def test_correlations_agree_with_numpy_and_are_0_for_a_constant() -> None:
    rng = np.random.default_rng(0)
    values, target = rng.normal(size=(50, 3)), rng.normal(size=50)
    values[:, 2] = 7
    got = correlations(values, target)
    np.testing.assert_allclose(got[:2], [np.corrcoef(values[:, k], target)[0, 1] for k in (0, 1)])
    assert got[2] == 0


def test_a_unit_is_chosen_on_one_sample_and_scored_on_the_other() -> None:
    rng = np.random.default_rng(1)
    target = rng.normal(size=(2, 200))
    noise = rng.normal(size=(2, 200, 4))
    noise[0, :, 2] = target[0]
    choose, judge = (Sample({"hidden_state": noise[k]}, {"depth": target[k]}) for k in (0, 1))
    (found,) = findings(choose, judge)
    assert (found["unit"], found["chosen_at"]) == (2, 1)
    assert abs(found["score"]) < 0.5
