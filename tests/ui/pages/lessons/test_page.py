"""The pages Lessons and Start here: which step a link opens, what is sent while a question is open, and after it."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lstm_viz.lessons import Lesson, answered, asked, done, shipped
from lstm_viz.ui.bridge import components, session
from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.pages.lessons import finding, listing, stage, walk
from lstm_viz.ui.pages.lessons.answers import prediction_mark
from lstm_viz.ui.pages.lessons.finding import opened
from lstm_viz.ui.views.view import View

ROOT = Path(__file__).parents[4]
EXAMPLE = Path(__file__).with_name("example.md").read_text(encoding="utf-8")
PATIENCE = 300
SLOT = "lv_state_lessons"


def example() -> Lesson:
    lesson, problems = finding.read(EXAMPLE, "example")
    assert not problems, problems
    assert lesson is not None
    return lesson


@pytest.fixture(autouse=True)
def _shipped() -> Iterator[None]:
    with patch.object(finding, "shipped", lambda: {**shipped(), "example": example()}):
        yield


def start(page: str = "lessons", marks: Any = None, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    if marks is not None:
        app.session_state["lv_lesson_marks"] = {example().digest: marks}
    app.query_params.update(query)
    # Streamlit forgets the address where a page leads to another, so this is the first.
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def at(step: int, **marks: Any) -> AppTest:
    return start(marks={str(step): marks} if marks else {}, lesson="example", at=str(step))


def parts(app: AppTest) -> list[str]:
    """The folders of the components on the page."""
    names = [each.proto.component_name for each in app.get("bidi_component")]
    return [name.removeprefix("lstm_viz_").removesuffix("_joined") for name in names]


def data(app: AppTest, name: str) -> dict[str, Any]:
    return next(
        json.loads(each.proto.json)
        for each in app.get("bidi_component")
        if each.proto.component_name.removesuffix("_joined") == f"lstm_viz_{name}"
    )


def message(app: AppTest, name: str) -> dict[str, Any]:
    """What a live page is told."""
    found = next(each for each in app.get("bidi_component") if each.proto.component_name.startswith(f"lstm_viz_{name}"))
    return unpack(found.proto.bytes)[0]


def said(app: AppTest) -> str:
    shown = [*app.title, *app.header, *app.markdown, *app.caption, *app.warning, *app.info, *app.error]
    return re.sub(r"<[^>]+>", "", "\n".join(each.value for each in shown)).replace("\\", "")


def changed(kept: dict[str, Any], **values: Any) -> dict[str, Any]:
    """What a session keeps of a page, with other settings."""
    return {**kept, "now": replace(kept["now"], settings=replace(kept["now"].settings, **values))}


def settings(app: AppTest, page: str = "lessons") -> dict[str, Any]:
    return asdict(app.session_state[f"lv_state_{page}"]["now"].settings)


def asked_at(step: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A question as it is asked, and its answer."""
    one = example().steps[step - 1]
    assert one.question
    assert one.view
    view = View.of(one.view.settings)
    put = asked(one.question, view)
    any_one = {"choose": 0, "number": 0.5, "draw": [0.5] * len(put.get("labels", [])), "find": 0}[put["kind"]]
    return put, answered(one.question, view, any_one)


def test_without_a_lesson_there_is_the_list_and_with_one_its_step() -> None:
    app = start()
    assert [each["name"] for each in data(app, "lesson_list")["lessons"]] == [
        name for name in shipped() if name != "start_here"
    ]
    assert data(app, "lesson_list")["address"] == "./lessons"
    assert "address" not in str(app.text_input)
    # The file for a pattern is there, and need not be asked for.
    (saved,) = app.get("download_button")
    assert saved.proto.url
    assert not saved.proto.deferred_file_id
    app = at(5)
    assert app.header[0].value == "Do"
    assert settings(app)["text"] is None
    assert settings(app)["unit"] == 23
    assert data(app, "lesson")["address"] == "./lessons?lesson=example&at=5"
    app = start(lesson="example", at="5", text="Dull.", task="sentiment", step="0", unit="9")
    assert settings(app)["text"] == "Dull."
    assert settings(app)["unit"] == 9
    assert not data(app, "lesson")["asMade"]
    assert "text=Dull." in data(app, "lesson")["address"]


