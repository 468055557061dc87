"""How one gets a file out of the library that a model was trained with: a sentence, and the lines to run."""

from typing import NamedTuple

from lstm_viz.files.limits import CONVERTER, ENDINGS


class Way(NamedTuple):
    """One library: what to do there, and the lines that do it."""

    title: str
    said: str
    code: str


CONVERTED = CONVERTER.replace("; ", "\n")
"""What turns a PyTorch model that cannot be read as it was saved into a file that can, a line each."""

FORMATS = "; ".join(f"{kind} {', '.join(f'**{ending}**' for ending in endings)}" for kind, endings in ENDINGS.items())
"""The files that can be read, in Markdown."""

WAYS = (
    Way(
        "PyTorch",
        "Save the weights: `model.state_dict()`, not the model itself. A training checkpoint that holds them is read "
        "too, Lightning’s included.",
        CONVERTED + '\n# or, without another package:\ntorch.save(model.state_dict(), "model.pt")',
    ),
    Way(
        "Keras",
        "The saved model or its weights alone: LSTM, GRU and SimpleRNN layers are found, wherever in it they are.",
        'model.save("model.keras")\n# or\nmodel.save_weights("model.weights.h5")',
    ),
    Way(
        "ONNX",
        "Any file with LSTM, GRU or RNN nodes. Export with fixed weights in the file, not beside it.",
        'torch.onnx.export(model, (x,), "model.onnx")         # PyTorch\n'
        'model.export("model.onnx", format="onnx")            # Keras',
    ),
)
