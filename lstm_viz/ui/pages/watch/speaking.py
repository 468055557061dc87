"""What is said of a network as it stands, on the sequence that is looked at: a sentence a gate, and on its answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch

from lstm_viz.figures.gate_heatmaps import gate_heatmaps_data
from lstm_viz.figures.token_axis import TokenAxis
from lstm_viz.live_page.answers import Answer
from lstm_viz.tasks import Model


class Speaker:
    """Says what the networks of a training do, wherever it is asked; not for two threads at a time.

    Parameters
    ----------
    models : a network of each course, whose own weights are never looked at

    Attributes
    ----------
    probe : the sequence, as typed
    layer : which layer's gates are spoken of
    """

    def __init__(self, models: tuple[Model, ...], probe: str, layer: int) -> None:
        self._models = models
        self.probe, self.layer = probe, layer

    def __call__(self, lane: int, weights: Mapping[str, Any]) -> dict[str, Any]:
        """Quantity → sentence, and of which sequence they are; none where there is nothing to run on."""
        probe, model = self.probe, self._models[lane]
        model.network.load_state_dict({name: torch.tensor(part) for name, part in weights.items()})
        # What a model remembers of its weights is of those before.
        model = replace(model)
        said: dict[str, str] = {}
        tokens = model.task.read(probe).tokens
        try:
            if tokens:
                trace = model.trace_tokens(tokens)
                axis = TokenAxis.of(trace.labels)
                layer = trace.layer(min(self.layer, len(trace.layers) - 1), "forward")
                said = {each.name: each.caption for each in gate_heatmaps_data(layer, axis)}
                said |= Answer(model, trace, tokens, axis).captions()
        except ValueError:
            pass  # its numbers grew past all bounds, which its own curves say
        return {"probe": probe, "captions": said}
