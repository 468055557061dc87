"""What the examples say to look for is what is there, with any length and seed."""

import re
from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from lstm_viz.analysis.gradients import split_paths
from lstm_viz.ui.pages.vanishing.examples import EXAMPLES, example_of, look_for
from lstm_viz.ui.pages.vanishing.fields import VanishingFields
from lstm_viz.ui.pages.vanishing.view import Vanishing
from lstm_viz.ui.settings.link import from_query, to_query
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.widgets import long_work
from lstm_viz.words.gradient_examples import describe_below
from lstm_viz.words.gradients import size
from tests.ui.widgets.test_controls import ROOT


@cache
def view_of(name: str, length: int = 200, seed: int = 1) -> Vanishing:
    """An example, its own length included where it has none of its own."""
    view = Vanishing.of(Settings(length=length, seed=seed, **EXAMPLES[name].values))
    assert view.flows
    return view


def ends(view: Vanishing) -> tuple[float, float, float, float]:
    """log10 at the first step: the RNN's gradient, the LSTM's memory's, and the two ways of that."""
    along, through = split_paths(view.flows["lstm"])
    back = min(len(flow.exponent) for flow in view.flows.values())
    rnn, memory = view.flows["rnn"].log10("hidden_state")[-back], view.flows["lstm"].log10("cell_state")[-back]
    return float(rnn), float(memory), float(along[0]), float(through[0])


def test_the_page_opens_where_the_textbook_case_is_what_one_sees() -> None:
    view = view_of("textbook")
    rnn, memory, along, through = ends(view)
    assert rnn < -6, "the RNN's gradient is gone"
    assert memory > -1, "the LSTM's is not"
    assert along > through + 1, "and it came along the memory"
    assert "This is the textbook case" in look_for(view)
    assert "comes back along the memory" in view.two_paths()[0].caption
    assert next(iter(EXAMPLES)) == "textbook"


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_known_by_its_settings_alone_and_changes_no_other_page(name: str) -> None:
    values = EXAMPLES[name].values
    assert set(values) <= {each.name for each in fields(VanishingFields)}
    chosen = Settings(**values)
    assert example_of(chosen) == name
    assert from_query(to_query(replace(chosen, seed=7)))[0] == replace(chosen, seed=7)
    assert example_of(replace(chosen, seed=7, length=60, task="adding")) == name
    assert example_of(replace(chosen, networks="trained")) is None
    assert look_for(Vanishing.of(replace(chosen, networks="trained"))) == ""


def test_nothing_is_said_of_what_is_not_yet_found() -> None:
    view = view_of("textbook")
    for cells in ([], ["lstm"], ["lstm", "gru"]):
        part = replace(view, found={cell: view.flows[cell] for cell in cells})
        assert look_for(part) == ""
        assert not cells or part.two_paths()
        assert not cells or part.against_distance().caption


@settings(max_examples=12)
@given(
    st.sampled_from(["textbook", "bias_0", "bias_1", "bias_5", "exploding", "clipped"]),
    st.sampled_from([10, 60, 200]),
    st.integers(1, 4),
)
def test_what_to_look_for_is_what_is_there(name: str, length: int, seed: int) -> None:
    view = view_of(name, length, seed)
    check(view, name)


def test_a_thousand_steps_say_what_they_show() -> None:
    check(view_of("thousand"), "thousand")


