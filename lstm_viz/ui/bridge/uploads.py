"""A reader's own network: one a session, in that session's memory alone, given back with it."""

from threading import Lock
from weakref import WeakSet

import streamlit as st

from lstm_viz.files.found import ModelFile
from lstm_viz.sources import Source
from lstm_viz.sources.uploaded import about, wanted, weight_bytes
from lstm_viz.ui.bridge import session
from lstm_viz.ui.views import chosen

TOTAL = 600 * 2**20
"""Bytes of weights that the uploads of all sessions of a server may take together."""
FULL = (
    "The server has no room for this file now: the models that readers have open take {taken} of {total} MB, and this "
    "one needs {needed}. Try again when others have closed theirs, or run LSTM Viz on your own machine."
)
MISSING = (
    "This view is of {file}. A model that was uploaded stays in the session that opened it: it is in no link, and "
    "loading the tab again gives it back. Open the same file, and the view is shown, with its text, step and clamps."
)
_SOURCE, _FILE = "lv_upload", "lv_upload_file"
_sources: WeakSet[Source] = WeakSet()
_files: WeakSet[ModelFile] = WeakSet()
_opening = Lock()


def keep_file(file: ModelFile) -> None:
    """Keep what was read of a file, so that choices can be changed; the one before is given back.

    Raises
    ------
    ValueError
        in a sentence for the reader, where the server has no room; what was open stays.
    """
    with _opening:
        _check_room(file_bytes(file), st.session_state.get(_FILE))
        _files.add(file)
    st.session_state[_FILE] = file


def current_file() -> ModelFile | None:
    """What `keep_file` was given last in this session."""
    file: ModelFile | None = st.session_state.get(_FILE)
    return file


def open_source(source: Source, shown: str = "") -> None:
    """Put a network on show in this session, in place of the one before, which is given back.

    A link that asked for this file finds its text, step, unit and clamps again; any other upload begins anew.

    Parameters
    ----------
    shown : what a link says of it beside its digest: format and `describe`, such as “PyTorch: LSTM, 2 layers”

    Raises
    ------
    ValueError
        as for `keep_file`.
    """
    with _opening:
        _check_room(weight_bytes(source), st.session_state.get(_SOURCE))
        _sources.add(source)
    st.session_state[_SOURCE] = source
    session.do(["upload", about(source, shown)])


def current() -> Source | None:
    """The network that this session has open."""
    source: Source | None = st.session_state.get(_SOURCE)
    return source


def close() -> None:
    """Give the network and its file back."""
    for name in (_SOURCE, _FILE):
        st.session_state.pop(name, None)


def wanted_here() -> str:
    """What a link asked for that is not open, such as “model.pt, PyTorch: LSTM, 2 layers”; "" for nothing."""
    settings = session.settings()
    return wanted(settings.upload) or "a file of its reader’s" if chosen.lacks_upload(settings) else ""


def taken() -> int:
    """Bytes of weights that the uploads of all sessions take."""
    return sum(map(weight_bytes, list(_sources))) + sum(map(file_bytes, list(_files)))


def file_bytes(file: ModelFile) -> int:
    """What the tensors of a file take in memory. Those that a network runs are the same ones."""
    tensors = [each for recurrent in file.recurrent for each in recurrent.tensors.values()]
    tensors += [
        part for table in (*file.embeddings, *file.heads) for part in (table.weight, table.bias) if part is not None
    ]
    return sum({each.untyped_storage().data_ptr(): each.untyped_storage().nbytes() for each in tensors}.values())


def _check_room(needed: int, leaves: Source | ModelFile | None) -> None:
    """ValueError where there is no room for so many bytes, once what they replace is gone."""
    given_back = 0 if leaves is None else weight_bytes(leaves) if isinstance(leaves, Source) else file_bytes(leaves)
    there = taken() - given_back
    if there + needed > TOTAL:
        mb = [f"{each / 2**20:,.0f}" for each in (there, TOTAL, needed)]
        raise ValueError(FULL.format(taken=mb[0], total=mb[1], needed=mb[2]))


chosen.look_in(current)
