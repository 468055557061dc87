"""Numbers in another unit than the task's own, such as temperatures in °F; the network reads the same either way."""

from dataclasses import replace

import numpy as np

from lstm_viz.tasks.answers import Scaled
from lstm_viz.tasks.model import Model
from lstm_viz.tasks.readers import Numbers, Unit

UNITS = {"C": "°C", "F": "°F"}
"""Units that a reader can choose between, by the letter that marks a number as being in one."""


def choices(model: Model) -> list[tuple[str, str]]:
    """Units that a model's numbers can be written in, as (letter, unit); empty where there is no choice."""
    reader = model.task.reader
    return [(letter, UNITS[letter]) for letter in reader.units] if isinstance(reader, Numbers) else []


def in_unit(model: Model, letter: str) -> Model:
    """The same network for numbers written in another unit; the model itself where it has none by that letter.

    A change of unit is linear, as is the scaling in front of the network: the two are one scaling.
    """
    task, reader = model.task, model.task.reader
    if not isinstance(reader, Numbers) or letter not in reader.units:
        return model
    wanted = reader.units[letter]
    if wanted == Unit():
        return model

    assert isinstance(task.answers, Scaled), f"{task.name} guesses numbers that are not scaled"
    answers = Scaled(task.answers.scale * wanted.scale, wanted.write(task.answers.shift))
    unit = UNITS[letter]
    other = replace(
        reader,
        unit=unit,
        units={each: old.within(wanted) for each, old in reader.units.items()},
        centre=wanted.write(reader.centre),
        spread=reader.spread * wanted.scale,
    )
    changed = replace(
        model,
        task=replace(task, reader=other, answers=answers, unit=unit, output=task.output.replace(task.unit, unit)),
        card={**model.card, "training_range": [wanted.write(end) for end in model.training_range]},
    )
    examples = tuple(replace(each, text=rewritten(each.text, model, changed)) for each in task.examples)
    return replace(changed, task=replace(changed.task, examples=examples))


def rewritten(text: str, old: Model, new: Model) -> str:
    """A text of numbers in another unit; as it is where it cannot be read or nothing changes."""
    before, after = old.task.reader, new.task.reader
    if not isinstance(before, Numbers) or not isinstance(after, Numbers) or before.unit == after.unit:
        return text
    try:
        tokens = [token.text for token in before.cut(text)]
    except ValueError:
        return text
    values = after.unscale(before.scale(np.array(before.values(tokens))))
    return after.text([float(value) for value in values], before.marked(tokens))
