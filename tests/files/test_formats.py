"""What is read from a file computes what wrote it computes: a part of ``python -m benchmarks formats``."""

import random
from typing import Any

import numpy as np
import pytest
import torch

import lstm_viz
from benchmarks.formats import FORMATS, MOST, difference
from lstm_viz.files import read_file
from lstm_viz.trace import top_layers


@pytest.mark.parametrize("format", FORMATS)
def test_hidden_states_are_the_writers(format: str) -> None:
    for seed in range(3):
        made = FORMATS[format](random.Random(f"{format} {seed}"))
        assert difference(format, made) <= MOST, made.said


@pytest.mark.parametrize("format", ["safetensors", "ONNX"])
def test_a_wrong_mapping_would_be_seen(format: str) -> None:
    """The measure is not blind: two gates in each other's place are a thousand times the tolerance apart."""
    made = FORMATS[format](random.Random(f"{format} 0"))
    file = read_file("model", made.content)
    module: Any = file.recurrent[0].module()
    with torch.no_grad():
        for name, part in module.named_parameters():
            if name.startswith("weight_hh"):
                part.copy_(part.roll(module.hidden_size, 0) if len(part) > module.hidden_size else part.flip(0))
    layers = lstm_viz.trace(module, made.inputs).layers
    shown = np.concatenate([layer.hidden_state for layer in top_layers(layers)], axis=1)
    assert np.abs(shown - made.expected).max() > 1000 * MOST
