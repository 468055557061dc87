"""All that a view depends on; `link` turns it into an address or a file, and back.

To add a setting, add one field to its page's `fields.py`, or to `shared.py` where several pages read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from lstm_viz.ui.pages.by_hand.fields import ByHandFields
from lstm_viz.ui.pages.cells_compared.fields import ComparedFields
from lstm_viz.ui.pages.gates.fields import GatesFields
from lstm_viz.ui.pages.inside.fields import InsideFields
from lstm_viz.ui.pages.ledger.fields import LedgerFields
from lstm_viz.ui.pages.lessons.fields import LessonsFields
from lstm_viz.ui.pages.notes.fields import NotesFields
from lstm_viz.ui.pages.vanishing.fields import VanishingFields
from lstm_viz.ui.pages.variants.fields import VariantsFields
from lstm_viz.ui.pages.watch.fields import WatchFields
from lstm_viz.ui.pages.what_if.fields import WhatIfFields
from lstm_viz.ui.settings.frame import FrameFields
from lstm_viz.ui.settings.kinds import Kind, Text, quoted
from lstm_viz.ui.settings.shared import SharedFields


@dataclass(frozen=True, kw_only=True)
class Settings(
    FrameFields,
    LessonsFields,
    ByHandFields,
    NotesFields,
    VariantsFields,
    VanishingFields,
    WhatIfFields,
    WatchFields,
    LedgerFields,
    InsideFields,
    GatesFields,
    ComparedFields,
    SharedFields,
):
    """What a view shows. Equal settings show the same view, on any server.

    One flat name space, as an address is: a page's own fields stand in its folder, the common ones in `SharedFields`.

    Raises
    ------
    ValueError
        naming the setting whose value is not valid; `nearest_settings` is the forgiving way in.

    Examples
    --------
    >>> Settings(step=4, unit=17).step
    4
    """

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
            written = "" if isinstance(KINDS[name], Text) or read[name] is None else KINDS[name].write(read[name])
            using = f"; using {written}" if written else ""
            ignored.append(f"{name}: {problem}{using}.")
    return Settings(**read), tuple(ignored)
