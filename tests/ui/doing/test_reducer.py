"""What the user did changes the settings in its order; all of it can be undone, and nothing that was typed is lost."""

from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_viz.sources import shown_tasks
from lstm_viz.tasks import TASKS
from lstm_viz.ui.doing.presets import presets
from lstm_viz.ui.doing.reducer import Action, reduce
from lstm_viz.ui.doing.state import UNDONE, Rules, State
from lstm_viz.ui.doing.texts import opened
from lstm_viz.ui.settings.kinds import TEXT_LIMIT
from lstm_viz.ui.settings.link import to_file, to_query
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View

TEXT = "The film is not good."
PAGES = {"others": Rules(), "ledger": Rules(opens_at_end=True), "what_if": Rules(lasting_comparison=True)}
"""The rules that pages have; see `Rules`."""
every_page = pytest.mark.parametrize("rules", PAGES.values(), ids=PAGES)


def done(*actions: Action, rules: Rules = Rules(), **start: Any) -> State:  # noqa: B008 - it is frozen
    return reduce(State(Settings(**start)), actions, rules)


def undoable(view: Settings) -> dict[str, Any]:
    return {name: getattr(view, name) for name in UNDONE}


some_actions = st.sampled_from(
    [
        ["type", "A warm film."],
        ["type", "A warm film. x"],
        ["type", ""],
        ["example", TEXT],
        ["hold", "forget_gate", "0", "all", "2"],
        ["hold", "input_gate", "mean", "3, 5-8", "all"],
        ["release", 0],
        ["release all"],
        ["drop", 1],
        ["replace", 2, "was <b>"],
        ["move", 0, 1],
        ["compare from here"],
        ["put back"],
        ["preset", 1],
        ["task", "counting"],
        ["task", "temperature"],
        ["task", "sentiment"],
        ["cell", "gru"],
        ["degrees", "F"],
        ["set", {"layer": 1, "step": 2}],
    ]
)


@settings(max_examples=60)
@given(st.lists(some_actions, max_size=8), st.sampled_from([*PAGES]))
def test_undoing_everything_returns_to_the_start_and_redoing_to_the_end(actions: list[Any], page: str) -> None:
    end = done(*actions, rules=PAGES[page], text=TEXT)
    changes = len(end.past)
    start = reduce(end, [["undo"]] * changes, PAGES[page])
    assert undoable(start.settings) == undoable(Settings(text=TEXT))
    assert not start.past
    assert undoable(reduce(start, [["redo"]] * changes, PAGES[page]).settings) == undoable(end.settings)


def test_typing_a_word_is_one_change_and_compares_with_the_text_before_it() -> None:
    typed = ["The film is not goods.", "The film is not goodsy.", "The film is not goods."]
    state = done(*(["type", text] for text in typed), text=TEXT)
    assert (state.settings.before, state.settings.text) == (TEXT, typed[-1])
    assert len(state.past) == 1
    assert reduce(state, [["undo"]]).settings.text == TEXT


def test_another_word_is_another_edit_but_where_the_comparison_lasts() -> None:
    typed = [["type", "The movie is not good."], ["type", "The movie is not bad."]]
    assert done(*typed, text=TEXT).settings.before == "The movie is not good."
    lasting = done(*typed, text=TEXT, rules=PAGES["what_if"])
    assert lasting.settings.before == TEXT
    afresh = reduce(lasting, [["compare from here"]], PAGES["what_if"])
    assert (afresh.settings.before, afresh.settings.text) == (None, "The movie is not bad.")
    back = reduce(lasting, [["put back"]], PAGES["what_if"])
    assert (back.settings.before, back.settings.text) == (None, TEXT)


