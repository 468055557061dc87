"""All that a view depends on, in one place; `link` turns it into an address or a file, and back.

To add a setting, add one field to `Settings`: its default and its kind are all that links, files and checks need.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from lstm_viz.analysis.ordering import UNIT_ORDERS
from lstm_viz.cells import CELLS, NOTATIONS
from lstm_viz.tasks import TASKS
from lstm_viz.trace import DIRECTIONS
from lstm_viz.ui.settings.kinds import NUMBER_LIMIT, Choice, Clamps, Flag, Integer, Kind, Number, Text, quoted
from lstm_viz.ui.views.degrees import UNITS

SPEEDS = ("0.5", "1", "2", "4")


def setting(default: Any, kind: Kind, *, always: bool = False) -> Any:
    """A field of `Settings`; `always` writes it into links and files even at its default."""
    return field(default=default, metadata={"kind": kind, "always": always})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a view shows. Equal settings show the same view, on any server.

    Raises
    ------
    ValueError
        naming the setting whose value is not valid; `nearest_settings` is the forgiving way in.

    Examples
    --------
    >>> Settings(step=4, unit=17).step
    4
    """

    task: str = setting("sentiment", Choice(tuple(TASKS)))
    """Which trained network runs."""
    cell: str = setting("lstm", Choice(tuple(CELLS)))
    """Which recurrence it runs: the map from x_t and the state at t−1 to the state at t."""
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
    order: str = setting("similarity", Choice(tuple(UNIT_ORDERS)))
    """In which order the units are drawn: it permutes rows and changes no number."""
    degrees: str = setting("C", Choice(tuple(UNITS)))
    """In which unit temperatures are written and shown, by its letter; the network reads the same either way."""
    notation: str = setting("pytorch", Choice(tuple(NOTATIONS)))
    """Whose symbols stand for the quantities, such as c_t, C_t or LTM_t."""
    speed: str = setting("1", Choice(SPEEDS))
    """How fast a step is played, relative to the usual pace."""
    source: int = setting(NUMBER_LIMIT, Integer())
    """The source step j, whose part of the memory at t is followed; past the end, the one with the largest part."""
    overall: bool = setting(False, Flag())
    """Whether the ledger is shown over all units, by mean size, or for unit k."""
    clamps: str = setting("", Clamps())
    """Gates held at a value: which, at what, in which units and at which steps."""
    shown: str = setting(
        "forget_gate", Choice(tuple(dict.fromkeys(q.name for c in CELLS.values() for q in c.recorded)))
    )
    """Which quantity is compared with and without the clamps; the first one of a cell that lacks it."""
    ranking: str = setting("", Choice(("", "all", *dict.fromkeys(q.name for c in CELLS.values() for q in c.gates))))
    """Which gate is shut in each unit in turn, to rank the units: one of them, all, or "" for no ranking."""
    table: bool = setting(False, Flag())
    """Whether the numbers are listed in a table as well."""
    factor: float = setting(0.25, Number(0, 2))
    """a, the number that is multiplied by itself."""
    power: int = setting(10, Number(0, 1000, whole=True))
    """n in aⁿ."""
    networks: str = setting("fresh", Choice(("fresh", "trained")))
    """Whether gradients are those of networks just initialised or of the task's trained ones."""
    length: int = setting(200, Number(2, 2000, whole=True))
    """T, the number of time steps of a sequence that is made rather than typed."""
    memory_task: str = setting("adding", Choice(("adding", "counting")))
    """Which of the tasks that are nothing but memory is run at that length."""
    variant: str = setting("no_forget_gate", Choice(tuple(CELLS)))
    """Which cell is held against the LSTM."""
    hidden: int = setting(32, Number(1, 128, whole=True))
    """H, the number of units of a network just initialised."""
    radius: float = setting(1.0, Number(0, 4))
    """ρ(U), the largest size of an eigenvalue, to which every recurrent H × H matrix U is scaled."""
    nonlinearity: str = setting("tanh", Choice(("tanh", "relu", "sigmoid")))
    """φ of the plain RNN, h_t = φ(W x_t + U h_{t−1} + b)."""
    forget_bias: float = setting(1.0, Number(-5, 10))
    """b_f, where the LSTM's forget gates start."""
    seed: int = setting(1, Integer())
    """Of the random weights and of made sequences."""
    clip: float = setting(1.0, Number(0.001, 1000))
    """The norm to which a longer gradient is shortened before an update."""

    def __post_init__(self) -> None:
        for name, default in DEFAULTS.items():
            value, problem = KINDS[name].nearest(getattr(self, name), default)
            if problem:
                raise ValueError(f"{name}: {problem}")
            object.__setattr__(self, name, value)

    def changes(self) -> dict[str, Any]:
        """The settings that a link must carry, by name: those not at their defaults, and the chosen cell.

        An address without any settings opens where there is most to see, so a chosen cell is always written.
        """
        return {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if each.metadata["always"] or getattr(self, each.name) != each.default
        }


KINDS: Mapping[str, Kind] = {each.name: each.metadata["kind"] for each in fields(Settings)}
DEFAULTS: Mapping[str, Any] = {each.name: each.default for each in fields(Settings)}


def nearest_settings(values: Mapping[str, object]) -> tuple[Settings, tuple[str, ...]]:
    """The valid settings nearest to whatever a link, a file or a browser sent.

    Parameters
    ----------
    values : setting → its value, or the text of its value

    Returns
    -------
    settings : Settings
    ignored : sentences on what was ignored and why. They quote what was given: show them as text, not as markup.

    Examples
    --------
    >>> nearest_settings({"step": "abc"})[1]
    ("step: 'abc' is not a whole number; using 0.",)
    """
    read: dict[str, Any] = {}
    ignored: list[str] = []
    for name, value in values.items():
        if name not in KINDS:
            ignored.append(f"{quoted(name)} is not a setting of this version.")
            continue
        read[name], problem = KINDS[name].nearest(value, DEFAULTS[name])
        if problem:
            using = "" if isinstance(KINDS[name], Text) else f"; using {KINDS[name].write(read[name])}"
            ignored.append(f"{name}: {problem}{using}.")
    return Settings(**read), tuple(ignored)
