"""Your model: what do the gates in my model do?"""

import streamlit as st

from lstm_viz.files import LIMIT, ModelFile
from lstm_viz.files.limits import CONVERTER
from lstm_viz.sources import Source
from lstm_viz.tasks.uploaded import Choices, plain_name
from lstm_viz.ui.bridge import own, session, uploads
from lstm_viz.ui.bridge.components import fetch_beforehand
from lstm_viz.ui.bridge.session import plain
from lstm_viz.ui.navigation import PAGES, WATCH, YOUR_MODEL
from lstm_viz.ui.pages.gates import page as gates
from lstm_viz.ui.pages.gates.taken import gates_taking
from lstm_viz.ui.pages.gates.view import GatesView
from lstm_viz.ui.pages.yours import found, inputs, keeping, words
from lstm_viz.ui.pages.yours.how_to import CONVERTED, FORMATS, WAYS
from lstm_viz.ui.pages.yours.sample import NAME as SAMPLE
from lstm_viz.ui.pages.yours.sample import sample_file
from lstm_viz.ui.pages.yours.upload import reading, uploader
from lstm_viz.ui.views.view import View
from lstm_viz.ui.widgets import prose
from lstm_viz.ui.widgets.head import head

FURTHER = ("inside_the_cell", "memory_ledger", "what_if")
"""Pages that show more of the same run."""


def show() -> None:
    """The whole page."""
    head(
        "Your model",
        "What do the gates in your own LSTM, GRU or RNN do? Open a file with its weights: its recurrent layers are "
        "found, and what they do at every time step is drawn at once.",
    )
    live()


def live() -> None:
    """Where a file is opened, and of one that is open what it holds and what its gates do."""
    kept = keeping.yours()
    if kept.given is not None and reading(kept.given):
        keeping.settle()
    file, source = uploads.current_file(), uploads.current()
    _news(kept, open_too=source is not None)
    if file is None or source is None:
        _drop()
        _for_newcomers()
        return
    _head(file, kept.choices)
    if kept.choices.told:
        _told(source)
    else:
        first, second, third = st.columns(3)
        with first, st.expander(words.found(file), key=f"lv_yours_found_{file.digest}"):
            found.show(file, kept.choices, source)
        with second, st.expander(words.reads(file, kept.choices), key=f"lv_yours_reads_{file.digest}"):
            inputs.show(file, kept.choices)
        with third, st.expander("Open another file", key=f"lv_yours_another_{file.digest}"):
            _drop()
    if keeping.on_show():
        _further()
        _gates()


def _told(source: Source) -> None:
    """Of a file whose card says all that there is to choose."""
    st.caption(
        plain(f"It was saved by the page Watch it learn, and its card says what it does: {source.task.question}")
        + f" There is nothing to choose. To go on training it, [open it there]({WATCH})."
    )
    with st.expander("Open another file", key="lv_yours_another"):
        _drop()


def _drop() -> None:
    """Where a file is dropped."""
    uploader("A file with the weights of your model", keeping.take, key="model")
    prose.caption(
        f"{FORMATS}; up to {LIMIT // 2**20} MB. It is read in memory only: never stored, never shown to anyone else, "
        "never part of a link, and gone when you open another, close it, or close this tab."
    )


def _news(kept: keeping.Yours, *, open_too: bool) -> None:
    """What could not be done, and which file a link asks for."""
    if (missing := own.missing()) and missing.page == YOUR_MODEL:
        st.info(plain(missing.said))
    if kept.problem:
        _refused(kept.problem, open_too=open_too)
    if kept.refused:
        st.error(plain(kept.refused))


def _refused(problem: str, *, open_too: bool) -> None:
    """Why a file is not on show, and what makes of it one that can be read."""
    said, converter, _ = problem.partition(CONVERTER)
    still = " What was open before is still shown below." if open_too else ""
    st.error(plain(said.removesuffix(" From Python: ") + still))
    if converter:
        st.caption("Where the model was made, these lines write a file that can be read:")
        st.code(CONVERTED, language="python", wrap_lines=True)


def _for_newcomers() -> None:
    """What to do without a file, and how to get one."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Try it with a sample model", on_click=lambda: keeping.take(SAMPLE, sample_file()))
        st.download_button("Download the sample", sample_file(), SAMPLE, on_click="ignore", type="tertiary")
    st.header("How to get a file", anchor=False)
    for tab, way in zip(st.tabs([way.title for way in WAYS]), WAYS, strict=True):
        with tab:
            st.markdown(way.said)
            st.code(way.code, language="python", wrap_lines=True)
    fetch_beforehand("gates")


def _head(file: ModelFile, choices: Choices) -> None:
    """Which file is open, what of it is shown, and the way to close it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(plain_name(file.name))}**", width="content")
        found.which(file, choices)
        st.button("Close it", on_click=keeping.close, width="content")


def _further() -> None:
    titles = dict(page for pages in PAGES.values() for page in pages)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("The same step on", width="content")
        for name in FURTHER:
            st.page_link(f"pages/{name}.py", label=titles[name])


@st.fragment
def _gates() -> None:
    """The editor and the gates, as Gates over time draws them; of this one model alone."""
    keeping.on_show()
    page = GatesView(View.of(session.settings()))
    said = page.words()
    # Other networks have their own pages; its title stands above pictures.
    menu = {**said["menu"], "tasks": [each for each in said["menu"]["tasks"] if each[0] == said["menu"]["task"]]}
    gates.draw({**said, "menu": menu}, page.numbers, page.view.layers, gates_taking(page.view))