def plain(shown: str) -> float:
    """The log10 of a size as it is shown."""
    lead, _, power = shown.partition("×10")
    return float(np.log10(float(lead))) + int(power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")) or 0)


def check(view: Vanishing, name: str) -> None:
    said, (rnn, memory, along, through) = look_for(view), ends(view)
    if name in ("textbook", "thousand"):
        for value in (rnn, memory, along, through):
            assert size(value) in said
        vanishes, kept = rnn < -3, along >= split_paths(view.flows["lstm"])[0][-1] - 3
        clear = along >= through + np.log10(2)
        assert ("This is the textbook case" in said) == (vanishes and kept and clear)
        assert ("through the RNN's weights at every step is gone" in said) == (vanishes and kept and clear)
        assert ("the RNN's gradient does not vanish" in said) == (not vanishes)
        assert ("the memory's own path vanishes" in said) == (not kept)
        assert ("more comes through h" in said) == (through > along + np.log10(2))
    elif name.startswith("bias"):
        bias = EXAMPLES[name].values["forget_bias"]
        gates = view.flows["lstm"].layer.forget_gate
        own = view.flows["lstm"].log10("hidden_state")[0]
        assert f"σ({bias:g}) = {1 / (1 + np.exp(-bias)):.3f}; these average {gates.mean():.3f}" in said
        start = split_paths(view.flows["lstm"])[0][-1]
        assert f"of {size(start)} at the last step, the memory's own path carries {size(along)} over" in said
        assert f"ends {'above' if own > rnn else 'below'} the RNN's, {size(own)} against {size(rnn)}" in said
    else:
        clip, cut = view.settings.clip, []
        for flow in view.flows.values():
            over, title = flow.weight_norm - np.log10(clip), flow.layer.definition.title
            cut += [title] if over > 0 else []
            if name == "exploding":
                assert f"{size(flow.weight_norm)} for the {title}" in said
                continue
            first = flow.log10("hidden_state")[0]
            untouched = f"the {title}'s norm, {size(flow.weight_norm)}, is within the limit"
            assert (untouched in said) == (over <= 0)
            if over > 0:
                shown = re.search(
                    rf"the {re.escape(title)}'s norm, (\S+), is cut .*?before the end (\S+) becomes (.+?)[;.] ", said
                )
                assert shown
                whole, start, end = shown.groups()
                assert end == size(first - over)
                assert (plain(whole), plain(start)) == pytest.approx((flow.weight_norm, first), abs=0.03)
                # Whoever works it out from what is shown finds what is shown.
                assert size(plain(start) - plain(whole) + np.log10(clip)) == end
        if name == "exploding":
            logs = view.flows["rnn"].log10("hidden_state")
            assert ("gradient explodes" in said) == (logs.max() >= logs[-1] + 3)
            assert size(logs.max()) in said
            assert f"clipped at {clip:,g}, " in said
            told = said.partition(f"clipped at {clip:,g}, ")[2]
            assert [title for title in ("LSTM", "GRU", "RNN (ReLU)") if title in told] == cut


@pytest.mark.parametrize("name", ["textbook", "bias_0", "bias_1", "bias_5", "exploding"])
def test_who_has_less_left_than_the_rnn_is_named(name: str) -> None:
    view = view_of(name)
    said = describe_below(view.flows)
    rnn, *_ = ends(view)
    for cell, flow in view.flows.items():
        own = flow.log10("hidden_state")[0]
        is_below = cell != "rnn" and own < rnn <= 0
        assert (f"the {flow.layer.definition.title} has {size(own)}" in said) == is_below
    assert said in view.against_distance().caption


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.query_params.update(query)
    app.run()
    app.switch_page("pages/vanishing_gradient.py").run()
    assert not app.exception
    return app


def test_a_bare_page_opens_on_its_best_case_and_a_link_where_it_always_did(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_work, "WAIT", 60.0)
    app = opened()
    assert app.pills[0].value == "textbook"
    assert "This is the textbook case" in " ".join(each.value for each in app.markdown)
    # What is chosen after that stays, and the page does not open anew.
    app.pills[0].set_value("bias_1").run()
    assert app.pills[0].value == "bias_1"
    assert "σ(1) = 0.731" in " ".join(each.value for each in app.markdown)
    app.switch_page("pages/notes_checked.py").run()
    app.switch_page("pages/vanishing_gradient.py").run()
    assert app.pills[0].value == "bias_1"
    # The first version's links had no examples: its defaults are those of forget bias 1.
    assert opened(step="0", unit="0", forget_bias="1.0", seed="3").pills[0].value == "bias_1"
