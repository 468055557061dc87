"""A network that was trained here, on the page Watch it learn: for one session, in memory alone, as a source."""

from secrets import token_hex

from lstm_viz.sources.own import Own
from lstm_viz.sources.remembered import Remembered
from lstm_viz.sources.source import Source
from lstm_viz.tasks.model import Model
from lstm_viz.tasks.trained import NAME
from lstm_viz.tasks.uploaded import RUN_BYTES

RUNS = Remembered(RUN_BYTES)
"""Runs of all networks that were trained here, in bytes."""


def trained(model: Model, said: str, saved: bytes, file: str) -> Source:
    """A network as a source. Nothing but what is returned keeps the model.

    Parameters
    ----------
    model : its task is called `NAME`
    said : what a link says of it; see `Own`
    saved, file : the file that it is kept in, and how that is called
    """
    own = Own(said, file, saved=lambda: saved)
    # What is found of it beside the pages is found under its name, and is no other reader's.
    return Source((NAME, own.key, token_hex(8)), model, own, RUNS)


def kept_bytes(source: Source) -> int:
    """What a network takes in memory, with its states on the way and the file that it can be saved as."""
    own = source.own
    weights = sum(part.nbytes for part in source.model.network.parameters())
    return 3 * weights + (len(own.saved()) if own and own.saved else 0)
