"""Trained models: `load_model("sentiment", cell="lstm")`, then `.predict`, `.trace` and `.predictions`."""

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file

from lstm_viz import arguments, capture
from lstm_viz.cells import CELLS
from lstm_viz.tasks.answers import sigmoid
from lstm_viz.tasks.network import Network
from lstm_viz.tasks.registry import TASKS
from lstm_viz.tasks.task import Task
from lstm_viz.trace import LayerTrace, Trace, top_layers

FOLDER = Path(__file__).parents[1] / "models"
"""Where the shipped weights, vocabularies and model cards are."""

LARGE = 4_000_000
"""Weights of a recurrent module up to which it is run in float64, whatever it is kept in."""

_loading = Lock()


@dataclass(frozen=True, eq=False)
class Model:
    """A trained network with its task. Nothing in it changes after loading, so that threads may share it.

    Attributes
    ----------
    task : what it was trained to do
    network : embedding → `nn.LSTM`, `nn.GRU` or `nn.RNN` (``network.recurrent``) → linear head, in float32; of a file
        that someone gave, also in float64, and without a head
    vocabulary : the symbols it knows, the first standing for unknown ones; empty where it reads numbers
    card : parameters, scores, settings, data: what the training command wrote down

    Examples
    --------
    >>> import lstm_viz
    >>> model = lstm_viz.load_model("sentiment")
    >>> {label: round(p, 2) for label, p in model.predict("a warm and funny film").items()}
    {'negative': 0.03, 'positive': 0.97}
    >>> model.trace("a warm and funny film").labels
    ('a', 'warm', 'and', 'funny', 'film')
    """

    task: Task
    network: Network
    vocabulary: tuple[str, ...] = field(repr=False)
    card: Mapping[str, Any] = field(repr=False)

    def __repr__(self) -> str:
        return f"Model({self.task.name}, {self.cell}: {self.network.recurrent.hidden_size} units)"

    @property
    def cell(self) -> str:
        """Its name: lstm, gru or rnn."""
        return self.network.cell

    @property
    def labels(self) -> tuple[str, ...]:
        """A name for each column of `predictions`."""
        return self.task.output_labels(self.vocabulary) if self.answers else ()

    @property
    def head(self) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        """Weights (O, P) and biases (O,) of the output layer; none of either where there is no such layer."""
        if self.network.head is None:
            recurrent = self.network.recurrent
            width = (recurrent.proj_size or recurrent.hidden_size) * (1 + recurrent.bidirectional)
            return np.zeros((0, width), dtype=np.float32), np.zeros(0, dtype=np.float32)
        return self.network.head.weight.detach().numpy(), self.network.head.bias.detach().numpy()

    @property
    def answers(self) -> bool:
        """Whether it says anything: a network without a head has `predictions` without columns."""
        return self.network.head is not None

    @property
    def training_range(self) -> tuple[float, ...]:
        """Lowest and highest number it was trained on; empty where it reads symbols."""
        return tuple(self.card.get("training_range", ()))

    def unknown(self, text: str) -> list[bool]:
        """For each token, whether it lies outside what the network was trained on."""
        return self.task.reader.unknown(self._tokens(text), self.vocabulary or self.training_range)

    def inputs(self, text: str | Any) -> NDArray[np.floating]:
        """What arrives at the recurrent layer, (T, input size): embeddings of the tokens, or the numbers themselves."""
        if self._takes_rows(text):
            return self._of_rows(text)
        tokens = self._tokens(text)
        self.task.check(tokens)
        return self._embed(tokens)

    def trace(self, text: str | Any, clamp: Sequence[Any] = ()) -> Trace:
        """Every gate and state after every token, labelled with the tokens as they can be shown.

        A model of a file of your own that reads numbers also takes them as (T, numbers a step).

        Raises ValueError, in a sentence fit for the user, if the text is empty, too long or cannot be read.
        """
        if self._takes_rows(text):
            return self._run(self._of_rows(text), None, clamp)
        tokens = self._tokens(text)
        self.task.check(tokens)
        return self.trace_tokens(tokens, clamp)

    def trace_tokens(self, tokens: Sequence[str], clamp: Sequence[Any] = ()) -> Trace:
        """The same for tokens that the caller already has; at least one."""
        if isinstance(tokens, str) or not isinstance(tokens, Sequence):
            raise TypeError(f"tokens: got {arguments.given(tokens)}; expected a list of texts; for one text use trace")
        for token in tokens:
            arguments.text(token, "tokens", "texts, one a token")
        if not tokens:
            self.task.check(tokens)
        return self._run(self._embed(tokens), [self.task.reader.show(token) for token in tokens], clamp)

    def _run(self, arriving: NDArray[np.floating], labels: list[str] | None, clamp: Sequence[Any]) -> Trace:
        trace = capture.trace(self.run_in, arriving, labels=labels, clamp=clamp)
        return trace if self.run_in is self.network.recurrent else rounded(trace)

    def predictions(self, source: str | Any) -> NDArray[np.float32]:
        """Predictions after every step, (T, labels): of a text, or of a trace, which may be one with clamps."""
        outputs = self._outputs(source)
        # Those of a network that says nothing have no columns, of which no answer could be made.
        return np.asarray(self.task.answers(outputs) if self.answers else outputs, dtype=np.float32)

    def may_follow(self, source: str | Trace) -> NDArray[np.float32]:
        """For each symbol of ``task.followers``, the probability that it may come next: (T, symbols).

        Raises ValueError for a task without such symbols.
        """
        if not self.task.followers:
            raise ValueError(f"may_follow: the {self.task.name} model does not say what may come next; use predictions")
        return np.asarray(sigmoid(self._outputs(source)[:, -len(self.task.followers) :]), dtype=np.float32)

    def predict(self, text: str | Any) -> dict[str, float]:
        """What the network says once the whole text is read.

        Returns
        -------
        dict
            Label → probability, likeliest character first where labels are characters; or, for numbers, what it is →
            number in the task's unit, for as many steps ahead as the task looks.
        """
        if not self._takes_rows(text):
            arguments.text(text, "text", "a text to read")
        if not self.answers:
            raise ValueError(
                f"predict: no output layer of {self.task.title} was chosen, so it predicts nothing; name the one that "
                "answers, read_model(…, head=…), or use trace for its states"
            )
        if self.task.horizon > 1:
            return {f"in {n} day{'s' * (n > 1)}": value for n, value in enumerate(self.forecast(text), 1)}
        answer = dict(zip(self.labels, map(float, self.predictions(text)[-1]), strict=True))
        return answer if self.task.labels else dict(sorted(answer.items(), key=lambda item: -item[1]))

    def forecast(self, text: str, steps: int | None = None) -> list[float]:
        """The next numbers, each guessed from all before it, guesses included; as many as the task looks ahead.

        Raises ValueError for a task that does not look ahead, and for more steps than it reads.
        """
        if self.task.horizon == 1:
            raise ValueError(f"forecast: the {self.task.name} model does not look ahead; use predict")
        steps = self.task.horizon if steps is None else arguments.whole(steps, "steps", 1, self.task.limit)
        assert self.network.head is not None
        values: list[float] = []
        inputs, state = torch.from_numpy(self.inputs(text)), None
        with torch.no_grad():
            for _ in range(steps):
                hidden, state = self.run_in(inputs.double(), state)
                inputs = self.network.head(hidden[-1:].float())
                values.append(float(self.task.answers(inputs.numpy())[0, 0]))
        return values

    def _outputs(self, source: str | Trace) -> NDArray[np.float32]:
        """What the head gives after every step, (T, outputs); it reads the last layer, in all its directions."""
        trace = self.trace(source) if isinstance(source, str) or self._takes_rows(source) else source
        arguments.expect(trace, Trace, "source", "a text, or a Trace of this model")
        weight, bias = self.head
        top = top_layers(trace.layers)
        hidden = np.concatenate([layer.hidden_state for layer in top], axis=1, dtype=weight.dtype)
        arriving = self.network.recurrent.input_size
        if trace.cell.name != self.cell or (hidden.shape[1], trace.inputs.shape[1]) != (weight.shape[1], arriving):
            names = " and ".join(layer.name for layer in top)
            raise ValueError(
                f"source: is a trace of {trace.cell.title} whose {names} shows {hidden.shape[1]} numbers for "
                f"{trace.inputs.shape[1]} inputs; this model is {CELLS[self.cell].title} and its output layer reads "
                f"{weight.shape[1]} for {arriving} inputs: give a trace that this model made"
            )
        return np.asarray(hidden @ weight.T + bias)

    @cached_property
    def run_in(self) -> Any:
        """The recurrent layer in float64: some networks make so much of a little that rounding shows in their gates.

        One that is float64 already, or so large that a copy would weigh more than that is worth, is run as it is.
        """
        recurrent = self.network.recurrent
        large = sum(part.numel() for part in recurrent.parameters()) > LARGE
        return recurrent if large or self.network.dtype == torch.float64 else copy.deepcopy(recurrent).double()

    def _takes_rows(self, given: Any) -> bool:
        """Whether what is given is to be read as rows of numbers, for a model that reads such."""
        return self.task.reader.kind == "table" and not isinstance(given, (str, Trace))

    def _of_rows(self, rows: Any) -> NDArray[np.floating]:
        first = [*self.network.below, self.network.recurrent][0]
        numbers = arguments.array(rows, "text", (None, first.input_size), f"(steps, {first.input_size})")
        with torch.no_grad():
            return np.asarray(self.network.embed(torch.from_numpy(numbers)).numpy())

    def _tokens(self, text: str) -> list[str]:
        return self.task.tokenize(arguments.text(text, "text", "a text to read"))

    def _embed(self, tokens: Sequence[str]) -> NDArray[np.floating]:
        encoded = torch.from_numpy(self.task.reader.encode(tokens, self.vocabulary))
        with torch.no_grad():
            return np.asarray(self.network.embed(encoded).numpy())


