"""The arithmetic behind the benchmark report; what it times is not asserted anywhere."""

from itertools import islice, pairwise

import pytest
import torch
from torch import nn

from benchmarks import load
from benchmarks.capture import cell_with_weights_of, interleaved, loop
from benchmarks.live import STEPS, TEXT, carets
from benchmarks.memory import slope
from benchmarks.report import Line, Section, begun_anew, kept_lines, percentiles, preamble, put
from benchmarks.students import BASE, LONGEST, MOST_STUDENTS, bursts, first_text
from benchmarks.tasks import edits, text_of
from lstm_viz.sources import shown_tasks
from lstm_viz.tasks import TASKS


@pytest.mark.parametrize(
    ("measured", "budget", "verdict"),
    [(1.9, 2.0, "met"), (2.0, 2.0, "met"), (2.5, 2.0, "missed by 25%"), (3.0, None, ""), (None, 2.0, "")],
)
def test_verdict_says_by_how_much_a_budget_is_missed(
    measured: float | None, budget: float | None, verdict: str
) -> None:
    assert Line(("what",), measured, budget).verdict == verdict


def test_section_is_a_table_with_as_many_cells_in_every_row() -> None:
    text = Section("Title", "How.", ("what", "ms"), [Line(("a", "1"), 3.0, 2.0), Line(("b", "2"))]).markdown()
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {5}
    assert rows[-2:] == ["| a | 1 | 2 | missed by 50% |", "| b | 2 | – | – |"]


def test_percentiles_and_slope_of_known_numbers() -> None:
    assert percentiles(list(range(101))) == (50, 95)
    assert slope([7.0, 10.0, 13.0, 16.0]) == pytest.approx(3)


def test_interleaved_calls_every_function_equally_often() -> None:
    calls = {"first": 0, "second": 0}

    def count(name: str) -> None:
        calls[name] += 1

    times = interleaved({"first": lambda: count("first"), "second": lambda: count("second")})
    assert calls["first"] == calls["second"] > 1
    assert set(times) == set(calls)
    assert min(times.values()) > 0


def test_loop_of_cells_is_the_module_itself() -> None:
    lstm, inputs = nn.LSTM(3, 5), torch.randn(7, 3)
    torch.testing.assert_close(loop(cell_with_weights_of(lstm), inputs), lstm(inputs)[0])


def test_carets_stand_at_the_ends_of_words() -> None:
    assert len(carets()) == STEPS == len(TEXT.split())
    assert [TEXT[:caret].split(" ")[-1] for caret in carets()] == TEXT.split()


def test_a_section_takes_the_place_of_the_one_before_it() -> None:
    results = preamble()
    for title, cell in (("One", "a"), ("Two", "b"), ("One", "c")):
        results = put(results, Section(title, "How.", ("what", "ms"), [Line((cell, "1"))]).markdown("`command`, now."))
    assert [line for line in results.splitlines() if line.startswith(("## ", "| a", "| b", "| c"))] == [
        *("## One", "| c | 1 | – | – |", "## Two", "| b | 1 | – | – |")
    ]
    assert results.startswith("# Benchmarks")
    assert results.count("`command`, now.\n") == 2


def test_what_was_written_down_is_read_again_and_stays_when_all_is_begun_anew() -> None:
    lines = [Line(("a", "7 MB", "1,000"), 1000, 0), Line(("b", "", "0"), 0, 0)]
    section = Section("Two", "How | and why.", ("what", "memory", "wrong"), lines).markdown("`command`, now.")
    results = put(put(preamble(), Section("One", "How.", ("what",), [Line(("c",))]).markdown()), section)
    assert kept_lines(results, "Two") == lines
    assert kept_lines(results, "Three") == []
    old = results.replace("# Benchmarks", "# Benchmarks of old")
    assert begun_anew(old) == results


@pytest.mark.parametrize("name", shown_tasks())
def test_texts_have_the_length_asked_for_and_can_be_edited_at_the_end(name: str) -> None:
    task = TASKS[name]
    for length in (STEPS, task.limit):
        text = text_of(task, length)
        assert len(task.tokenize(text)) == length
        for key in edits(task):
            assert len(task.tokenize(text[:-1] + key)) == length


def test_a_student_types_key_by_key_and_no_two_write_the_same() -> None:
    seen = [text for burst in islice(bursts(4), 40) for text in burst]
    grown = [len(after) - len(before) for before, after in pairwise(seen)]
    assert grown.count(1) > 0.9 * len(grown)
    assert all(BASE <= len(text.split()) <= STEPS for text in seen)
    assert len({first_text(student) for student in range(30)}) == 30


@pytest.mark.parametrize(("students", "seconds"), [([0], 1), ([MOST_STUDENTS + 1], 1), ([1], LONGEST + 1), ([1], 0)])
def test_a_class_has_bounds(students: list[int], seconds: float) -> None:
    with pytest.raises(ValueError, match=f"expected 1 to {MOST_STUDENTS} students, and at most {LONGEST:g} s"):
        load.measure(None, students, seconds)  # type: ignore[arg-type]
