"""Colours that can be told apart, read on their background, and mean the same everywhere."""

import itertools
import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import lstm_viz
from lstm_viz.cells import CELLS, RNN, RNN_RELU, Quantity, Role
from lstm_viz.figures.perception import blend, contrast, from_oklab, linear_rgb, oklab, to_hex
from lstm_viz.figures.style import (
    THEMES,
    Theme,
    change_scale,
    is_diverging,
    limits,
    lookup_table,
    round_up,
    scale,
    signed_scale,
    theme_named,
)
from lstm_viz.trace import LayerTrace

# What people without working red (protan) or green (deutan) cones see, in linear RGB: Machado et al. 2009, severity 1.
VISION = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
QUANTITIES = [quantity for cell in CELLS.values() for quantity in cell.quantities]
both_themes = pytest.mark.parametrize("theme", THEMES.values(), ids=str)
every_quantity = pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda q: q.name)


def as_seen(colours: list[str], vision: str) -> np.ndarray:
    return oklab(np.clip(linear_rgb(colours) @ VISION[vision].T, 0, 1))


def hidden(values: list[list[float]], cell: str) -> LayerTrace:
    array = np.array(values)
    return LayerTrace(cell, 0, "forward", {"hidden_state": array}, {"hidden_state": np.zeros(array.shape[1])})


@pytest.mark.parametrize("vision", VISION)
@both_themes
def test_quantities_of_a_cell_can_be_told_apart(theme: Theme, vision: str) -> None:
    for cell in CELLS.values():
        # What a gate is made from has its colour: lines of it are dashed.
        names = [quantity.name for quantity in cell.recorded if quantity.role is not Role.PART]
        seen = dict(zip(names, as_seen([theme.colour(name) for name in names], vision), strict=True))
        for one, other in itertools.combinations(names, 2):
            distance = np.linalg.norm(seen[one] - seen[other])
            assert distance > 0.07, f"{one} and {other} look alike ({distance:.3f})"


@pytest.mark.parametrize("vision", VISION)
@both_themes
def test_cells_of_a_chart_can_be_told_apart(theme: Theme, vision: str) -> None:
    drawn = {**theme.cells, "muted": theme.muted}
    seen = dict(zip(drawn, as_seen(list(drawn.values()), vision), strict=True))
    for one, other in itertools.combinations(drawn, 2):
        distance = np.linalg.norm(seen[one] - seen[other])
        assert distance > 0.1, f"{one} and {other} look alike ({distance:.3f})"


@both_themes
def test_lines_and_words_stand_out_from_the_background(theme: Theme) -> None:
    for colour in [*theme.quantities.values(), *theme.cells.values(), *theme.spare, theme.accent]:
        assert contrast(colour, theme.background) >= 3, colour
    for ground in (theme.background, theme.panel):
        assert contrast(theme.text, ground) >= 7
        assert contrast(theme.muted, ground) >= 4.5


@both_themes
def test_the_same_job_has_the_same_colour_and_an_unknown_quantity_always_the_same_one(theme: Theme) -> None:
    assert theme.colour("update_gate") == theme.colour("forget_gate")
    assert theme.colour("reset_gate") == theme.colour("output_gate")
    assert theme.colour("peephole") == theme.colour("peephole") in theme.spare


@both_themes
def test_every_theme_names_the_same_quantities(theme: Theme) -> None:
    assert set(theme.quantities) == set(THEMES["light"].quantities)
    assert {q.name for q in QUANTITIES if q.recorded and theme.colour(q.name) in theme.spare} == set()


