"""Vanishing gradient: how far back does learning reach, up to 1,000 steps?"""

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.pages.vanishing.page import MADE, measured
from lstm_viz.ui.pages.vanishing.view import MOST_POWER, MOST_STEPS, Vanishing, power
from lstm_viz.ui.views.chosen import lacking
from lstm_viz.ui.widgets import controls
from lstm_viz.ui.widgets.charts import show_charts

st.title("Vanishing gradient", anchor=False)
st.caption(
    "A network learns from an error at the end of a sequence by asking how each earlier state contributed to it. On "
    "the way back, that influence (the gradient) is multiplied once a step. What is multiplied often enough vanishes "
    "or explodes."
)

st.subheader("A number times itself", anchor=False)
left, right = st.columns([1, 2], gap="medium", vertical_alignment="center")
with left:
    st.markdown(
        "The slope of the sigmoid is never more than 0.25. Multiply that by itself a few times, and see why a network "
        "whose every step scales the gradient by such a number cannot learn from what lies far back."
    )
    controls.slider("factor", "The factor of one step, a", 0.0, 2.0, 0.01)
    controls.slider("power", "How many steps, n", 0, MOST_POWER, 1)
with right:
    show_charts("power", [power(session.settings())])

st.subheader("Measured in real networks", anchor=False)
choices, settings = st.columns([1, 2], gap="medium")
with choices:
    controls.segments(
        "networks",
        "Networks",
        {"fresh": "Just initialised", "trained": "Trained"},
        help="Just initialised: random weights, before any training. Trained: the networks of this app.",
    )
trained = session.settings().networks == "trained"
with settings:
    if trained:
        controls.task_menu()
        controls.variant_menu(session.settings().task)
        if session.settings().task in MADE:
            controls.slider("length", "Time steps, T", 10, MOST_STEPS, 10)
        else:
            st.caption("They read the text of the page Gates over time, where you can change it.")
    else:
        controls.slider("length", "Time steps, T", 10, MOST_STEPS, 10)
if not trained:
    first, second, third, fourth, fifth = st.columns([3, 4, 3, 3, 3])
    with first:
        controls.slider("radius", "Spectral radius", 0.0, 3.0, 0.05, help=(
            "Size of the largest eigenvalue of each recurrent matrix U: about how much U alone scales a state in one "
            "step. All three cells get the same."
        ))  # fmt: skip
    with second:
        controls.segments("nonlinearity", "RNN's nonlinearity", {"tanh": "tanh", "relu": "ReLU", "sigmoid": "sigmoid"})
    with third:
        controls.slider("forget_bias", "LSTM's forget bias", -5.0, 10.0, 0.5, help=(
            "Where the forget gates start: a bias of 0 leaves them near 0.5, one of 5 near 0.99."
        ))  # fmt: skip
    with fourth:
        controls.number("hidden", "Units, H", 1, 128, 1)
    with fifth:
        controls.number("seed", "Seed", 0, 9999, 1, help="Another seed draws other random weights and inputs.")

view = Vanishing(session.settings())
if view.problem:
    st.info(view.problem)
else:
    st.markdown(
        "L is a weighted sum of the last hidden state"
        + (", here the score of the network's answer" if trained else ", every unit counting the same")
        + ", scaled so that its gradient at the last step has size 1. All cells read the same sequence. Hover, or "
        "focus "
        "a chart and press ← →."
    )
    missing = [cell for cell in ("lstm", "gru", "rnn") if cell not in view.cells]
    if trained and (lack := lacking(session.settings())):
        st.info(lack)
    if missing:
        st.info(f"There is no trained {' or '.join(missing)} for this task; there is {', '.join(view.cells)}.")
    view = measured(view)
if view.found:
    show_charts("distance", [view.against_distance()])
    st.subheader("Why the LSTM's need not vanish", anchor=False)
    st.markdown(
        "The memory has a path of its own: one step back along it multiplies the gradient by the forget gate and by "
        "nothing else. A gate at 1 passes it on whole. All other paths go through h, and so through the weights."
    )
    show_charts("paths", view.two_paths())
    st.subheader("Clipping: a cure for one of the two", anchor=False)
    one, two = st.columns([1, 3], gap="medium")
    with one:
        controls.number("clip", "Clip to a norm of", 0.01, 1000.0, 0.5)
        st.markdown(
            "If the gradient of all recurrent weights together is longer than this, it is shortened to this length "
            "before the update. Set a spectral radius of 2 and ReLU above, and see."
        )
    with two:
        show_charts("clipping", [view.clipping()])

with st.expander("What is measured, and what one may not conclude"):
    st.markdown(
        "- Gradients are exact, in 64-bit floats with their size kept apart, so that 10⁻⁶⁰² is a number and not 0. "
        "They are tested against finite differences.\n"
        "- ∂L/∂h and ∂L/∂c each count every path to the end; ∂L/∂c also counts the one through h of the same step.\n"
        "- The bound: one step of h_t = φ(W x_t + U h_{t−1} + b) multiplies a gradient by Uᵀ and by φ′, so at most by "
        "γ·σ_max, with γ the largest slope of φ (1 for tanh and ReLU, ¼ for the sigmoid) and σ_max the largest "
        "singular value of U. Below 1 it must vanish; above 1 it may explode, and need not. Bengio, Simard and "
        "Frasconi 1994; Pascanu, Mikolov and Bengio 2013.\n"
        "- This is one sequence and one set of weights: another seed gives other curves. A gradient that arrives "
        "does not mean that a network has learnt to use it, and a small one does not mean that it cannot learn at "
        "all: what counts in training is the sum over many sequences."
    )
