"""The page RNN, LSTM, GRU with its long work held: a piece is done only once the test lets one more through.

The folder named by HELD_WORK has a file for each piece let through, 0, 1, 2 …, and a file "done" with a line for each
piece that was found.
"""

import os
import runpy
import time
from pathlib import Path
from threading import Lock

import streamlit as st

from lstm_viz.sources import Source
from lstm_viz.ui.bridge import served, session
from lstm_viz.ui.pages.cells_compared import lengths
from tests.driving import ROOT

FOLDER = Path(os.environ["HELD_WORK"])


@st.cache_resource
def hold() -> None:
    """Put a wait before every measurement, once for the process."""
    measure, lock = lengths.error_at, Lock()

    def held(source: Source, length: int) -> float:
        with lock:
            done = FOLDER / "done"
            turn = len(done.read_text().splitlines()) if done.exists() else 0
            while not (FOLDER / str(turn)).exists():
                time.sleep(0.01)
            found = measure(source, length)
            with done.open("a") as lines:
                lines.write(f"{' '.join(source.name)} {length}\n")
            return found

    setattr(lengths, "error_at", held)  # noqa: B010 -- what stands there is a cached function, this is a plain one


if __name__ == "__main__":
    hold()
    st.set_page_config(layout="wide")
    session.begin("")
    runpy.run_path(str(ROOT / "pages" / "rnn_lstm_gru.py"))
else:
    app = st.App(__file__, routes=served.routes(""), middleware=served.MIDDLEWARE)
