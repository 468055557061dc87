"""The plain RNN, as `torch.nn.RNN` computes it, with either of its two nonlinearities."""

from lstm_viz.cells.definition import POSITIVE, SHARE, SIGNED, Cell, state
from lstm_viz.cells.drawing import Drawing, Stage

_NAME = ("hidden_state", "Hidden state", "the memory, and the output", ("h_t", "h_t", "STM_t"))
_DRAWING = Drawing(
    rows=({0: "hidden_state-", 1.5: "concatenate", 3: "hidden_state", 4.5: "hidden_state+"}, {1.5: "inputs"}),
    stages=(Stage("Overwrite", ("hidden_state",), "The old state, <hidden_state->, gives way to <hidden_state>."),),
)

RNN = Cell(
    name="rnn",
    title="RNN",
    source="Elman 1990",
    summary="No gates: every step overwrites the whole state.",
    quantities=(
        state(
            *_NAME,
            range=SIGNED,
            weighted=True,
            compute=lambda now, before: now.tanh(now.weighted_sum("hidden_state")),
        ),
    ),
    drawing=_DRAWING,
)

RNN_RELU = Cell(
    name="rnn_relu",
    title="RNN (ReLU)",
    source="Le, Jaitly and Hinton 2015",
    summary="No gates, and no ceiling: the state can grow without bound.",
    quantities=(
        state(
            *_NAME,
            range=POSITIVE,
            weighted=True,
            compute=lambda now, before: now.relu(now.weighted_sum("hidden_state")),
        ),
    ),
    drawing=_DRAWING,
)

RNN_SIGMOID = Cell(
    name="rnn_sigmoid",
    title="RNN (sigmoid)",
    source="Elman 1990, with the logistic sigmoid",
    summary="No gates, and a nonlinearity whose slope never passes one quarter.",
    quantities=(
        state(
            *_NAME,
            range=SHARE,
            weighted=True,
            compute=lambda now, before: now.sigmoid(now.weighted_sum("hidden_state")),
        ),
    ),
    drawing=_DRAWING,
)
