"""A network from a reader's own file: one a session, in that session's memory alone, given back with it."""

from collections.abc import Iterable

import streamlit as st

from lstm_viz.files.found import ModelFile
from lstm_viz.sources import Source
from lstm_viz.sources.uploaded import weight_bytes
from lstm_viz.tasks.uploaded import NAME
from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.held import MB, Held, give_back_at_end
from lstm_viz.ui.views import chosen

MISSING = (
    "This view is of {said}. A model that was uploaded stays in the session that opened it: it is in no link, and "
    "loading the tab again gives it back. Open the same file, and the view is shown, with its text, step and clamps."
)
_SOURCE, _FILE = "lv_upload", "lv_upload_file"


def file_bytes(file: ModelFile) -> int:
    """What the tensors of a file take in memory. Those that a network runs are the same ones."""
    tensors = [each for recurrent in file.recurrent for each in recurrent.tensors.values()]
    tensors += [
        part for table in (*file.embeddings, *file.heads) for part in (table.weight, table.bias) if part is not None
    ]
    return sum({each.untyped_storage().data_ptr(): each.untyped_storage().nbytes() for each in tensors}.values())


def _bytes(parts: Iterable[Source | ModelFile]) -> int:
    return sum(weight_bytes(each) if isinstance(each, Source) else file_bytes(each) for each in parts)


HELD = Held(
    600 * MB,
    "The server has no room for this file now: the models that readers have open take {taken} of {total} MB, and this "
    "one needs {needed}. Try again when others have closed theirs, or run LSTM Viz on your own machine.",
    _bytes,
)
"""The weights that the uploads of all sessions take."""

COMING = Held(
    400 * MB,
    "The server has no room for this file now: files that are waiting to be read take {taken} of {total} MB, and this "
    "one needs {needed}. Try again in a minute, or run LSTM Viz on your own machine.",
    lambda files: sum(len(each.content) for each in files),
)
"""The bytes of files that were sent and are not read yet, of all sessions."""


def open_file(file: ModelFile, source: Source) -> None:
    """Put a file and its network on show in this session, in place of those before, which are given back.

    Raises
    ------
    ValueError
        in a sentence for the reader, where the server has no room; what was open stays.
    """
    HELD.take([file, source], [current(), current_file()])
    give_back_at_end()
    st.session_state[_FILE] = file
    _show(source)


def current_file() -> ModelFile | None:
    """What `open_file` was given last in this session."""
    file: ModelFile | None = st.session_state.get(_FILE)
    return file


def open_source(source: Source) -> None:
    """Put another network of the same file on show, in place of the one before, which is given back.

    A link that asked for this file finds its text, step, unit and clamps again; any other upload begins anew.

    Raises
    ------
    ValueError
        as for `open_file`.
    """
    HELD.take([source], [current()])
    _show(source)


def _show(source: Source) -> None:
    assert source.own is not None
    st.session_state[_SOURCE] = source
    session.do(["own", NAME, source.own.said, None])


def current() -> Source | None:
    """The network that this session has open."""
    source: Source | None = st.session_state.get(_SOURCE)
    return source


def close() -> None:
    """Give the network and its file back."""
    for name in (_SOURCE, _FILE):
        st.session_state.pop(name, None)


def _here() -> tuple[Source, ...]:
    source = current()
    return () if source is None else (source,)


chosen.look_in(NAME, _here)