@pytest.mark.parametrize("vision", VISION)
@both_themes
@every_quantity
def test_lightness_is_even_and_never_turns_back(quantity: Quantity, theme: Theme, vision: str) -> None:
    positions, colours = zip(*scale(quantity, theme.name), strict=True)
    assert positions == pytest.approx(np.linspace(0, 1, len(positions)))
    lightness = as_seen(list(colours), vision)[:, 0]
    sides = np.split(lightness, [len(lightness) // 2]) if is_diverging(quantity) else [lightness]
    for side in sides:
        steps = np.diff(side)
        assert (np.sign(steps) == np.sign(steps[0])).all()
        if vision == "normal":
            assert np.ptp(steps) < 0.01, "each step of the scale should look as large as the next"


@both_themes
@every_quantity
def test_scales_run_from_the_empty_colour_to_the_ends(quantity: Quantity, theme: Theme) -> None:
    colours = [colour for _, colour in scale(quantity, theme.name)]
    if is_diverging(quantity):
        middle = colours[len(colours) // 2]
        high = theme.positive if quantity.role is Role.PART else theme.colour(quantity.name)
        assert (colours[0], middle, colours[-1]) == (theme.negative, theme.empty, high)
    else:
        assert (colours[0], colours[-1]) == (theme.empty, theme.colour(quantity.name))
    changes = [colour for _, colour in change_scale(quantity, theme.name)]
    high = colours[-1] if is_diverging(quantity) else theme.positive
    assert (changes[0], changes[len(changes) // 2], changes[-1]) == (theme.negative, theme.empty, high)
    assert contrast(theme.empty, theme.background) < 1.3


@pytest.mark.parametrize("vision", VISION)
@both_themes
def test_the_two_signs_can_be_told_apart_at_every_size(theme: Theme, vision: str) -> None:
    scales = [change_scale(quantity, theme.name) for quantity in QUANTITIES if quantity.recorded]
    for each in [*scales, signed_scale(theme.name)]:
        table = as_seen([colour for _, colour in each], vision)
        middle = len(table) // 2
        distances = np.linalg.norm(table - table[::-1], axis=1)[:middle]
        assert (np.diff(distances) < 0).all(), "the further from 0, the clearer the sign"
        assert distances[0] > 0.11, each[-1]
        # Lightness tells the size: the sign needs a hue of its own.
        assert np.linalg.norm((table[0] - table[-1])[1:]) > 0.1


@pytest.mark.parametrize("vision", VISION)
@both_themes
def test_no_quantity_looks_like_an_answer(theme: Theme, vision: str) -> None:
    answers = {"negative": theme.negative, "positive": theme.positive, "ink": theme.text}
    names = [name for name in theme.quantities if name != "inputs"]
    seen = dict(zip(names, as_seen([theme.quantities[name] for name in names], vision), strict=True))
    for answer, colour in answers.items():
        for name, place in seen.items():
            distance = np.linalg.norm(place - as_seen([colour], vision)[0])
            assert distance > (0.11 if vision == "normal" else 0.065), f"{name}, {answer}: {distance:.3f}"


@both_themes
def test_no_two_quantities_or_signs_share_a_hue(theme: Theme) -> None:
    named = {name: theme.quantities[name] for name in theme.quantities if name != "inputs"}
    places = oklab(linear_rgb([*named.values(), theme.positive]))
    hues = np.sort(np.degrees(np.arctan2(places[:, 2], places[:, 1])) % 360)
    assert np.diff(hues, append=hues[0] + 360).min() > 20
    assert np.hypot(*places[:, 1:].T).min() > 0.07, "a colour without a hue belongs to the words"


@both_themes
@every_quantity
def test_lookup_table_is_the_scale(quantity: Quantity, theme: Theme) -> None:
    table = lookup_table(quantity, theme.name)
    assert table.shape == (256, 3)
    assert table.dtype == np.uint8
    for position, colour in scale(quantity, theme.name):
        nearest = table[round(position * 255)].astype(int)
        assert np.abs(nearest - list(bytes.fromhex(colour[1:]))).max() <= 3


def test_an_unknown_theme_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="theme: got 'blue'; expected one of light, dark"):
        theme_named("blue")


def test_limits_are_fixed_where_the_definition_bounds_the_values() -> None:
    assert limits(hidden([[0.1, -0.3]], RNN.name), "hidden_state") == (-1, 1)
    assert limits(hidden([[0.0, 3.2]], RNN_RELU.name), "hidden_state") == (-5, 5)
    assert limits(hidden([[0.0, 0.0]], RNN_RELU.name), "hidden_state") == (-1, 1)


def test_limits_grow_where_an_initial_state_took_the_values_past_the_usual_bounds() -> None:
    far = lstm_viz.trace(torch.nn.GRU(2, 3), torch.zeros(4, 2), initial_state=torch.full((1, 3), 40.0)).layers[0]
    low, high = limits(far, "hidden_state")
    assert 1 < np.abs(far.hidden_state).max() <= high == -low


def test_limits_of_every_quantity_hold_its_values(lstm_layer: LayerTrace) -> None:
    for quantity in lstm_layer.definition.recorded:
        low, high = limits(lstm_layer, quantity.name)
        assert low <= lstm_layer[quantity.name].min() <= lstm_layer[quantity.name].max() <= high
        assert (low, high) == (0, 1) if quantity.role is Role.GATE else low == -high


@given(st.floats(1e-9, 1e9))
def test_rounding_up_is_tight_and_lands_on_a_round_number(value: float) -> None:
    end = round_up(value)
    assert value * (1 - 1e-6) <= end <= 5 / 3 * value * (1 + 1e-5)
    digit = end / 10 ** math.floor(math.log10(end * (1 + 1e-9)))
    assert min(abs(digit - step) for step in (1, 1.5, 2, 3, 5, 7)) < 1e-6


@given(st.lists(st.integers(0, 255), min_size=3, max_size=3))
def test_oklab_and_back_is_the_same_colour(rgb: list[int]) -> None:
    colour = "#" + bytes(rgb).hex()
    assert to_hex(from_oklab(oklab(linear_rgb([colour])))) == [colour]


def test_known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert oklab(linear_rgb(["#ffffff"]))[0] == pytest.approx([1, 0, 0], abs=1e-6)
    assert blend(["#000000", "#ffffff"], 3)[1] == "#636363", "middle grey in Oklab"