@every_page
@pytest.mark.parametrize(
    "action",
    [
        [],
        None,
        "undo",
        3,
        {"type": "x"},
        ["hold"],
        ["release", 7],
        ["release", "x"],
        ["drop", 99],
        ["drop", "x"],
        ["preset", 40],
        ["move"],
        ["no such"],
        [["undo"]],
        ["type"],
        ["type", 3],
        ["task", None],
        ["task", []],
        ["restore"],
        ["set"],
        ["set", 3],
        ["set", {"no such": 1, "__init__": 2, "changes": 3}],
        ["set", {"text": "x", "before": "x", "clamps": "forget_gate 0", "task": "counting"}],
    ],
)
def test_nonsense_from_a_browser_changes_nothing(action: Any, rules: Rules) -> None:
    assert done(action, rules=rules, text=TEXT) == State(Settings(text=TEXT))


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (["0.5x", "all", "all"], "“0.5x” is not a number to hold a gate at"),
        (["0", "three", "all"], "“three” does not name units; write numbers"),
        (["0", "all", "4..x"], "“4..x” does not name steps"),
    ],
)
def test_a_form_filled_in_wrongly_says_so_and_loses_nothing(arguments: list[str], refusal: str) -> None:
    state = done(["hold", "input_gate", "1", "all", "2"], ["hold", "forget_gate", *arguments], text=TEXT)
    assert " ".join(state.said).startswith(refusal)
    assert state.settings.clamps == "input_gate 1 t2"
    # What was said stands until something else is done.
    assert reduce(state, [["set", {"step": 1}]]).said == state.said
    assert reduce(state, [["release all"]]).said == ()


@pytest.mark.parametrize("task", shown_tasks()[1:])
def test_another_task_opens_with_its_first_example_and_another_cell_keeps_the_text(task: str) -> None:
    now: dict[str, Any] = {"text": "a dull film", "before": "a film", "step": 2, "unit": 3}
    found = done(["task", task], **now).settings
    assert (found.task, found.text, found.before) == (task, None, None)
    place = opened(Settings(task=task), Rules())
    assert (found.step, found.unit) == (place["step"], place["unit"])
    # A unit's number says nothing of another network's unit: the one to look at there, or the one that was left there.
    there = opened(Settings(text=now["text"], cell="gru"), Rules())["unit"]
    assert done(["cell", "gru"], **now).settings == Settings(**now | {"unit": there}, cell="gru")
    assert done(["cell", "gru"], ["set", {"unit": 7}], ["cell", "lstm"], **now).settings == Settings(**now)
    assert done(["cell", "gru"], ["set", {"unit": 7}], ["cell", "rnn"], ["cell", "gru"], **now).settings.unit == 7
    assert done(["cell", "lstm"], **now).settings.unit == now["unit"]
    assert done(["cell", "gru"], **now | {"text": ""}).settings.unit == now["unit"]
    # What a browser may not send opens the nearest task instead.
    assert done(["task", "none"], task=task, text="1").settings.text is None


@every_page
def test_what_was_done_is_done_in_its_order(rules: Rules) -> None:
    """Two messages that became one on the way keep their order: a text is of the task it was typed in."""
    first = done(["type", "a dull film"], ["task", "counting"], rules=rules)
    assert (first.settings.task, first.settings.text) == ("counting", None)
    assert reduce(first, [["undo"]], rules).settings.text == "a dull film"
    second = done(["task", "counting"], ["type", "aab"], rules=rules)
    assert (second.settings.task, second.settings.text) == ("counting", "aab")
    assert reduce(second, [["task", "sentiment"]], rules).settings.text == Settings().text
    warm = done(["type", "10, 20"], ["degrees", "F"], task="temperature", text="10", rules=rules)
    assert View.of(warm.settings).text == "50, 68"
    cold = done(["degrees", "F"], ["type", "10, 20"], task="temperature", text="10", rules=rules)
    assert View.of(cold.settings).text == "10, 20"


def test_another_unit_rewrites_the_text_and_what_it_is_compared_with() -> None:
    found = done(["degrees", "F"], task="temperature", text="10, 20", before="10").settings
    assert (found.degrees, found.text, found.before) == ("F", "50, 68", "50")
    # A text that is typed after it is in that unit already.
    assert done(["degrees", "F"], ["type", "0"], task="temperature", text="10, 20").settings.text == "0"
    assert done(["degrees", "C"], task="temperature", text="10, 20", before="10").past == ()


