"""What every page depends on: which network, which text, and where in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from lstm_viz.cells import CELLS, NOTATIONS
from lstm_viz.sources.uploaded import LONGEST
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.degrees import UNITS
from lstm_viz.tasks.trained import NAME as TRAINED
from lstm_viz.tasks.uploaded import NAME as UPLOADED
from lstm_viz.trace import DIRECTIONS
from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Choice, Flag, Integer, Name, Number, Optional, Text
from lstm_viz.ui.settings.written import Written

NAMED_BY: Mapping[str, str] = {UPLOADED: "upload", TRAINED: "training"}
"""Task of networks that are their reader's own → the setting that says which of them. There is no other list."""


@dataclass(frozen=True, kw_only=True)
class SharedFields:
    """See `Settings`."""

    task: str = setting("sentiment", Choice((*TASKS, *NAMED_BY)))
    """Which trained network runs; or one of the reader's own: of a file, or trained here."""
    upload: str = setting("", Name(LONGEST))
    """Which file that is: the beginning of its digest, its name, and what it is; the file itself is in no link."""
    training: str = setting("", Written())
    """Which of the networks trained here: what it was trained with, and so how to train it again."""
    cell: str = setting("lstm", Choice(tuple(CELLS)))
    """Which recurrence it runs: the map from x_t and the state at t−1 to the state at t."""
    checkpoint: int | None = setting(None, Optional())
    """After how many training steps the network is shown: the nearest state that there is; None for the end."""
    since: int | None = setting(None, Optional())
    """With which state that one is compared, in the same way; None for the first, untrained."""
    timeline: bool = setting(False, Flag())
    """Whether the states through training are laid out as a time-line; a link to a state that is not the last does."""
    layer: int = setting(0, Integer())
    """Which layer's quantities are shown, from 0 at the input."""
    direction: str = setting(DIRECTIONS[0], Choice(DIRECTIONS))
    """Whether that layer reads t = 0 … T−1 or T−1 … 0."""
    text: str | None = setting(None, Text())
    """The sequence x_0 … x_{T−1} as typed; None for the task's first example."""
    before: str | None = setting(None, Text())
    """The sequence before the last edit, with which the view of what that edit changed compares; None for no edit."""
    step: int = setting(0, Integer(), always=True)
    """The chosen time step t; past the end of the sequence it stands for the last one."""
    unit: int = setting(0, Integer(), always=True)
    """The chosen unit k, an index into h_t and c_t; past the last one it stands for the last one."""
    degrees: str = setting("C", Choice(tuple(UNITS)))
    """In which unit temperatures are written and shown, by its letter; the network reads the same either way."""
    notation: str = setting("pytorch", Choice(tuple(NOTATIONS)))
    """Whose symbols stand for the quantities, such as c_t, C_t or LTM_t."""
    table: bool = setting(False, Flag())
    """Whether the numbers are listed in a table as well."""
    memory_task: str = setting("adding", Choice(("adding", "counting", "parity")))
    """Which of the tasks that are nothing but memory is run, where a page asks how long memory lasts."""
    length: int = setting(200, Number(10, 2000, 10, whole=True))
    """T, the number of time steps of a sequence that is made rather than typed."""
    seed: int = setting(1, Integer())
    """Of the random weights and of made sequences."""
