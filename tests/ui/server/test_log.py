"""The log has one fact a line, for an operator to search, and nothing that anybody typed, whatever goes wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_viz.ui.server import log
from lstm_viz.ui.server.options import LOG

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TYPED = "the secret film, 片 <b>"


def written(how: str) -> list[str]:
    """Return the lines that `logging_app.py` writes in this form."""
    environment = os.environ | {LOG.name: how, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "default", str(HERE / "logging_app.py"), TYPED]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    return (done.stdout + done.stderr).splitlines()


def test_what_was_typed_is_in_no_line_however_it_gets_to_the_log() -> None:
    facts = [json.loads(line) for line in written("json")]
    assert not [fact for fact in facts if "secret" in str(fact) or "film" in str(fact)]
    assert {"time", "level", "event"} <= set.intersection(*(set(fact) for fact in facts))

    logged = [fact for fact in facts if fact["event"] == "logged"]
    assert {fact["by"] for fact in logged} >= {"streamlit.early", "streamlit.late", "some.library", "root"}
    # What stands in the source is written, with its numbers; what was made while running is not.
    assert {fact["said"] for fact in logged if fact["by"] == "root" and "said" in fact} == {
        "read … in 12 steps",
        "did not read '…'",
    }
    errors = [fact for fact in facts if "error" in fact]
    assert {fact["error"] for fact in errors} == {"Opaque"}
    assert all(fact["from"] == "KeyError" and fact["level"] == "error" for fact in errors)
    assert all(fact["at"].startswith("tests/ui/server/logging_app.py:") for fact in errors)
    assert {"thread", "ended", "warned", "printed"} <= {fact["event"] for fact in facts}
    assert [fact["letters"] for fact in facts if fact["event"] == "printed"].count(len(TYPED)) == 2
    (told,) = [fact for fact in facts if fact["event"] == "told"]
    assert (told["text"], told["seconds"], told["many"], told["page"]) == ("…", 0.25, 3, "gates")


def test_a_fact_is_one_line_of_names_and_values(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(LOG.name, raising=False)
    log.fact("ready", networks=57, seconds=0.123456, whole=True, said="two\nlines", page="what_if")
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert line.endswith("level=info event=ready networks=57 seconds=0.1235 whole=true said=… page=what_if\n")


def test_an_error_is_told_by_its_kind_and_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        json.loads(TYPED)
    except ValueError as error:
        log.failure("reading", error, task="sentiment")
    line = capsys.readouterr().err
    assert " level=error event=reading task=sentiment error=JSONDecodeError from=StopIteration at=decoder.py:" in line
    assert "tests/ui/server/test_log.py:" in line
    assert "secret" not in line
