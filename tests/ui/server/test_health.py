"""Ready means that every network that ships loads; what is counted is counted where it happens, if asked for."""

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lstm_viz.rooms import Memory
from lstm_viz.tasks import cell_names, model_names
from lstm_viz.ui.jobs import Jobs, Work, whole
from lstm_viz.ui.server import health, metrics, options, scraped, start
from lstm_viz.ui.server.meters import Meters

ROOT = Path(__file__).parents[3]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Meters:
    """Count for one test."""
    meters = Meters(whole=False)
    monkeypatch.setattr(metrics, "_meters", meters)
    return meters


def looked(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Return what asks for the health of a process that has looked at its networks."""
    found = health.Health()
    monkeypatch.setattr(health, "HEALTH", found)
    asked = TestClient(Starlette(routes=health.routes("base")))
    first = asked.get("/base/health")
    assert first.status_code in (200, 503)
    assert found._thread is not None
    found._thread.join(60)
    return asked


def test_a_process_is_ready_when_all_networks_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "model_names", lambda: ["counting"])
    answer = looked(monkeypatch).get("/base/health")
    assert answer.status_code == 200
    many = len(cell_names("counting"))
    assert answer.text.startswith("ready: LSTM Viz ")
    assert answer.text.endswith(f" {many} networks\n")


def test_a_network_that_does_not_load_is_the_reason_on_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def damaged(task: str, cell: str) -> None:
        raise OSError("no such file\nnor any other")

    monkeypatch.setattr(health, "load_model", damaged)
    answer = looked(monkeypatch).get("/base/health")
    assert answer.status_code == 503
    (line,) = answer.text.splitlines()
    assert line == f"not ready: the network {model_names()[0]}, lstm does not load: OSError"
    assert "event=not_ready" in capsys.readouterr().err


LOOKING = """
import time
import torch
from lstm_viz.ui.server import health

# Each network takes a while, most of it within torch, as a large one does on a busy machine.
health.load_model = lambda task, cell: [torch.ones(900, 900) @ torch.ones(900, 900) for _ in range(5)]
health.model_names = lambda: ["counting"] * 1000
health.HEALTH.begin()
while not health.HEALTH.loaded:
    time.sleep(0.01)
"""


def test_a_process_that_ends_while_it_looks_ends_in_order() -> None:
    # More than once, for what would abort it depends on where the look is just then.
    for _ in range(3):
        ended = subprocess.run([sys.executable, "-c", LOOKING], cwd=ROOT, capture_output=True, text=True, check=False)
        assert (ended.returncode, ended.stderr) == (0, "")


def test_nothing_is_counted_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_meters", None)
    metrics.message("gates", 0.1)
    metrics.refused("file")
    metrics.job("ranking", 0.1, "done")
    metrics.error()
    assert metrics.counted() is None
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "lstm_viz").rglob("*.py")}
    assert [name for name, text in texts.items() if "prometheus_client import" in text] == ["meters.py"]


def test_long_work_is_counted_by_how_it_ended(counted: Meters) -> None:
    jobs = Jobs()

    def fails() -> None:
        raise ValueError("no")

    for name, find in (("good", lambda: 1), ("bad", fails)):
        assert jobs.watch("me", Work(name, 0, "Working", {"it": whole(find)})).ended.wait(60)
    jobs.close()
    text = counted.text().decode()
    assert 'lstm_viz_job_seconds_count{end="done",kind="good"} 1.0' in text
    assert 'lstm_viz_job_seconds_count{end="failed",kind="bad"} 1.0' in text
    assert "lstm_viz_errors_total 0.0" in text


def test_a_gauge_that_cannot_be_read_is_left_out(counted: Meters) -> None:
    counted.read("lstm_viz_ready", lambda: 1 / 0)
    counted.read("lstm_viz_rooms", lambda: 3.0)
    text = counted.text().decode()
    assert "lstm_viz_rooms 3.0" in text
    assert "lstm_viz_ready" not in text


def test_rooms_are_counted_until_they_end() -> None:
    now = [0.0]
    rooms = Memory(lambda: now[0])
    for code in ("ABCD", "EFGH"):
        rooms.add(code, b"", b"", life=10 if code == "ABCD" else 20, most=9)
    assert rooms.count() == 2
    now[0] = 15.0
    assert rooms.count() == 1


def test_the_memory_of_a_container_counts_where_it_is_less(tmp_path: Path) -> None:
    (tmp_path / "few").write_text("1000\n")
    (tmp_path / "all").write_text("max\n")
    machine = scraped.memory_limit(())
    assert scraped.memory_limit((str(tmp_path / "all"), str(tmp_path / "none"))) == machine
    assert scraped.memory_limit((str(tmp_path / "few"),)) == 1000


def test_a_server_with_a_bad_option_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(options.METRICS.name, "please")
    with pytest.raises(SystemExit, match=r"LSTM_VIZ_METRICS is set to 'please'; expected off or on\."):
        start.begin()
