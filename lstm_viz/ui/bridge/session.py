"""What Streamlit keeps of one reader between runs: the state that the reducer makes, read from the address once."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields, replace
from typing import Any
from uuid import uuid4

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from lstm_viz.ui.doing.reducer import Action, reduce
from lstm_viz.ui.doing.state import Rules, State
from lstm_viz.ui.doing.texts import opened
from lstm_viz.ui.navigation import LESSON_PAGES, linked
from lstm_viz.ui.server import metrics
from lstm_viz.ui.settings.link import FRAME as OF_A_FRAME
from lstm_viz.ui.settings.link import address as address_of
from lstm_viz.ui.settings.link import from_query, lesson_address, names_a_view, without_lesson
from lstm_viz.ui.settings.settings import Settings

_STATE, _PAGE, _IGNORED, _NAME = "lv_state", "lv_page", "lv_ignored", "lv_session"
FRAME = "lv_frame"
"""Where the frame on a page is kept until the page runs anew; see `frame`."""
LASTING = ("theme", "present")
"""Settings that go along to another page, where its link says nothing of them."""
OF_ALL_STEPS = (*LASTING, "embed")
"""Settings that a reader's link gives to all steps of a lesson, and which say nothing of what a step shows."""
_OPENED, _BARE, _AS_MADE = "lv_opened", "lv_bare", "lv_as_made"
_NOW, _HEARD = "now", "heard"
SENDERS = 8
"""Of how many outboxes it is remembered what they sent: after a page was built anew, of two."""


def begin(page: str) -> bool:
    """Read the address when a session starts, or when a link inside the app leads to another page with settings.

    The front end rewrites the address after every change, so in between the session is what counts.

    Returns
    -------
    whether another page was left
    """
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    moved, before = st.session_state.get(_PAGE) != page, _state().settings
    lasting = {name: getattr(before, name) for name in LASTING if moved and name not in given}
    st.session_state[_PAGE] = page
    st.session_state.pop(FRAME, None)
    if place() not in st.session_state or (moved and not OF_A_FRAME.issuperset(given)):
        view, ignored = from_query(given)
        view = replace(view, **lasting)
        st.session_state[_BARE] = not names_a_view(given)
        if page not in LESSON_PAGES:
            view = without_lesson(view)
        if page in LESSON_PAGES and not names_a_view(given):
            # Of the list, or of a step as its author made it, which its page is to open.
            st.session_state.pop(_made(), None)
        elif not {"step", "unit"} & given.keys():
            # A link written by hand may name a task or a text and no place in it.
            begins = opened(view, Rules())
            view = replace(view, **{name: begins[name] for name in ("step", "unit") if name in begins})
        _keep(replace(_state(), settings=view, said=()))
        if ignored:
            st.session_state[_IGNORED] = ignored
    elif moved:
        framed, _ = from_query({name: value for name, value in given.items() if name in OF_A_FRAME})
        now = {name: getattr(framed, name) for name in given if name in OF_A_FRAME}
        _keep(replace(_state(), settings=replace(_state().settings, **lasting | now)))
    elif _state().settings.embed != embedded():
        _keep(_state())
    return moved


def embedded() -> bool:
    """Whether the page stands in a frame of another page: Streamlit reads that from the address, and keeps it back."""
    return bool(st.context.is_embedded)


def open_on(
    page: str,
    own: type,
    actions: Callable[[], Sequence[Action]],
    rules: Rules = Rules(),  # noqa: B008 - it is frozen
) -> None:
    """Open a page on its best case: once a session, and only where no address and no reader has said more.

    So a link without these settings, which stands for their defaults, shows what it always did.

    Parameters
    ----------
    page : its name
    own : the settings class of its own fields, such as `VanishingFields`
    actions : finds what to do, which may take its time
    rules : of the page
    """
    opened: list[str] = st.session_state.setdefault(_OPENED, [])
    if page in opened:
        return
    now = settings()
    if not names_a_view(st.query_params) and all(getattr(now, each.name) == each.default for each in fields(own)):
        do(*actions(), rules=rules)
    # Streamlit may run the page anew before this, and then it opens so.
    opened.append(page)


def open_on_text(page: str, text: Callable[[], str]) -> None:
    """The same with a text to begin with, where there is none yet."""
    opened: list[str] = st.session_state.setdefault(_OPENED, [])
    if page in opened:
        return
    if not names_a_view(st.query_params) and settings().text is None and not state().past:
        do(["example", text()])
        _keep(replace(state(), past=()))  # nothing that the reader did
    opened.append(page)


def name() -> str:
    """What tells this session from any other: a browser that hears another name knows that its server forgot it."""
    return str(st.session_state.setdefault(_NAME, uuid4().hex))


def state() -> State:
    """The state as it stands."""
    if _PAGE not in st.session_state:
        _run_by_the_frame()
    return _state()


