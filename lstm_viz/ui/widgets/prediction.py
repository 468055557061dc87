"""A question whose answer is predicted before it is seen, as a component: drawn and changed in the browser alone."""

from collections.abc import Callable, Mapping
from typing import Any

from lstm_viz.live_page.colours import named_colours
from lstm_viz.live_page.lasting import digest
from lstm_viz.ui.bridge import components

_component = components.component("prediction")


def prediction(
    key: str,
    asked: Mapping[str, Any],
    prediction: Any,
    answered: Mapping[str, Any] | None,
    on_submit: Callable[[Any], None],
) -> None:
    """Show a question, within a fragment; `web/parts/predict/` has what its parts look like.

    Parameters
    ----------
    key : of the component; the same for one question after the other, so that its place on the page stays
    asked : what is asked, without the answer, as `lessons.asked` gives it
    prediction : what was predicted; of a place to be found, what is chosen now; None for nothing yet
    answered : the truth and what is said of the gap, as `lessons.answered` gives it; None until it is to be seen
    on_submit : called with the prediction when its answer is asked for, before the fragment runs again
    """
    question = digest(asked)

    def submitted() -> None:
        message = components.told(key, "submitted")
        # What was sent while the page went on to another question is that one's no more.
        if message.get("question") == question:
            on_submit(message.get("prediction"))

    data = {"question": question, "asked": asked, "prediction": prediction, "answered": answered}
    _component(key=key, data={**data, "themes": named_colours(set())}, on_submitted_change=submitted)
