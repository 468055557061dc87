"""How a page is framed: what of it is folded away, whether it is presented or embedded, and in which colours."""

from dataclasses import dataclass

from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Choice, Names, Spoken
from lstm_viz.ui.settings.parts import PARTS


@dataclass(frozen=True, kw_only=True)
class FrameFields:
    """See `Settings`."""

    hide: tuple[str, ...] = setting((), Names(tuple(PARTS)))
    """Parts and quantities that are not shown, by their names in `PARTS`."""
    present: bool = setting(False, Spoken())
    """Whether the page is shown to a lecture hall: large, and without what one does not talk about."""
    embed: bool = setting(False, Spoken())
    """Whether it stands in a frame of another page; Streamlit reads this one from the address as well."""
    theme: str = setting("", Choice(("", "light", "dark")))
    """In which colours; "" for those that the reader's browser asks for."""
