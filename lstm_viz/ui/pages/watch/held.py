"""The training that a session has open, and what its browser is told of it once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from lstm_viz.analysis.aggregate import SEVERAL_STEPS
from lstm_viz.cells import CELLS
from lstm_viz.cells.compiler import compiled
from lstm_viz.live_page.answers import answer_words
from lstm_viz.live_page.colours import cell_colours
from lstm_viz.live_page.gates import symbols_in_words
from lstm_viz.sources import Source
from lstm_viz.tasks import Model
from lstm_viz.ui.bridge.held import give_back_at_end
from lstm_viz.ui.bridge.served import File, compiled_cell
from lstm_viz.ui.courses import Training
from lstm_viz.ui.pages.watch.message import first_probe
from lstm_viz.ui.pages.watch.plans import names, preset_of
from lstm_viz.ui.pages.watch.speaking import Speaker
from lstm_viz.ui.trainings import TRAININGS
from lstm_viz.ui.views.network import about

_HELD = "lv_watched"


@dataclass(eq=False)
class Held:
    """A training with its networks.

    Attributes
    ----------
    training : given back when this is
    models : one of each course, for what is the same through all of its training
    speaker : says what they do on the sequence that is looked at
    files : what the browser may fetch for as long as this is held
    claims : number of the news → what its preset claims, and what came of it
    """

    training: Training
    models: tuple[Model, ...]
    speaker: Speaker
    files: tuple[File, ...]
    claims: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def plans(self) -> tuple[Any, ...]:
        """What is trained."""
        return self.training.plans

    @property
    def touched(self) -> bool:
        """Whether anything was learnt, or is about to be."""
        return self.training.state != "paused" or any(each.update for each in self.training.news)


def current() -> Held | None:
    """What this session has open."""
    held: Held | None = st.session_state.get(_HELD)
    return held


def hold(courses: Sequence[Any], *, begun: bool, probe: str | None, layer: int) -> Held:
    """Have these in place of what was open, and train them at once where they are to be `begun`.

    Raises
    ------
    ValueError
        in a sentence for the reader, where the server has no room; what was open stays.
    """
    before = current()
    models = tuple(_network(course.plan) for course in courses)
    speaker = Speaker(models, first_probe(models[0].task, courses[0].plan.length) if probe is None else probe, layer)
    training = TRAININGS.begin(courses, paused=not begun, speak=speaker)
    give_back_at_end()
    if before is not None:
        TRAININGS.stop(before.training)
    files = tuple(compiled_cell(CELLS[model.cell]) for model in models)
    held = st.session_state[_HELD] = Held(training, models, speaker, files)
    return held


def _network(plan: Any) -> Model:
    """A network of a plan before any training: all of it but the weights stays as it is."""
    from lstm_viz.learning.weights import network_of

    exercise = plan.exercise
    card = {"training_range": list(exercise.training_range)}
    return Model(exercise.task(plan.distance), network_of(plan).eval(), exercise.vocabulary, card)


def look_for(held: Held) -> str:
    """What to look for in a preset, and how often that was to be seen; "" of what is none."""
    from lstm_viz.learning import PRESETS, outcomes

    name = preset_of(held.plans)
    return f"{PRESETS[name].look} {outcomes.said(name)}".strip() if name else ""


def claim(held: Held) -> dict[str, Any] | None:
    """Whether what a preset shows came out, once it is done, as it was measured; None of what is none."""
    from lstm_viz.learning import PRESETS

    training, name = held.training, preset_of(held.plans)
    if training.state != "finished" or not name:
        return None
    if training.number not in held.claims:
        with training.lock:
            courses: list[Any] = training.courses
            holds, sentence = PRESETS[name].claim(courses)
        title = f"“{PRESETS[name].title}” " + ("came out." if holds else "did not come out this time.")
        held.claims.clear()
        held.claims[training.number] = {"holds": bool(holds), "title": title, "sentence": sentence}
    return held.claims[training.number]


def lanes(held: Held, notation: str, *, files: bool) -> list[dict[str, Any]]:
    """What the browser needs of each network besides its weights; `files`: whether it can fetch the compiled cell."""
    found = []
    for model, file, name in zip(held.models, held.files, names(held.plans), strict=True):
        cell = CELLS[model.cell]
        source = Source(("watched", held.training.secret), model)
        found.append(
            {
                "name": name,
                "network": about(source, cell=file.address, weights="", vocabulary=None),
                "vocabulary": list(model.vocabulary) or None,
                "cellText": None if files else compiled(cell),
                "themes": cell_colours(cell.name),
                "words": {
                    "quantities": symbols_in_words(cell, notation, projected=False)["quantities"],
                    "answer": answer_words(model),
                    "letters": model.task.editor == "characters",
                    "noun": model.task.reader.noun,
                    "note": SEVERAL_STEPS,
                },
            }
        )
    return found