def rounded(trace: Trace) -> Trace:
    """A trace in float32."""
    with np.errstate(over="ignore"):  # what is too large is refused with its place, as what is not finite
        layers = tuple(map(_rounded, trace.layers))
    return Trace(layers, trace.inputs.astype(np.float32), trace.labels, trace.notes)


def _rounded(layer: LayerTrace) -> LayerTrace:
    values, initial = (
        {name: array.astype(np.float32) for name, array in arrays.items()}
        for arrays in (layer.values, layer.initial_state)
    )
    if layer.clamped:
        return LayerTrace(layer.cell, layer.index, layer.direction, values, initial, layer.clamped)
    return LayerTrace.computed(layer.cell, layer.index, layer.direction, values, initial)


def model_names() -> list[str]:
    """Tasks for which a trained model ships with the package.

    Examples
    --------
    >>> model_names()
    ['sentiment', 'temperature', 'question', 'python', 'counting', 'adding', 'parity']
    """
    return [name for name in TASKS if (FOLDER / f"{name}-lstm.safetensors").exists()]


def cell_names(name: str) -> list[str]:
    """Cells for which a trained model of a task ships with the package, variants last."""
    return [cell for cell in CELLS if (FOLDER / f"{name}-{cell}.safetensors").exists()]


def shipped_model(name: str, cell: str = "lstm") -> Model:
    """A trained model as training ended; see `loading.load_model`."""
    arguments.text(name, "name", f"one of {', '.join(model_names())}")
    arguments.text(cell, "cell", f"one of {', '.join(cell_names(name))}" if name in TASKS else "the name of a cell")
    if name not in TASKS or not (cells := cell_names(name)):
        raise ValueError(f"there is no model {arguments.given(name)}; choose one of {', '.join(model_names())}")
    if cell not in cells:
        raise ValueError(
            f"there is no {name!r} model with the cell {arguments.given(cell)}; there is one with {', '.join(cells)}"
        )
    with _loading:
        return _load(name, cell)


@cache
def _load(name: str, cell: str) -> Model:
    return model_of(TASKS[name], FOLDER / f"{name}-{cell}.safetensors")


def shipped_files(model: Model) -> tuple[Path, Path] | None:
    """Where the weights and the vocabulary of a model that ships are; None for a network made elsewhere."""
    name, cell = model.task.name, model.cell
    if cell not in cell_names(name) or shipped_model(name, cell).network is not model.network:
        return None
    return FOLDER / f"{name}-{cell}.safetensors", FOLDER / f"{name}.vocab.json"


def model_of(task: Task, weights: Path) -> Model:
    """The model in one file of weights, with the card and the vocabulary that lie beside it."""
    card = json.loads(weights.with_suffix(".json").read_text(encoding="utf-8"))
    listed = weights.with_name(f"{task.name}.vocab.json")
    vocabulary = tuple(json.loads(listed.read_text(encoding="utf-8"))) if listed.exists() else ()
    network = Network(**card["network"])
    network.load_state_dict({name: part.float() for name, part in load_file(weights).items()})
    return Model(task, network.eval().requires_grad_(False), vocabulary, card)