def test_a_step_that_is_no_longer_presented_is_still_as_its_author_made_it() -> None:
    app = start(lesson="example", at="5", present="true")
    assert settings(app)["present"]
    app.session_state[SLOT] = changed(app.session_state[SLOT], present=False, theme="dark")
    app.run()
    assert data(app, "lesson")["asMade"]
    assert data(app, "lesson")["address"] == "./lessons?lesson=example&at=5&theme=dark"
    app.session_state[SLOT] = changed(app.session_state[SLOT], unit=9)
    assert not data(app.run(), "lesson")["asMade"]


@pytest.mark.parametrize(
    ("query", "title", "sentence"),
    [
        ({"lesson": "nonsense"}, "Lessons", "There is no lesson “nonsense”"),
        ({"lesson": "file-0123"}, "Lessons", "Open that file here"),
        ({"lesson": "https://example.org/a.md"}, "Lessons", "There is no lesson"),
        ({"lesson": "example", "at": "99"}, "Of your own", "has 7 steps, and no step 99"),
        ({"lesson": "example", "at": "-1"}, "Choose", "'-1' is below 1"),
        ({"lesson": "example", "at": "x"}, "Choose", "'x' is not a number"),
        ({"lesson": "example", "at": "8"}, "The end: what you predicted, and what was so", "Not answered yet"),
    ],
)
def test_a_bad_link_opens_the_nearest_there_is_and_says_so(query: dict[str, str], title: str, sentence: str) -> None:
    app = start(**query)
    heads = [each.value for each in (*app.title, *app.header)]
    assert title in heads
    assert sentence in said(app)


LEAKING = """# T
## Told before
It will be {forget gate of unit 23 at step 3}, and the last {forget gate of unit 23 at the end}.

View: gates_over_time?task=sentiment&text=The+film+is+not+good.&step=0&unit=23
Question: How far open is the gate?
Number: forget gate of unit 23 at "not"

## Pointed at
View: gates_over_time?task=sentiment&text=The+film+is+not+good.&step=0&unit=23
Point at: the step where the forget gate of unit 23 is lowest
Point at: forget gate
Question: Where is it lowest?
Find: the step where the forget gate of unit 23 is lowest

## Of no text
View: gates_over_time?task=sentiment&unit=23
Question: How far open is the gate?
Choose: forget gate of unit 23 at the end: below 0.5 | 0.5 to 1
"""


def test_what_an_author_says_too_early_is_listed_and_not_told() -> None:
    leaking, problems = finding.read(LEAKING, "leaking")
    assert leaking
    assert ["is what the question asks for" in each.sentence for each in problems] == [True]
    with patch.object(finding, "shipped", lambda: {"leaking": leaking}):
        app = start(lesson="leaking", at="1")
        assert re.search(r"It will be \?, and the last \d\.\d+\.", said(app))
        app.button(key="lv_lesson_skip").click().run()
        assert re.search(r"It will be \d\.\d+, and", said(app))
        lit = message(start(lesson="leaking", at="2"), "gates")["frame"]["lit"]
        assert [each["kind"] for each in lit] == ["quantity"]
        app = start(lesson="leaking", at="3", text="")
        assert not app.exception


