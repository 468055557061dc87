"""Weights that torch's own modules saved come back as modules that compute the same."""

import torch
from safetensors.torch import save
from torch import nn

from lstm_viz.files import read_file

torch.manual_seed(12)


def test_modules_come_back_with_their_values() -> None:
    inputs = torch.randn(2, 7, 3)
    for kind, more in ((nn.LSTM, {"proj_size": 5}), (nn.LSTM, {}), (nn.GRU, {"bias": False}), (nn.RNN, {})):
        for layers, both in ((1, False), (2, True), (3, False)):
            module = kind(3, 8, layers, bidirectional=both, batch_first=True, **more)
            (found,) = read_file("any", save(module.state_dict())).recurrent
            assert (found.num_layers, found.bidirectional, found.bias) == (layers, both, module.bias)
            assert (found.input_size, found.hidden_size, found.proj_size) == (3, 8, module.proj_size)
            read = found.module()
            assert type(read) is kind
            torch.testing.assert_close(read(inputs)[0], module(inputs)[0], rtol=0, atol=1e-6)