def settings() -> Settings:
    """The settings as they stand."""
    return state().settings


def names_no_view() -> bool:
    """Whether the address that was read last names a lesson's step, and nothing of its view."""
    return bool(st.session_state.get(_BARE))


def open_step(made: Settings, shown: Settings | None = None) -> None:
    """Put a lesson's step on show, as its author made it or as a reader left it; nothing before it can be undone."""
    st.session_state[_made()] = asdict(made)
    _keep(State(shown or made))


def has_opened() -> bool:
    """Whether the page has opened what its address names: a lesson's step, or the list."""
    return _made() in st.session_state


def as_made() -> bool:
    """Whether what is on show is a lesson's step as its author made it."""
    made, now = st.session_state.get(_made(), {}), asdict(settings())
    return bool({**made, **{name: now[name] for name in OF_ALL_STEPS}} == now)


def _made() -> str:
    # Of each page with lessons by itself: the history leads from one to the other, and opens no step anew.
    return f"{_AS_MADE}_{place()}"


def address() -> str:
    """Where what is on show is to be had: the browser's address, from the app's own on."""
    return linked(st.session_state[_PAGE], query())


def query() -> str:
    """What that says of the view: of a step that is as its author made it, the lesson and the step alone."""
    now = settings()
    on_lesson = st.session_state.get(_PAGE) in LESSON_PAGES
    return lesson_address(now) if on_lesson and as_made() else address_of(now)


def do(
    *actions: Action,
    rules: Rules = Rules(),  # noqa: B008 - it is frozen
    heard: tuple[Any, int] | None = None,
) -> None:
    """Let the user's actions change the state; see `reduce`.

    Parameters
    ----------
    heard : the sender and number of the message that brought them. What it changes is kept with the number
        at once, or not at all: Streamlit may stop a run at any use of its session state.
    """
    after = reduce(state(), actions, rules)
    if any(action[0] == "open" for action in actions) and after.said:
        st.session_state[_IGNORED], after = after.said, replace(after, said=())
    if after.said:
        metrics.refused("act")
    _keep(after, heard)


def heard(sender: Any) -> int:
    """The number of the last message of an outbox that was done, on whatever page; 0 for none."""
    numbers: dict[str, int] = _kept().get(_HEARD, {})
    return numbers.get(_name_of(sender), 0)


def _name_of(sender: Any) -> str:
    return str(sender)[:40]


def _state() -> State:
    state = _kept().get(_NOW)
    if state is None or type(state) is State:
        return state or State()
    # Of a class that was loaded anew since, during development.
    return State(**vars(state) | {"settings": Settings(**vars(state.settings))})


def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = st.session_state.get(place(), {})
    return kept


def _keep(new: State, heard: tuple[Any, int] | None = None) -> None:
    # No link that is opened here, and no file, says where this page stands.
    new = replace(new, settings=replace(new.settings, embed=embedded()))
    if st.session_state.get(_PAGE) not in LESSON_PAGES:
        # Nor does what a browser kept of a lesson's page, and says on another.
        new = replace(new, settings=without_lesson(new.settings))
    numbers: dict[str, int] = _kept().get(_HEARD, {})
    if heard:
        sender, number = heard
        others = [each for each in numbers.items() if each[0] != _name_of(sender)]
        numbers = dict([*others, (_name_of(sender), number)][-SENDERS:])
    st.session_state[place()] = {_NOW: new, _HEARD: numbers}


def place() -> str:
    """Where the state of the page on show is kept: a lesson's views leave alone what the reader has on other pages."""
    page = st.session_state.get(_PAGE)
    return f"{_STATE}_{page}" if page in LESSON_PAGES else _STATE


def _run_by_the_frame() -> None:
    """Start again with app.py: until it has run once, Streamlit takes pages/ for pages of its own older kind.

    So the first visitor of a server who follows a link to another page than the first would get that page bare.
    """
    PagesManager.uses_pages_directory = False
    st.rerun()


def show_ignored() -> None:
    """Say once, where a page begins, what its link held that this version could not use."""
    if said := _ignored():
        st.warning(said)


def announce_ignored() -> None:
    """Say once, over whatever is on show, what a file held that this version could not use."""
    if said := _ignored():
        st.toast(said, duration="infinite")


def _ignored() -> str:
    sentences: tuple[Any, ...] = st.session_state.pop(_IGNORED, ())
    if sentences:
        metrics.refused("settings")
    listed = "".join(f"\n- {plain(sentence)}" for sentence in sentences)
    return f"Not all of what was opened could be used:{listed}" if listed else ""


def plain(text: str) -> str:
    """Text in which Markdown finds no markup."""
    return "".join("\\" + c if c in r"\`*_{}[]()<>#+-.!|$~:" else c for c in text)
