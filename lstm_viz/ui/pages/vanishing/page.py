"""Vanishing gradient: how far back does learning reach, up to 1,000 steps?"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import streamlit as st

from lstm_viz.figures.slopes import slopes_chart
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.made import MADE
from lstm_viz.ui.bridge import own, session
from lstm_viz.ui.bridge.frame import current, part
from lstm_viz.ui.jobs import JOBS
from lstm_viz.ui.pages.vanishing.examples import EXAMPLES, example_of, look_for
from lstm_viz.ui.pages.vanishing.fields import VanishingFields
from lstm_viz.ui.pages.vanishing.taken import described, vanishing_taking
from lstm_viz.ui.pages.vanishing.view import MOST_STEPS, Vanishing, power
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.taking.taking import Taking
from lstm_viz.ui.views.chosen import lacking, source_of
from lstm_viz.ui.widgets import controls, prose
from lstm_viz.ui.widgets.charts import show_charts
from lstm_viz.ui.widgets.head import head
from lstm_viz.ui.widgets.long_work import long_work
from lstm_viz.ui.widgets.take_away import take_away

MEASURED = {"examples", "choices", "look_for", "gradients", "paths", "clipping"}
"""The parts that are of networks."""
_SHOWN = "lv_gradients_shown"


def show() -> None:
    """The whole page."""
    session.open_on(
        "vanishing_gradient", VanishingFields, lambda: [["set", dict(next(iter(EXAMPLES.values())).values)]]
    )
    head(
        "Vanishing gradient",
        "A network learns from an error at the end of a sequence by asking how each earlier state contributed to it. "
        "On the way back, that influence (the gradient) is multiplied once a step. What is multiplied often enough "
        "vanishes or explodes.",
    )
    live()
    _what_is_measured()


def live() -> None:
    """The powers of a number, and the gradients measured in networks."""
    with part("take_away"):
        take_away("vanishing_gradient", _taking, described(session.settings()))
    with part("powers"):
        _powers()
    # A lesson that shows none of it need not wait for it.
    if not set(current().hide) >= MEASURED:
        _networks()


def _networks() -> None:
    """What is measured in networks."""
    st.header("Measured in real networks", anchor=False)
    settings = session.settings()
    titles = {name: each.title for name, each in EXAMPLES.items()}
    with part("examples"):
        controls.examples("Examples", titles, example_of(settings), _choose)
    with part("choices"):
        _choices()
    if settings.networks == "trained" and (missing := own.missing()):
        own.ask_for(missing)
        return
    view = _measured(Vanishing.of(settings))
    if view is not None and view.found:
        _charts(view)


def _taking(asked: Mapping[str, Any]) -> Taking:
    view = Vanishing.of(session.settings())
    if not view.problem and len(found := dict(JOBS.look(view.work).found)) == len(view.work.pieces):
        view = replace(view, found=found)
    return vanishing_taking(view)


def _choose(name: str) -> None:
    session.do(["set", dict(EXAMPLES[name].values)])


def _powers() -> None:
    st.header("A number times itself", anchor=False)
    prose.text(
        "The slope of the sigmoid is never more than 0.25, that of tanh never more than 1. Multiply such a number by "
        "itself a few times, and see why a network whose every step scales the gradient by it cannot learn from what "
        "lies far back."
    )
    left, right = st.columns(2, gap="medium")
    with left:
        one, two = st.columns(2, gap="medium")
        with one:
            controls.slider("factor", "The factor of one step, a")
        with two:
            controls.slider("power", "How many steps, n")
        show_charts("power", [power(session.settings())])
    with right:
        show_charts("slopes", [slopes_chart()])


def _choices() -> None:
    """Which networks, and what decides what they are."""
    choices, settings = st.columns([1, 1], gap="medium")
    networks = session.settings().networks
    with choices:
        trained = {task: f"Trained: {TASKS[task].title}" for task in reversed(MADE)}
        controls.menu(
            "networks",
            "Networks",
            {"fresh": "Just initialised", **trained, "trained": "Trained: your text"},
            help="Just initialised: random weights, before any training. Trained: the networks of this app, on a "
            "sequence made for them, or on the text of the page Gates over time.",
        )
    with settings:
        if networks == "trained":
            _trained_choices()
        elif networks == "fresh":
            controls.slider("length", "Time steps, T", high=MOST_STEPS)
        else:
            controls.slider("made_length", "Time steps, T")
            controls.variant_menu(networks)
    if networks == "fresh":
        _fresh_choices()


def _trained_choices() -> None:
    controls.task_menu()
    controls.variant_menu(session.settings().task)
    if session.settings().task in MADE:
        controls.slider("length", "Time steps, T", high=MOST_STEPS)
    else:
        st.caption("They read the text of the page Gates over time, where you can change it.")


def _fresh_choices() -> None:
    first, second, third, fourth, fifth = st.columns([3, 4, 3, 3, 3])
    with first:
        controls.slider("radius", "Spectral radius", help=(
            "Size of the largest eigenvalue of each recurrent matrix U: about how much U alone scales a state in one "
            "step. All three cells get the same."
        ))  # fmt: skip
    with second:
        controls.segments("nonlinearity", "RNN's nonlinearity", {"tanh": "tanh", "relu": "ReLU", "sigmoid": "sigmoid"})
    with third:
        controls.slider("forget_bias", "LSTM's forget bias", help=(
            "Where the forget gates start: a bias of 0 leaves them near 0.5, one of 5 near 0.99."
        ))  # fmt: skip
    with fourth:
        controls.number("hidden", "Units, H")
    with fifth:
        controls.number("seed", "Seed", help="Another seed draws other random weights and inputs.")


def _measured(view: Vanishing) -> Vanishing | None:
    """The view with what has been found of it; None where there is nothing to read.

    Until all is found, the view of the settings before stays, so that moving a slider moves lines and removes none.
    """
    if view.problem:
        st.info(view.problem)
        return None
    prose.text(
        "L is a weighted sum of the last hidden state"
        + (", here the score of the network's answer" if view.answers else ", every unit counting the same")
        + ", scaled so that its gradient at the last step has size 1. All cells read the same sequence. In every "
        "chart the end of the sequence is on the left, and the gradient travels to the right, back in time. Hover, or "
        "focus a chart and press ← →."
    )
    if view.settings.networks == "trained" and (lack := lacking(view.settings, source_of(view.settings))):
        st.info(lack)
    earlier = _earlier(view)
    found = long_work(
        view.work, meanwhile="Until that is done, the charts show the settings before." if earlier else ""
    )
    if len(found) == len(view.work.pieces):
        st.session_state[_SHOWN] = asdict(view.settings)
    elif earlier:
        return earlier
    return replace(view, found=found)


def _earlier(view: Vanishing) -> Vanishing | None:
    """What this session saw last of the same networks, where that is still remembered."""
    if _SHOWN not in st.session_state:
        return None
    shown = Vanishing.of(replace(Settings(**st.session_state[_SHOWN]), clip=view.settings.clip))
    if (shown.settings.networks, shown.cells) != (view.settings.networks, view.cells):
        return None
    found = dict(JOBS.look(shown.work).found)
    return replace(shown, found=found) if len(found) == len(shown.work.pieces) else None


def _charts(view: Vanishing) -> None:
    # Each in a place of its own, said or not, so that what follows stays where it is.
    with part("look_for"):
        if said := look_for(view):
            prose.text(f"**What to look for.** {said}")
    with part("gradients"):
        show_charts("distance", [view.against_distance()])
    with part("paths"):
        if view.has_paths:
            _paths(view)
    with part("clipping"):
        _clipping(view)


def _paths(view: Vanishing) -> None:
    st.header("Why the LSTM's need not vanish", anchor=False)
    prose.text(
        "The memory has a path of its own: one step back along it multiplies the gradient by the forget gate and by "
        "nothing else. A gate at 1 passes it on whole; one near 0.5 halves it at every step. All other paths go "
        "through h, and so through the weights. There are many, and their sum may be the larger."
    )
    show_charts("paths", view.two_paths())


def _clipping(view: Vanishing) -> None:
    st.header("Clipping: a cure for one of the two", anchor=False)
    one, two = st.columns([1, 3], gap="medium")
    with one:
        controls.number("clip", "Clip to a norm of")
        prose.text(
            "If the gradient of all recurrent weights together is longer than this, it is shortened to this length "
            f"before the update. Choose the example “{EXAMPLES['clipped'].title}” above, and see."
        )
    with two:
        show_charts("clipping", [view.clipping()])


def _what_is_measured() -> None:
    with part("conclusions"), st.expander("What is measured, and what one may not conclude"):
        prose.text(
            "- Gradients are exact, in 64-bit floats with their size kept apart, so that 10⁻⁶⁰² is a number and not 0. "
            "They are tested against finite differences.\n"
            "- ∂L/∂h and ∂L/∂c each count every path to the end; ∂L/∂c also counts the one through h of the same "
            "step.\n"
            "- The bound: one step of h_t = φ(W x_t + U h_{t−1} + b) multiplies a gradient by Uᵀ and by φ′, so at most "
            "by γ·σ_max, with γ the largest slope of φ (1 for tanh and ReLU, ¼ for the sigmoid) and σ_max the largest "
            "singular value of U. Below 1 it must vanish; above 1 it may explode, and need not. Bengio, Simard and "
            "Frasconi 1994; Pascanu, Mikolov and Bengio 2013.\n"
            "- This is one sequence and one set of weights: another seed gives other curves. A gradient that arrives "
            "does not mean that a network has learnt to use it, and a small one does not mean that it cannot learn at "
            "all: what counts in training is the sum over many sequences."
        )
