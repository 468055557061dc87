"""What `make serve` starts is watched: started again when it ends, and ended with it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import serve
from tests.driving import ROOT, free_port

BRIEF = "import pathlib, sys; pathlib.Path(sys.argv[1]).open('a').write('x')"
LONG = f"{BRIEF}; import time; time.sleep(600)"


def wait_for(said: Callable[[], object]) -> None:
    give_up = time.monotonic() + 60
    while not said():
        assert time.monotonic() < give_up
        time.sleep(0.01)


def test_what_ends_is_started_again_and_ended_with_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "WAITS", (0.0,))
    started = tmp_path / "started"
    part = serve.Watched("replica 1", [sys.executable, "-c", LONG, str(started)], os.environ)
    part.start()
    wait_for(lambda: started.exists() and started.read_text() == "x" and part.well.is_set())
    assert part.process is not None
    os.kill(part.process.pid, signal.SIGKILL)
    wait_for(lambda: started.read_text() == "xx")
    assert not part.failed.is_set(), "it had been well"
    part.stop()
    part.join()
    assert part.process.poll() == -signal.SIGTERM
    assert capfd.readouterr().err == "serve: replica 1 ended (by signal SIGKILL); it is started again in 0 s\n"


def test_what_ends_before_it_answers_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "WAITS", (600.0,))
    nobody = f"http://127.0.0.1:{free_port()}"
    part = serve.Watched("replica 1", [sys.executable, "-c", BRIEF, str(tmp_path / "a")], os.environ, nobody)
    part.start()
    wait_for(part.failed.is_set)
    part.stop()
    part.join()


def test_what_does_not_answer_any_more_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [True, True, False, True, *[False] * 3]
    monkeypatch.setattr(serve, "_answers", lambda _: bool(answers and answers.pop(0)))
    monkeypatch.setattr(serve, "LOOKS", 0.0)
    monkeypatch.setattr(serve, "DEAF", 3)
    monkeypatch.setattr(serve, "WAITS", (600.0,))
    part = serve.Watched("replica 1", ["sleep", "600"], os.environ, "http://127.0.0.1")
    part.start()
    wait_for(lambda: part.process is not None and part.process.poll() is not None)
    assert answers == []
    assert not part.failed.is_set()
    part.stop()
    part.join()


def test_what_is_missing_or_wrong_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def ended(*arguments: str, **environment: str) -> str:
        command = [sys.executable, "-m", "deploy.serve", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False
        )
        assert done.returncode
        assert "Traceback" not in done.stderr
        return done.stderr.splitlines()[-1]

    assert "0 replicas: expected 1 to 64" in ended("--replicas", "0")
    assert "port 70000: expected 1 to 65533" in ended("--port", "70000")
    assert "expected letters, digits" in ended("--base", "a b", "--port", str(free_port()))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(serve, "ELSEWHERE", ())
    with pytest.raises(serve.Missing, match=r"^nginx is not installed. On Debian or Ubuntu: apt-get install nginx$"):
        serve.everything(2, "127.0.0.1", free_port(), "", tmp_path)