@every_page
@pytest.mark.parametrize("task", shown_tasks())
def test_typing_back_to_the_text_of_an_example_is_typing(task: str, rules: Rules) -> None:
    """Only an example that was chosen moves the selection to where most is to see."""
    example = TASKS[task].examples[-1].text
    start = Settings(task=task, text=example, unit=2)
    last = len(View.of(start).reading.tokens) - 1
    longer = reduce(State(start), [["type", example + "1"]], rules)
    assert longer.settings.before == example
    back = reduce(longer, [["type", example]], rules)
    assert back.settings.before == example
    assert back.settings.unit == 2
    assert back.settings.step >= last - 1
    # A comparison that is under way is with what it was with, whatever the text now equals.
    under_way = reduce(State(Settings(task=task, text=example + "1", unit=2)), [["type", example]], rules)
    assert under_way.settings.before == example + "1"
    assert under_way.settings.unit == 2
    chosen = reduce(longer, [["example", example]], rules)
    assert chosen.settings.before is None


@every_page
def test_undo_brings_back_what_was_typed_before_a_view_was_opened(rules: Rules) -> None:
    other = to_file(Settings(task="counting", text="aabb", step=2, notation="udacity")).decode()
    state = done(["type", "mine, all mine"], ["open", other], rules=rules)
    assert state.settings == Settings(task="counting", text="aabb", step=2, notation="udacity")
    assert state.said == ()
    back = reduce(state, [["undo"]], rules).settings
    assert (back.task, back.text) == ("sentiment", "mine, all mine")
    again = reduce(state, [["undo"], ["redo"]], rules).settings
    assert (again.task, again.text) == ("counting", "aabb")


@every_page
@pytest.mark.parametrize("task", shown_tasks())
def test_undo_brings_back_what_was_typed_before_the_task_was_changed(task: str, rules: Rules) -> None:
    other = shown_tasks()[(shown_tasks().index(task) + 1) % len(shown_tasks())]
    state = done(["type", "aab"], ["task", other], rules=rules, task=task, text="ab")
    assert state.settings.text is None
    back = reduce(state, [["undo"]], rules).settings
    assert (back.task, back.text) == (task, "aab")
    there_and_back = reduce(state, [["task", task]], rules).settings
    assert (there_and_back.task, there_and_back.text) == (task, "aab")
    assert there_and_back.before == "ab"
    # Undone once, the way back is the way there.
    assert reduce(state, [["task", task], ["undo"]], rules).settings.task == other


@every_page
def test_an_example_seen_task_there_and_back_is_not_doubled(rules: Rules) -> None:
    """“A late turn”, task there and back, undo: each text stands once."""
    late = next(each.text for each in TASKS["sentiment"].examples if each.title == "A late turn")
    state = done(["example", late], ["task", "counting"], ["task", "sentiment"], rules=rules)
    assert state.settings.text == late
    back = reduce(state, [["undo"]], rules)
    assert (back.settings.task, back.settings.text) == ("counting", None)
    assert reduce(back, [["undo"]], rules).settings.text == late


@every_page
def test_each_task_keeps_its_own_text(rules: Rules) -> None:
    typed = {"sentiment": "my own words", "counting": "aaab", "temperature": "1, 2, 3"}
    steps: list[Action] = []
    for task, text in typed.items():
        steps += [["task", task], ["type", text]]
    state = done(*steps, rules=rules)
    for task, text in typed.items():
        state = reduce(state, [["task", task]], rules)
        assert (state.settings.task, state.settings.text) == (task, text)


@every_page
def test_a_view_without_a_text_keeps_the_text_there_is(rules: Rules) -> None:
    file = to_file(Settings(cell="gru", step=1)).decode()
    state = done(["type", "my own words"], ["open", file], rules=rules)
    assert (state.settings.text, state.settings.cell, state.settings.step) == ("my own words", "gru", 1)
    # One of another task brings that task's own: there the text says nothing.
    file = to_file(Settings(task="counting")).decode()
    other = done(["type", "my own words"], ["open", file], rules=rules)
    assert (other.settings.task, View.of(other.settings).text) == ("counting", TASKS["counting"].examples[0].text)
    assert reduce(other, [["undo"]], rules).settings.text == "my own words"


