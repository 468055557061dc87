"""A file on its way in: what Streamlit received, read beside the page, and then kept as little of as can be.

The bytes are here until they are read. Then what was found is all there is, and goes with the session, or when another
file is opened.
"""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any
from weakref import ReferenceType, ref

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lstm_viz.files import LIMIT, ModelFile, read_file
from lstm_viz.ui.jobs import Tell, Work
from lstm_viz.ui.widgets.long_work import long_work

WAIT = 1.0
"""Seconds that the page waits for a file to be read before it says how far that is."""

_TURN = "lv_your_turn"
_numbers = count()


class Given:
    """A file that was chosen, and what came of reading it.

    Attributes
    ----------
    name : as the reader's machine has it
    content : its bytes, until they are read
    found : what is in it, once it is read
    problem : why it could not be read, in a sentence, or ""
    done : whether it was read
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self.content = name, content
        self.found: ModelFile | None = None
        self.problem = ""
        self.number = next(_numbers)
        self.done = False

    def read(self) -> None:
        """Find what is in it, once, and let go of the bytes."""
        if self.done:
            return
        try:
            self.found = read_file(self.name, self.content)
        except ValueError as error:
            self.problem = str(error)
        finally:
            self.content, self.done = b"", True


def uploader(label: str, take: Callable[[str, bytes], None], *, key: str, most: int = LIMIT) -> None:
    """A place to drop a file; Streamlit's own copy goes as soon as the file is taken.

    Parameters
    ----------
    take : is given the file's name and its bytes
    most : bytes that a file may have
    """
    turn = st.session_state.get(f"{_TURN}_{key}", 0)
    place = f"lv_your_{key}_{turn}"

    def taken() -> None:
        file = st.session_state[place]
        # A browser that has not heard yet of the new key tells of a file once more that was taken.
        if not isinstance(file, UploadedFile):
            return
        name, content = file.name, file.getvalue()
        _forget(file.file_id)
        # Under another key the field is empty again, and may be given the same file once more.
        st.session_state[f"{_TURN}_{key}"] = turn + 1
        take(name, content)

    st.file_uploader(label, key=place, on_change=taken, max_upload_size=most // 2**20)


def _forget(file_id: str) -> None:
    context = get_script_run_ctx()
    remove = getattr(getattr(context, "uploaded_file_mgr", None), "remove_file", None)
    if context is not None and remove is not None:
        remove(session_id=context.session_id, file_id=file_id)


def reading(given: Given) -> bool:
    """Have a file read beside the page; whether that is done. Until then the page says how far it is."""
    found: Mapping[Any, Any] = long_work(work_of(given), wait=WAIT)
    return "read" in found


def work_of(given: Given) -> Work:
    """Reading it."""
    return Work(
        name="your_model",
        # Plain values, and none of what is in the file: jobs are remembered for longer than files are.
        about=(given.number,),
        doing="Reading the file",
        pieces={"read": _piece(ref(given))},
        kept=1,
    )


def _piece(given: "ReferenceType[Given]") -> Callable[[Tell], None]:
    def read(_: Tell) -> None:
        if there := given():
            there.read()

    return read
