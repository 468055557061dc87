"""A reader's own network: one a session, in that session's memory alone, given back with it."""

from collections.abc import Iterable
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


def open_file(file: ModelFile, source: Source, shown: str = "") -> None:
    """Put a file and its network on show in this session, in place of those before, which are given back.

    Parameters
    ----------
    shown : as for `open_source`

    Raises
    ------
    ValueError
        in a sentence for the reader, where the server has no room; what was open stays.
    """
    leaving = [st.session_state.get(name) for name in (_SOURCE, _FILE)]
    with _opening:
        _check_room([file, source], leaving)
        _files.add(file)
        _sources.add(source)
    st.session_state[_FILE] = file
    _show(source, shown)


def current_file() -> ModelFile | None:
    """What `open_file` was given last in this session."""
    file: ModelFile | None = st.session_state.get(_FILE)
    return file


def open_source(source: Source, shown: str = "") -> None:
    """Put another network of the same file on show, in place of the one before, which is given back.

    A link that asked for this file finds its text, step, unit and clamps again; any other upload begins anew.

    Parameters
    ----------
    shown : what a link says of it beside its digest: format and `describe`, such as “PyTorch: LSTM, 2 layers”

    Raises
    ------
    ValueError
        as for `open_file`.
    """
    with _opening:
        _check_room([source], [st.session_state.get(_SOURCE)])
        _sources.add(source)
    _show(source, shown)


def _show(source: Source, shown: str) -> None:
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
    return _bytes([*_sources, *_files])


def file_bytes(file: ModelFile) -> int:
    """What the tensors of a file take in memory. Those that a network runs are the same ones."""
    tensors = [each for recurrent in file.recurrent for each in recurrent.tensors.values()]
    tensors += [
        part for table in (*file.embeddings, *file.heads) for part in (table.weight, table.bias) if part is not None
    ]
    return sum({each.untyped_storage().data_ptr(): each.untyped_storage().nbytes() for each in tensors}.values())


def _bytes(parts: Iterable[Source | ModelFile | None]) -> int:
    return sum(weight_bytes(each) if isinstance(each, Source) else file_bytes(each) for each in parts if each)


def _check_room(comes: Iterable[Source | ModelFile], leaves: Iterable[Source | ModelFile | None]) -> None:
    """ValueError where there is no room for what comes, once what it replaces is gone."""
    needed, there = _bytes(comes), taken() - _bytes(leaves)
    if there + needed > TOTAL:
        mb = [f"{each / 2**20:,.0f}" for each in (there, TOTAL, needed)]
        raise ValueError(FULL.format(taken=mb[0], total=mb[1], needed=mb[2]))


chosen.look_in(current)
