"""Gates over time with what is taken away held: a CSV goes on only as the test lets it.

In the folder named by HELD_WORK a file "free" lets it have its turn, "let" has it made, and "fail" has it fail.
"""

import os
import runpy
import time
from pathlib import Path
from threading import Thread

import streamlit as st

from lstm_viz.ui.bridge import served, session
from lstm_viz.ui.jobs import Tell
from lstm_viz.ui.share import AT_ONCE, SHARE
from lstm_viz.ui.taking.taken import Taken
from tests.driving import ROOT

FOLDER = Path(os.environ["HELD_WORK"])


def wait(name: str, tell: Tell = lambda share: None) -> None:
    """Until there is a file of this name."""
    while not (FOLDER / name).exists():
        tell(0.4)
        time.sleep(0.01)


@st.cache_resource
def hold() -> None:
    """Take all places, and put a wait before every CSV, once for the process."""
    places, make = [SHARE.ask(k) for k in range(AT_ONCE)], Taken.to_csv

    def let_go() -> None:
        wait("free")
        for place in places:
            SHARE.leave(place)

    def held(self: Taken, tell: Tell = lambda share: None) -> tuple[bytes, str]:
        wait("let", tell)
        if (FOLDER / "fail").exists():
            raise RuntimeError("as the test asked")
        return make(self, tell)

    Thread(target=let_go, daemon=True).start()
    setattr(Taken, "to_csv", held)  # noqa: B010 -- mypy would not have a method replaced


if __name__ == "__main__":
    hold()
    st.set_page_config(layout="wide")
    session.begin("gates_over_time")
    runpy.run_path(str(ROOT / "pages" / "gates_over_time.py"))
else:
    app = st.App(__file__, routes=served.routes(""), middleware=served.MIDDLEWARE)