@pytest.mark.parametrize("step", [1, 2, 3])
def test_nothing_that_is_sent_while_a_question_is_open_holds_its_answer(step: int) -> None:
    app = at(step)
    assert set(parts(app)) <= {"lesson", "prediction", "room", "present"}
    # Of components what they are given: their scripts are the same for every question.
    given = [each.proto.json + each.proto.bytes.decode("latin-1") for each in app.get("bidi_component")]
    sent = "\n".join([said(app), *given, *(each.proto.spec for each in app.get("plotly_chart"))])
    told = data(app, "prediction")
    assert told["answered"] is None
    assert told["prediction"] is None
    put, found = asked_at(step)
    truth = found["truth"] if isinstance(found["truth"], list) else [found["truth"]]
    if put["kind"] in ("number", "draw"):
        # Ends of a scale are part of the question.
        values = {f"{each:.{put['decimals']}f}" for each in truth} - {
            f"{each:.{put['decimals']}f}" for each in put["range"]
        }
        assert values
        assert not [each for each in values if re.search(rf"(?<![\d.]){re.escape(each)}", sent)]
    afterwards = example().steps[step - 1].afterwards.partition("{")[0]
    assert not afterwards or afterwards not in sent
    assert (len(app.get("plotly_chart")) == 1) == (step == 1)
    if step == 1:
        assert "Input gate" in sent
        assert "Forget gate" not in sent
        assert "Cell state" not in sent


def test_after_the_prediction_the_view_and_the_gap_are_there() -> None:
    put, found = asked_at(2)
    app = at(2, **prediction_mark(put, 0.5))
    assert "gates" in parts(app)
    told = data(app, "prediction")
    assert told["prediction"] == 0.5
    assert told["answered"]["truth"] == found["truth"]
    assert f"It is at {found['truth']:.2f}." in said(app)
    assert data(app, "lesson")["ready"]
    app.button(key="lv_lesson_again").click().run()
    assert "gates" not in parts(app)
    assert data(app, "prediction")["answered"] is None


def test_a_prediction_of_another_question_or_one_that_makes_no_sense_is_none() -> None:
    put, _ = asked_at(3)
    for mark in ({"predicted": 0.5, "asked": "other"}, prediction_mark(put, [1, 2]), prediction_mark(put, "x")):
        app = at(3, **mark)
        assert "gates" not in parts(app)
        assert data(app, "prediction")["answered"] is None


def test_what_is_seen_without_a_prediction_counts_as_not_predicted() -> None:
    app = at(3)
    app.button(key="lv_lesson_skip").click().run()
    assert "gates" in parts(app)
    told = data(app, "prediction")
    assert told["prediction"] is None
    assert told["answered"]["right"] is None
    assert "without a prediction" in told["answered"]["said"]
    assert app.session_state["lv_lesson_marks"][example().digest] == {"3": {"skipped": True}}


def test_a_place_is_found_in_the_real_view() -> None:
    app = at(4)
    assert "gates" in parts(app)
    kept = app.session_state[SLOT]
    # Where a step begins may be the place.
    assert data(app, "prediction")["prediction"] == kept["now"].settings.step != 3
    assert data(app, "prediction")["asked"]["labels"]
    app.session_state[SLOT] = changed(kept, step=3)
    app.run()
    assert data(app, "prediction")["prediction"] == 3
    assert data(app, "prediction")["answered"] is None


def test_what_there_is_to_do_is_noticed_and_stays_done() -> None:
    app = at(5)
    assert not data(app, "lesson")["ready"]
    assert "Now it is" not in said(app)
    kept = app.session_state[SLOT]
    app.session_state[SLOT] = changed(kept, text="Not dull.")
    app.run()
    assert data(app, "lesson")["ready"]
    assert re.search(r"Now it is 0\.\d\d", said(app))
    app.session_state[SLOT] = kept
    app.run()
    assert data(app, "lesson")["ready"]


def test_a_view_of_the_readers_own_network_says_so() -> None:
    assert "network of its reader’s own" in said(at(7))


def test_the_end_says_what_was_predicted_and_what_was_so() -> None:
    put, found = asked_at(2)
    app = start(marks={"2": prediction_mark(put, 0.5), "3": {"skipped": True}}, lesson="example", at="8")
    assert "You predicted 1 of 4 answers" in said(app)
    assert f"It was: **{found['truth']:.2f}**" in said(app)
    assert len(app.get("download_button")) == 1
    assert not app.get("plotly_chart")


def test_start_here_is_a_lesson_without_a_list() -> None:
    app = start("start_here", at="3")
    assert app.header[0].value == shipped()["start_here"].steps[2].title
    assert not data(app, "lesson")["listed"]
    assert data(app, "lesson")["address"] == "./start_here?at=3"
    assert app.session_state["lv_lesson_open"] == {"page": "start_here", "title": "Start here", "at": 3}


