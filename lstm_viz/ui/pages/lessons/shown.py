"""What of a step's view is on show: its page's live part, with all folded away that the step does not speak of."""

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from lstm_viz.figures.gate_heatmaps import gate_heatmaps_data
from lstm_viz.figures.panels import heatmap_panel, stack
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.lessons import Step
from lstm_viz.ui.bridge import frame, own, session
from lstm_viz.ui.navigation import PAGES
from lstm_viz.ui.pages.by_hand import page as by_hand
from lstm_viz.ui.pages.cells_compared import page as cells_compared
from lstm_viz.ui.pages.gates import page as gates
from lstm_viz.ui.pages.inside import page as inside
from lstm_viz.ui.pages.ledger import page as ledger
from lstm_viz.ui.pages.notes import page as notes
from lstm_viz.ui.pages.vanishing import page as vanishing
from lstm_viz.ui.pages.variants import page as variants
from lstm_viz.ui.pages.what_if import page as what_if
from lstm_viz.ui.pages.yours import page as yours
from lstm_viz.ui.settings.link import link, to_query, without_lesson
from lstm_viz.ui.settings.parts import PARTS
from lstm_viz.ui.views.view import View

LIVE: Mapping[str, Callable[[], None]] = {
    "gates_over_time": gates.live,
    "inside_the_cell": inside.live,
    "memory_ledger": ledger.live,
    "what_if": what_if.live,
    "rnn_lstm_gru": cells_compared.live,
    "vanishing_gradient": vanishing.live,
    "variant_lab": variants.live,
    "notes_checked": notes.live,
    "build_by_hand": by_hand.live,
    "your_model": yours.live,
}
"""Page → its part that can be shown within another page."""
READING = ("gates_over_time", "inside_the_cell", "memory_ledger", "what_if", "rnn_lstm_gru")
"""Pages whose view is of a text."""
TITLES = dict(page for pages in PAGES.values() for page in pages)
AROUND = (
    "menu", "card", "examples", "look_for", "undo", "share", "take_away", "toolbar", "unit_choice", "page_link",
    "saturation", "table", "count", "weighed", "reference", "scores", "experiments", "tried", "conclusions",
)  # fmt: skip
"""Parts around a page's figure, folded away unless a step names them."""
ALWAYS = ("editor", "tokens", "captions")
"""Parts without which no figure of a text can be read."""
LONG = 400
"""Characters of a text that would push the figure out of sight."""
OF_NO_TEXT = (
    "lengths", "powers", "choices", "gradients", "paths", "clipping", "chosen_cell", "all_cells", "forget_biases",
)  # fmt: skip
"""Figures that are of no text: where a step shows these alone, the text is folded away too."""
NEEDED = {
    "cell": ("menu",), "task": ("menu",), "notation": ("toolbar",), "order": ("toolbar",), "unit": ("unit_choice",),
}  # fmt: skip
"""Kind of action → the parts with which it is done."""


def folded(step: Step) -> tuple[str, ...]:
    """The parts and quantities of a step's view that are folded away."""
    named = {*step.show, *(str(point.value) for point in step.points if point.kind in ("part", "quantity"))}
    if step.do:
        named |= set(NEEDED.get(step.do.kind, ()))
    away = tuple(PARTS) if step.show else AROUND
    always: tuple[str, ...] = () if step.show and set(step.show) <= set(OF_NO_TEXT) else ALWAYS
    if step.show and step.view and len(step.view.settings.text or "") > LONG:
        always = tuple(each for each in always if each != "editor")
    return tuple(each for each in away if each not in named and each not in always)


def show_view(step: Step, *, asking: bool = False) -> None:
    """The real view of a step, live.

    Parameters
    ----------
    asking : whether something is still to be found in it, so that no such place is pointed at
    """
    assert step.view is not None
    found = {getattr(each, "what", "") for each in step.question.about} if asking and step.question else set()
    if missing := own.missing():
        own.ask_for(missing, "This step shows a network of its reader’s own.")
        return
    frame.stay(frame.Frame(hide=folded(step), lit=tuple(each for each in step.points if each.kind not in found)))
    LIVE[step.view.page]()


def show_meanwhile(step: Step, view: View) -> None:
    """What may be seen while a question is open: what is read, and of what is worked out the quantities named."""
    assert step.question is not None
    frame.stay(frame.Frame(closed=True))
    question = step.question
    names = question.meanwhile if view.trace is not None else ()
    with st.container(key="lv_lesson_waiting"):
        # Where the question has the words beside it, they need not be said twice.
        if question.kind in ("choose", "number") and view.trace is not None and step.view and step.view.page in READING:
            st.caption("The network reads")
            st.markdown(session.plain(_short(view.text, len(view.run.labels))))
        if names:
            _heatmaps(view, names)
        st.caption(f"{'The rest of the view' if names else 'The view'} is shown when you have predicted.")


def _heatmaps(view: View, names: tuple[str, ...]) -> None:
    axis = TokenAxis.of(view.run.labels)
    theme = "dark" if st.context.theme.type == "dark" else "light"
    heatmaps = gate_heatmaps_data(view.layer, axis, notation=view.settings.notation)
    rows = np.array(view.order)
    panels = [
        heatmap_panel(f"<b>{label}</b>", each, rows, axis, theme, hover=f"{label} %{{z:.2f}}")
        for each in heatmaps
        if (label := each.quantity.label) and each.quantity.name in names
    ]
    if panels:
        st.plotly_chart(stack(panels, axis, title="", how_to_read="", caption=False, theme=theme))


def _short(text: str, steps: int, most: int = 160) -> str:
    """A text as far as it helps to see it: a wall of numbers says no more than its first and how many there are."""
    if len(text) <= most:
        return text
    begins = text[:most].rsplit(maxsplit=1)[0]
    return f"{begins} … ({steps:,} steps in all)"


def show_way_out(step: Step) -> None:
    """The way to the step's view on the page that it is from, with all that is folded away here."""
    assert step.view is not None
    now = without_lesson(session.settings())
    if now.embed:
        return  # Streamlit makes no link that says so, and the frame has one to the whole page
    title = TITLES[step.view.page]
    if link(now) is not None:
        query = to_query(now)
        st.page_link(f"pages/{step.view.page}.py", label=f"Open this view on “{title}”", query_params=query)
