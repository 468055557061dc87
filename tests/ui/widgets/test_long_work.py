"""Long work on a page, in Streamlit's own harness: what is said of it, and what its buttons do."""

from threading import Event
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lstm_viz.claims import CLAIMS
from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.jobs import Jobs, Tell, Work, whole
from lstm_viz.ui.pages.notes import page as notes
from lstm_viz.ui.pages.notes.message import claims_message, summary
from lstm_viz.ui.pages.vanishing import page as reach
from lstm_viz.ui.pages.vanishing.view import Vanishing
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.widgets import long_work

LONG = 20.0


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Jobs:
    # No time passes, so that nothing is given up however long a run of the harness takes.
    made = Jobs(clock=lambda: 0.0)
    monkeypatch.setattr(long_work, "JOBS", made)
    monkeypatch.setattr(reach, "JOBS", made)
    monkeypatch.setattr(long_work, "BAR", 0.0)
    return made


# What a harness runs it takes as text, in which nothing of this file is known: so no annotations.
def page(work, drawn):
    import streamlit as st

    from lstm_viz.ui.widgets.long_work import long_work

    if drawn:
        long_work(work, lambda found: st.write(f"drawn: {sorted(found.values())}"), wait=0.0)
    else:
        st.write(f"found: {sorted(long_work(work, wait=0.0, meanwhile='Wait.').values())}")


def start(work: Work, *, drawn: bool = True) -> AppTest:
    return AppTest.from_function(page, default_timeout=LONG, kwargs={"work": work, "drawn": drawn}).run()


def said(app: AppTest) -> str:
    assert not app.exception
    return " ".join(str(each.value) for each in (*app.markdown, *app.error, *app.caption))


def bars(app: AppTest) -> list[Any]:
    return [each.proto for each in app.get("progress")]


class Held:
    """A piece that is found once it is let, and has begun."""

    def __init__(self) -> None:
        self.begun, self.let = Event(), Event()

    def __call__(self, tell: Tell) -> int:
        self.begun.set()
        assert self.let.wait(LONG)
        tell(0.0)
        return 2


@pytest.mark.parametrize("drawn", [True, False])
def test_work_is_shown_as_far_as_it_is_stopped_and_gone_on_with(jobs: Jobs, drawn: bool) -> None:
    held = Held()
    work = Work("sums", "a", "Adding up", {"one": whole(int, 1), "two": held})
    app = start(work, drawn=drawn)
    assert held.begun.wait(LONG)
    app.run()
    assert [(bar.text, bar.value) for bar in bars(app)] == [("Adding up: 50%", 50)]
    assert "[1]" in said(app)
    assert ("Wait." in said(app)) == (not drawn)
    job = jobs.look(work)

    app.button(key="stop_sums").click().run()
    assert "Adding up: stopped at 50%." in said(app)
    assert "[1]" in said(app)
    assert bars(app) == []
    held.let.set()
    assert job.ended.wait(LONG)
    assert job.state == "stopped"
    # It stays stopped for who stopped it, and only there.
    assert "stopped at 50%." in said(app.run())

    app.button(key="go_on_sums").click().run()
    assert job.ended.wait(LONG)
    app.run()
    assert "[1, 2]" in said(app)
    assert "Adding up" not in said(app)
    assert not app.button
    assert "[1, 2]" in said(start(work, drawn=drawn))


def test_a_failure_is_a_sentence_with_a_way_to_try_again(jobs: Jobs) -> None:
    broken = [True]

    def fails(tell: Tell) -> int:
        if broken:
            raise RuntimeError("secret")
        return 3

    work = Work("sums", "b", "Adding up", {"one": fails})
    app = start(work)
    assert jobs.look(work).ended.wait(LONG)
    app.run()
    assert [error.value for error in app.error] == ["This did not work: adding up. The server's log says why."]
    assert "secret" not in said(app)
    broken.clear()
    app.button(key="retry_sums").click().run()
    assert jobs.look(work).ended.wait(LONG)
    assert "drawn: [3]" in said(app.run())
    assert not app.error


def test_work_that_is_soon_done_shows_no_bar(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_work, "BAR", 1000.0)
    held = Held()
    work = Work("sums", "c", "Adding up", {"two": held})
    app = start(work)
    assert held.begun.wait(LONG)
    app.run()
    assert bars(app) == []
    assert not app.button
    held.let.set()
    assert jobs.look(work).ended.wait(LONG)
    assert "drawn: [2]" in said(app.run())


def claims_page(found):
    from lstm_viz.ui.pages.notes.page import show_claims

    show_claims(found)


def test_claims_are_shown_as_they_are_found_and_counted_at_the_end() -> None:
    first = {claim.name: claim.check() for claim in CLAIMS[:2]}
    assert list(notes.WORK.pieces) == [claim.name for claim in CLAIMS]
    app = AppTest.from_function(claims_page, default_timeout=LONG, kwargs={"found": first})
    app.session_state["lv_settings"], app.session_state["lv_page"] = Settings().__dict__, "notes_checked"
    app.run()
    assert not app.exception
    assert len(app.get("bidi_component")) == 1
    assert "claims" not in said(app)
    header, arrays = unpack(claims_message(first, CLAIMS[1].name, ""))
    told = [claim for topic in header["topics"] for claim in topic["claims"]]
    assert [(each["name"], each["note"]) for each in told] == [(claim.name, claim.note) for claim in CLAIMS]
    assert [each["name"] for each in told if "verdict" in each] == [*first]
    assert header["chosen"] == CLAIMS[1].name
    assert {name.split(".")[0] for name in arrays} == {finding.chart.name for finding in first.values()}
    everything = {claim.name: first[CLAIMS[0].name] for claim in CLAIMS}
    assert summary(everything) == f"Of {len(CLAIMS)} claims, {len(CLAIMS)} are false."


def gradients_page(view):
    import streamlit as st

    from lstm_viz.ui.pages.vanishing.page import _measured

    shown = _measured(view)
    assert shown is not None
    st.write(f"{shown.settings.seed}: {list(shown.flows)} {shown.settings.clip:g}")


def test_until_gradients_are_found_those_of_the_settings_before_stay(jobs: Jobs) -> None:
    view = Vanishing.of(Settings(length=20, hidden=4, seed=1))
    app = AppTest.from_function(gradients_page, default_timeout=LONG, kwargs={"view": view}).run()
    assert jobs.look(view.work).ended.wait(LONG)
    assert "1: ['lstm', 'gru', 'rnn'] 1" in said(app.run())

    held, flow = Held(), Vanishing.of(Settings(length=20, hidden=4, seed=2)).flows["lstm"]
    later = Vanishing.of(Settings(length=20, hidden=4, seed=2, clip=5.0))
    work = Work("gradients", later.work.about, "", {"lstm": whole(lambda: flow), "gru": held, "rnn": whole(int)})
    jobs.watch("a test", work)
    assert held.begun.wait(LONG)
    app.kwargs = {"view": later}
    app.run()
    assert "1: ['lstm', 'gru', 'rnn'] 5" in said(app)
    assert "the charts show the settings before" in said(app)
    # Who comes new to it sees what there is.
    fresh = AppTest.from_function(gradients_page, default_timeout=LONG, kwargs={"view": later}).run()
    assert "2: ['lstm'] 5" in said(fresh)
    held.let.set()
    assert jobs.look(work).ended.wait(LONG)
    assert "2: ['lstm', 'gru', 'rnn'] 5" in said(app.run())