@pytest.mark.parametrize("content", ["", "{}", "x" * 1000, '{"format": "lstm_viz view 1", "query": 3}'])
def test_a_file_that_is_no_view_changes_nothing_and_says_so(content: str) -> None:
    state = done(["open", content], text=TEXT)
    assert state.settings == Settings(text=TEXT)
    assert state.past == ()
    assert state.said == ("The file is not a view saved by LSTM Viz.",)


@every_page
def test_what_is_cut_off_is_said(rules: Rules) -> None:
    pasted = "words " * 50_000
    state = done(["type", pasted], text=TEXT, rules=rules)
    assert state.settings.text == pasted[:TEXT_LIMIT]
    (said,) = state.said
    assert f"{len(pasted):,} characters" in said
    assert f"{TEXT_LIMIT:,}" in said
    assert reduce(state, [["undo"]], rules).settings.text == TEXT
    assert reduce(state, [["type", "short"]], rules).said == ()


@every_page
def test_a_restored_view_is_the_address_with_what_the_browser_has_changed_since(rules: Rules) -> None:
    now = Settings(task="temperature", text="10, 20", before="10", step=1, unit=3, degrees="F")
    memory = {"query": urlencode(to_query(now)), "text": "10, 20", "past": [], "future": []}
    assert done(["restore", memory], rules=rules) == State(now)
    typed = done(["restore", memory | {"text": "10, 20, 5"}], rules=rules)
    assert (typed.settings.text, typed.settings.task, typed.settings.step) == ("10, 20, 5", "temperature", 2)
    # A text that is none of the address's own stays so.
    first = Settings(task="question", step=1)
    memory = {"query": urlencode(to_query(first)), "text": TASKS["question"].examples[0].text}
    assert done(["restore", memory], rules=rules).settings == first


@every_page
def test_what_could_be_undone_before_the_server_forgot_can_be_undone_after(rules: Rules) -> None:
    state = done(["type", "a film"], ["task", "counting"], ["type", "ab"], ["undo"], rules=rules)
    memory = {
        "query": urlencode(to_query(state.settings)),
        "text": None,
        "past": list(state.past),
        "future": list(state.future),
    }
    again = done(["restore", memory], rules=rules, text="someone else's")
    assert (again.settings, again.past, again.future) == (state.settings, state.past, state.future)
    assert reduce(again, [["undo"]], rules).settings.text == "a film"
    assert reduce(again, [["redo"]], rules).settings.text == "ab"


@pytest.mark.parametrize("memory", [{}, {"query": 3}, {"past": 3}, {"past": [3, None]}, {"text": 3}, {"future": {}}])
def test_whatever_a_browser_remembers_gives_a_view(memory: dict[str, Any]) -> None:
    assert done(["restore", memory], text=TEXT) == State()


def test_the_past_is_bounded() -> None:
    """So that nobody can fill the server: many changes, and few of very long texts."""
    many = done(*(["hold", "forget_gate", str(k / 1000), "all", "all"] for k in range(20)), text=TEXT)
    assert len(many.past) == 20
    rng = np.random.default_rng(0)
    long = [rng.integers(ord("a"), ord("k"), 150_000, np.uint8).tobytes().decode() for _ in range(60)]
    state = State()
    for text in long:
        state = reduce(state, [["example", text]])
    assert sum(map(len, state.past)) <= 2_000_000
    assert reduce(state, [["undo"]]).settings.text == long[-2]


def test_every_preset_can_be_undone_from_every_task() -> None:
    for task in shown_tasks():
        for index in range(len(presets())):
            state = done(["type", "ab"], ["preset", index], ["undo"], task=task, text="a", rules=PAGES["what_if"])
            assert (state.settings.task, state.settings.text, state.settings.before) == (task, "ab", "a")
