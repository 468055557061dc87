"""Numbers that span powers of ten: gradients with respect to either state, and a number times itself."""

import pytest

from lstm_viz.lessons.asking import right_options
from lstm_viz.lessons.filling import value_told
from lstm_viz.lessons.questions import read_question
from lstm_viz.lessons.references.grammar import read_number
from lstm_viz.lessons.references.values import number_of
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from lstm_viz.words.gradients import size

FRESH = View.of(Settings(length=30, hidden=4, forget_bias=5.0))


def test_a_number_times_itself_is_that_of_the_page() -> None:
    view = View.of(Settings(factor=0.5, power=20))
    assert number_of(read_number("the power"), view).value == 0.5**20
    assert value_told(read_number("the power"), view) == size(-6.0206)
    line = "the power: below 0.000001 | 0.000001 to 0.001 | above 0.001"
    assert right_options(read_question("choose", line, "?", "", ""), view) == [0]
    assert value_told(read_number("the power"), View.of(Settings(factor=0.0, power=3))) == "0"


def test_a_gradient_is_with_respect_to_the_state_that_is_named() -> None:
    memory, hidden, shown = (
        number_of(read_number(f"gradient of the {which}LSTM at distance 20"), FRESH).value
        for which in ("cell state of the ", "hidden state of the ", "")
    )
    assert hidden == shown
    assert memory > 2 * hidden
    line = "gradient of the cell state of the LSTM at distance 20 against gradient of the RNN at distance 20"
    question = read_question("choose", f"{line}: larger | smaller | about the same", "?", "", "")
    assert right_options(question, FRESH) == [0]


@pytest.mark.parametrize(
    ("said", "why"),
    [("gradient of the cell state of the GRU at distance 5", "no cell state"), ("gradient of the cell state", "cell")],
)
def test_a_state_that_a_cell_lacks_is_refused(said: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        number_of(read_number(said), FRESH)
