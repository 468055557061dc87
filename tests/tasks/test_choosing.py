"""What is shown of a file at once, and what follows from another choice."""

import random

import torch
from torch import nn

from lstm_viz.files import ModelFile, read_file
from lstm_viz.tasks.choosing import MOST_ANSWERS, fed_by, first_choices, heads, may_feed, revised, running
from lstm_viz.tasks.uploaded import uploaded_model
from lstm_viz.ui.pages.yours import words
from lstm_viz.ui.pages.yours.sample import NAME, sample_file
from tests.files.making import found_in


def read(**modules: nn.Module) -> ModelFile:
    return found_in(nn.ModuleDict(modules).state_dict())


def test_a_classifier_of_words_reads_tokens_and_answers():
    file = read(embed=nn.Embedding(50, 8), rnn=nn.LSTM(8, 6, bidirectional=True), fc=nn.Linear(12, 3))
    choices = first_choices(file)
    assert (choices.input, choices.embedding, choices.head, choices.below) == ("tokens", 0, 0, ())
    assert uploaded_model(file, choices).predictions("3 1").shape == (2, 3)
    assert words.found(file) == "Found: 1 recurrent layer, 1 embedding, 1 head"
    assert words.layers(file, choices) == [("rnn", f" (shown): {file.recurrent[0].describe()}, from embed")]
    numbers = revised(file, choices, embedding=None)
    assert (numbers.input, numbers.head) == ("numbers", 0)
    assert words.reads(file, numbers) == "It reads 8 numbers a step"


def test_a_layer_above_another_runs_it_first_and_each_can_be_chosen():
    file = read(rnn1=nn.GRU(3, 4), rnn2=nn.GRU(4, 4), out=nn.Linear(4, 2))
    lower = first_choices(file)
    assert (lower.recurrent, lower.below, lower.head) == (0, (), None), "its states go to the next layer"
    top = revised(file, lower, recurrent=1)
    assert (top.below, top.head, top.input) == ((0,), 0, "numbers")
    lines = [said.partition(":")[0] + said.rpartition(",")[2] for _, said in words.layers(file, top)]
    assert lines == [" (runs before it) from its input", " (shown) from rnn1"]
    assert may_feed(file, top, 1) == [0]
    alone = revised(file, top, below=fed_by(file, top, 1, None))
    assert running(alone) == (1,)
    assert uploaded_model(file, alone).network.recurrent.input_size == 4
    again = revised(file, alone, below=fed_by(file, alone, 0, 0))
    assert running(again) == (0, 1)


def test_a_layer_runs_once_whatever_is_chosen():
    file = read(a=nn.RNN(4, 4), b=nn.RNN(4, 4), c=nn.RNN(4, 4))
    choices, rng = first_choices(file), random.Random(0)
    for _ in range(40):
        place = rng.randrange(len(running(choices)))
        layer = rng.choice([None, *may_feed(file, choices, place)])
        choices = revised(file, choices, below=fed_by(file, choices, place, layer))
        chain = running(choices)
        assert len(set(chain)) == len(chain)
        assert layer is None or layer in chain
        uploaded_model(file, choices)


def test_a_head_of_very_many_outputs_is_not_chosen_unasked():
    file = read(rnn=nn.LSTM(3, 4), out=nn.Linear(4, MOST_ANSWERS + 1))
    choices = first_choices(file)
    assert (choices.head, heads(file, 0)) == (None, [0])
    labelled = revised(file, revised(file, choices, head=0), labels=("a",))
    assert revised(file, labelled, head=None).labels == ()


def test_what_could_not_be_placed_is_listed():
    file = read(rnn=nn.LSTM(3, 4), norm=nn.BatchNorm1d(7))
    listed = words.left_over(file).splitlines()
    assert len(listed) == len(file.unplaced) == 5
    assert "norm.weight, 7" in listed


def test_the_sample_is_always_the_same_and_shows_gates_that_move():
    drawn = torch.get_rng_state()
    assert sample_file() is sample_file()
    assert (torch.get_rng_state() == drawn).all()
    file = read_file(NAME, sample_file())
    layer = uploaded_model(file, first_choices(file)).trace("sine of period 20, 60 steps").layers[0]
    assert file.recurrent[0].describe() == "LSTM, 2 layers, both directions, 16 units, reads 3 numbers a step"
    assert float((layer.forget_gate.max(axis=0) - layer.forget_gate.min(axis=0)).max()) > 0.5