def test_a_step_that_is_come_back_to_from_another_lesson_is_as_it_was() -> None:
    app = at(5)
    here = app.session_state["lv_lesson_open"]
    app.switch_page("pages/start_here.py").run()
    assert app.session_state["lv_lesson_open"]["title"] == "Start here"
    with patch.object(stage, "done", side_effect=done) as asked_whether:
        app.switch_page("pages/lessons.py").run()
    _, began, _ = asked_whether.call_args.args
    assert (began.lesson, began.at) == ("example", 5)
    assert data(app, "lesson")["asMade"]
    assert data(app, "lesson")["address"] == "./lessons?lesson=example&at=5"
    assert app.session_state["lv_lesson_open"] == here


def test_other_pages_lead_back_to_the_step_for_as_long_as_the_lesson_is_open() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.session_state["lv_lesson_open"] = {"page": "lessons", "title": "A *nasty* one", "at": 3}
    app.run()
    (link,) = app.get("page_link")
    assert (link.proto.page, link.proto.label) == ("lessons", r"Back to “A \*nasty\* one”, step 3")
    assert "offer" not in parts(app)
    app.button(key="lv_lesson_leave").click().run()
    assert not app.get("page_link")


def test_the_home_page_offers_start_here_to_those_alone_whom_no_link_led_there() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE).run()
    assert "offer" in parts(app)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.query_params["text"] = "Dull."
    assert "offer" not in parts(app.run())


def test_a_file_is_opened_or_what_is_wrong_with_it_is_listed() -> None:
    with patch.object(finding, "_own", lambda own={}: own):
        lesson, problems = opened(EXAMPLE.encode("utf-8-sig"))
        assert lesson is not None
        assert not problems
        assert lesson.name == f"file-{lesson.digest}"
        assert finding.named(lesson.name)[0] == lesson
        lesson, problems = opened(b"\xff\xfe")
        assert lesson is None
        assert "UTF-8" in problems[0].sentence
        lesson, problems = opened(b"nothing of a lesson")
        assert lesson is None
        assert problems
        assert finding.listed(problems)[0].startswith("- Line 1: ")


def test_what_no_page_of_ours_says_is_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    for message in ("x", 7, ["go", 2], None, True):
        monkeypatch.setattr(st, "session_state", {"bar": {"told": message}})
        assert components.told("bar", "told") == {}
    monkeypatch.setattr(st, "session_state", {})
    assert components.told("bar", "told") == {}


@pytest.mark.parametrize("at", [True, 0, 99, 2.0, "2", None, 10**30])
def test_a_step_that_there_is_not_opens_a_lesson_at_its_beginning(at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    been: list[Any] = []
    monkeypatch.setattr(walk, "open_lesson", lambda name, lesson, at, page: been.append((name, at, type(at))))
    for step in (at, 2):
        told = {"lv_lesson_list": {"open": {"name": "example", "at": step}}}
        monkeypatch.setattr(st, "session_state", told)
        listing._open()
    assert been == [("example", 1, int), ("example", 2, int)]


def test_a_number_past_all_floats_is_no_prediction() -> None:
    step = example().steps[1]
    assert step.question
    assert step.view
    for given in (10**400, -(10**400), float("inf"), float("nan"), "0.5", True, [0.5]):
        with pytest.raises(ValueError, match="one number"):
            answered(step.question, View.of(step.view.settings), given)


@pytest.mark.parametrize("page", ["gates_over_time", "lessons"])
def test_only_a_lessons_page_is_at_a_step_of_a_lesson(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # A browser may say on one page what it kept of another.
    monkeypatch.setattr(st, "session_state", {session._PAGE: page})
    session.do(["set", {"lesson": "example", "at": 2, "unit": 3}])
    now = session.settings()
    assert (now.lesson, now.at, now.unit) == (("example", 2, 3) if page == "lessons" else ("", 1, 3))
