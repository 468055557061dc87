"""What was found in the file, and the menus in which its reader says which of it is shown."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lstm_viz.cells import CELLS
from lstm_viz.files import ModelFile
from lstm_viz.sources import Source
from lstm_viz.tasks.choosing import fed_by, heads, may_feed, running
from lstm_viz.tasks.uploaded import Choices
from lstm_viz.ui.bridge.session import plain
from lstm_viz.ui.pages.yours import keeping, words
from lstm_viz.ui.pages.yours.given_text import read_labels
from lstm_viz.words.phrases import count

NOTHING = "its input"


def show(file: ModelFile, choices: Choices, source: Source) -> None:
    """The layers, the menus where there is a choice, and what there is to be said of the file."""
    st.markdown("\n".join(f"- **{plain(name)}**{plain(said)}" for name, said in words.layers(file, choices)))
    _menus(file, choices)
    if source.model.network.head is not None:
        _labels(source.model.network.head.out_features, choices, source)
    for note in file.notes:
        st.caption(plain(note))
    if file.unplaced:
        with st.expander(f"{count(len(file.unplaced), 'tensor')} of the file could not be placed"):
            st.caption(
                "They are no part of a recurrent layer, of an embedding or of a head, and nothing here uses them."
            )
            st.code(words.left_over(file), language=None, wrap_lines=True)


def menu(name: str, label: str, options: Mapping[Any, str], value: Any, tell: Any = None, **more: Any) -> None:
    """A menu of what can be chosen; `tell` is called with what is, by default `keeping.choose` under the same name."""
    key, values = f"lv_yours_{name}", list(options)
    titles = list(options.values())
    # By place: a menu takes None for nothing chosen.
    st.session_state[key] = values.index(value)

    def chosen() -> None:
        now = values[st.session_state[key]]
        if tell is None:
            keeping.choose(**{name: now})
        else:
            tell(now)

    st.selectbox(label, range(len(titles)), format_func=titles.__getitem__, key=key, on_change=chosen, **more)


def which(file: ModelFile, choices: Choices) -> None:
    """What is shown, and where there are several layers, the menu of them."""
    if len(file.recurrent) == 1:
        st.markdown(plain(words.shown(file, choices)), width="content")
        return
    options = {
        k: words.shown(file, choices if k == choices.recurrent else Choices(recurrent=k))
        for k in range(len(file.recurrent))
    }
    menu("recurrent", "Which layer is shown", options, choices.recurrent, label_visibility="collapsed", width=520)


def _menus(file: ModelFile, choices: Choices) -> None:
    shown = file.recurrent[choices.recurrent]
    if len(shown.could_be) > 1:
        titles = {name: CELLS[name].title for name in shown.could_be}
        help = "By its shapes alone it could be any of these: choose the one that it was trained as."
        menu("cell", "Its cell", titles, choices.cell or shown.cell, help=help)
    for place, layer in enumerate(running(choices)):
        _wiring(file, choices, place, layer)
    if fitting := heads(file, choices.recurrent):
        outputs = {k: words.head_title(file, k) for k in fitting}
        help = "The layer that reads the hidden state and gives the answer."
        menu("head", "Its head", {**outputs, None: "none"}, choices.head, help=help)


def _wiring(file: ModelFile, choices: Choices, place: int, layer: int) -> None:
    """Which layer feeds one of those that run, where more than one thing could."""
    if fitting := may_feed(file, choices, place):
        titles: dict[Any, str] = {**{k: words.layer_name(file, k) for k in fitting}, None: NOTHING}
        value = running(choices)[place - 1] if place else None

        def tell(chosen: int | None) -> None:
            keeping.choose(below=fed_by(file, choices, place, chosen))

        menu(f"feeds_{layer}", f"What {words.layer_name(file, layer)} reads", titles, value, tell)


def _labels(outputs: int, choices: Choices, source: Source) -> None:
    """What its head gives, and what that is called."""
    kinds = {False: "numbers, as they are", True: "probabilities of classes"}
    menu("classifier", "What its head gives", kinds, source.task.is_classifier)
    expected = f"{outputs:,}, one a line or with commas between them"
    label = f"Names of its outputs ({expected})"
    pasted("labels", label, lambda text: keeping.choose(labels=read_labels(text)), "\n".join(choices.labels))


def pasted(name: str, label: str, take: Callable[[str], None], value: str = "") -> None:
    """A field to paste a text into, which holds `value` until then; `take` is called with what is pasted."""
    key = f"lv_yours_{name}_pasted"
    st.session_state[key] = value
    st.text_area(label, key=key, on_change=lambda: take(st.session_state[key]), height=68)
