"""What one session types, uploads and trains is no other's: the caches that all share, and what ends with a session."""

import gc
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from torch import nn

from lstm_viz.learning import Course, Plan
from lstm_viz.lessons.references.far import _log_sizes
from lstm_viz.sources import Source, shipped
from lstm_viz.sources.source import FOUND, READINGS, SIZES
from lstm_viz.sources.trained import trained
from lstm_viz.ui.bridge import served
from lstm_viz.ui.jobs import Jobs
from lstm_viz.ui.pages.cells_compared.comparison import Comparison, views_of
from lstm_viz.ui.pages.yours import upload
from lstm_viz.ui.pages.yours.upload import Given
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views import chosen
from lstm_viz.ui.views.view import View
from tests.files.making import safetensors

SMALL = Plan(task="parity", units=2, updates=4, length=4, curriculum=False)


def network_of(plan: Plan) -> Source:
    course = Course(plan)
    while course.advance():
        pass
    return trained(course)


class Own:
    """What the session that is running has trained."""

    def __init__(self) -> None:
        self.here: Sequence[Source] = ()

    def __call__(self) -> Sequence[Source]:
        return self.here


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[Own]:
    """Networks that sessions have, without sessions."""
    own = Own()
    monkeypatch.setattr(chosen, "_own", {"trained": own})
    yield own
    own.here = ()


def test_a_race_that_was_compared_goes_with_its_session(own: Own) -> None:
    own.here = [network_of(SMALL), network_of(replace(SMALL, cell="rnn"))]
    settings = Settings(task="trained", text="0110")
    said = Comparison(views_of(settings, "trained")).words(View.of(settings))
    addresses = [each["weights"] for each in said["networks"].values()]
    assert all(address in served._there for address in addresses)
    assert said["examples"]
    gone = [weakref.ref(each) for each in own.here]
    own.here = ()
    gc.collect()
    assert [each() for each in gone] == [None, None]
    assert not any(address in served._there for address in addresses), "nobody can fetch what nobody has any more"


def test_a_lesson_s_gradient_of_a_reader_s_own_network_is_found_for_each_reader(own: Own) -> None:
    """The same link means another network for each, and none for who trained none."""
    asked = Settings(task="trained", networks="trained", text="0110")
    found = []
    for plan in (SMALL, replace(SMALL, seed=2)):
        own.here = [network_of(plan)]
        found.append(_log_sizes(asked, "lstm", "cell_state"))
    own.here = ()
    found.append(_log_sizes(asked, "lstm", "cell_state"))
    assert not np.array_equal(found[0], found[1])
    assert len(found[2]) != len(found[0]) or not np.array_equal(found[0], found[2])


def test_a_file_whose_job_another_reader_s_pushed_out_is_not_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """One may be done while its reader looks away, and the list of jobs keeps the last alone."""
    jobs = Jobs()
    weights = safetensors(dict(nn.LSTM(3, 2).state_dict()))
    mine, theirs = Given("mine.safetensors", weights), Given("theirs.safetensors", weights)

    def read(reader: str, given: Given) -> None:
        work = upload.work_of(given)
        assert jobs.watch(reader, work).ended.wait(60)

    for reader, given in (("a", mine), ("b", theirs), ("a", mine)):
        read(reader, given)
    jobs.close()
    assert (mine.problem, theirs.problem) == ("", "")
    assert mine.found is not None
    assert mine.found.name == "mine.safetensors"


def test_what_all_sessions_share_is_bounded_by_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the texts are, and on however many networks."""
    memories = (READINGS, SIZES, FOUND)
    for memory in memories:
        monkeypatch.setattr(memory, "most", 400_000)
    rng, place = np.random.default_rng(15), shipped("parity").places[0]
    for _ in range(6):
        for cell in ("lstm", "gru"):
            source = shipped("parity", cell)
            tokens = [source.read("".join(rng.choice(["0", "1"], 200))).tokens for _ in range(2)]
            source.align(*tokens)
            source.memory_sizes(tokens[0], place)
    assert all(0 < memory.size <= memory.most for memory in memories)


def test_what_all_sessions_share_cannot_be_changed_by_one() -> None:
    source = shipped("parity")
    sizes, initial = source.memory_sizes(source.read("0110").tokens, source.places[0])
    run = source.run(source.read("0110").tokens)
    shared = [sizes, initial, run.inputs, *(part for layer in run.layers for part in layer.values.values())]
    assert not any(part.flags.writeable for part in shared)
