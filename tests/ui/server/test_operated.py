"""What an operator sees of a server in use: health, metrics in a real Prometheus, headers, a log of facts alone."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from email.message import Message
from urllib.parse import quote, urlencode, urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

import lstm_viz
from benchmarks.tabs import AppTab
from lstm_viz.ui.server.headers import headers
from lstm_viz.ui.server.meters import BUCKETS, METERS
from tests.apart import run_apart
from tests.driving import Server
from tests.prometheus_server import FOLDER, MISSING, PATIENCE, find_prometheus, prometheus

CHECKS = (("check", "config", "prometheus.yml"), ("check", "rules", "rules.yml"), ("test", "rules", "rules_test.yml"))
TYPED = "zyzzyva"
"""What is typed everywhere, and is in no file of ours."""


def asked(address: str, body: bytes | None = None, method: str | None = None, **told: str) -> tuple[int, Message, str]:
    """Return status, headers and text of an answer."""
    names = {name.replace("_", "-"): value for name, value in told.items()}
    request = urllib.request.Request(address, body, names, method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.headers, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode(errors="replace")


async def type_everywhere(server: Server) -> None:
    """Give the server a text wherever it takes one, as its own pages would and as a hostile browser might."""
    url = server.url
    tab = await AppTab(url, runs=True).open(urlencode({"text": f"a {TYPED} film", "task": TYPED, "step": TYPED}))
    await tab.say(f"a warm and funny {TYPED} film", timed=False)
    await tab.answered_all()
    for action in (["set", {"task": TYPED}], ["open", TYPED], ["take", {"what": TYPED}], [TYPED], ["clamp", TYPED, {}]):
        await tab.say([action], timed=False)
        await tab.answered_all()
    assert tab.errors == []
    # A message of which nothing is as it should be, and one that is none.
    bad = BackMsg()
    bad.rerun_script.query_string = urlencode({"lesson": f"https://{TYPED}.example/a.md", TYPED: TYPED})
    bad.rerun_script.fragment_id = bad.rerun_script.page_script_hash = TYPED
    widget = bad.rerun_script.widget_states.widgets.add()
    widget.id, widget.json_value = tab._widget, json.dumps({"message": {"number": TYPED, "before": TYPED, "has": 3}})
    await tab.line.send(bad.SerializeToString())
    await tab.line.send(TYPED.encode())
    await asyncio.to_thread(ask_everywhere, url, tab.session)
    # What a broken message did to the page, another tab does not see.
    other = await AppTab(url, runs=True).open(urlencode({"text": TYPED}))
    await other.close()
    await tab.close()


async def type_once(server: Server) -> None:
    """Have one message answered."""
    tab = await AppTab(server.url, runs=True).open("")
    await tab.say("a warm film", timed=False)
    await tab.answered_all()
    await tab.close()


def ask_everywhere(url: str, session: str) -> None:
    """The same over plain requests."""
    file = (
        f'--b\r\nContent-Disposition: form-data; name="{TYPED}"; filename="{TYPED}.pt"\r\n\r\n{TYPED}\r\n--b--'.encode()
    )
    for path in ("", TYPED, f"assets/{TYPED}/a.js", f"room/{TYPED}", f"static/{TYPED}", f"training/{TYPED}/news"):
        asked(f"{url}/{path}?{TYPED}={TYPED}", User_Agent=TYPED, Cookie=f"{TYPED}={TYPED}", Referer=f"http://{TYPED}/")
    for path in (f"room/{TYPED}/answer", f"training/{TYPED}/do"):
        asked(f"{url}/{path}", json.dumps({TYPED: TYPED}).encode(), Content_Type="application/json")
        asked(f"{url}/{path}", TYPED.encode(), Content_Type="application/json")
    asked(f"{url}/_stcore/upload_file/{session}/{TYPED}", file, "PUT", Content_Type="multipart/form-data; boundary=b")
    asked(f"{url}/_stcore/upload_file/{TYPED}/{TYPED}", file, "PUT", Content_Type=TYPED)
    asked(f"{url}/_stcore/{quote(TYPED + '%00 x')}")


def test_what_is_typed_anywhere_is_in_no_line_of_the_log(operated: Server) -> None:
    run_apart(type_everywhere(operated))
    log = operated.log.read_text(encoding="utf-8")
    assert "event=started" in log
    assert TYPED not in log
    # What Streamlit says of its address comes before the first fact.
    facts = log[log.index("time=") :].splitlines()
    assert [line for line in facts if not re.match(r"time=\S+ level=(info|warning|error) event=\w+", line)] == []
    assert f"event=no_message bytes={len(TYPED.encode())}\n" in log, "a broken message is told of, and is no error"
    assert "DecodeError" not in log


def test_a_real_prometheus_reads_all_metrics_and_evaluates_the_rules(operated: Server) -> None:
    needs_prometheus()
    asked(f"{operated.url}/health")
    with prometheus(urlsplit(operated.url).netloc) as seen:
        seen.wait("lstm_viz_ready", lambda found: set(found.values()) == {1.0})
        (info,) = seen.values("lstm_viz_info")
        assert f"version={lstm_viz.__version__}" in info
        known = set(seen.ask("label/__name__/values"))
        told = {meter.name + ("_count" if meter.kind == "histogram" else "") for meter in METERS}
        assert told - known <= {"lstm_viz_job_seconds_count", "lstm_viz_jobs", "lstm_viz_trainings"}, "no long work yet"
        assert "process_resident_memory_bytes" in known

        pages = seen.wait("sum by (page) (lstm_viz_message_seconds_count)", bool)
        assert set(pages) == {"page=gates"}
        refused = seen.values("sum by (what) (lstm_viz_refusals_total)")
        assert {"what=settings", "what=room", "what=training"} <= refused.keys()
        run_apart(type_once(operated))  # a rate needs two scrapes between which something happened
        (late,) = seen.wait("lstm_viz:message_seconds:p95 > 0", bool).values()
        assert late <= BUCKETS[-1]
        (share,) = seen.wait("lstm_viz:memory:share", bool).values()
        assert 0 < share < 1
        rules = [rule for group in seen.ask("rules")["groups"] for rule in group["rules"]]
        assert {rule["name"]: rule["lastError"] for rule in rules if rule.get("lastError")} == {}
        assert len(rules) == len(re.findall("record:|alert:", (FOLDER / "rules.yml").read_text(encoding="utf-8")))


def needs_prometheus() -> None:
    """Skip a test where there is none, but not in continuous integration."""
    if find_prometheus() is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)


def test_rules_are_valid_and_fire_when_they_say() -> None:
    needs_prometheus()
    tool = shutil.which("promtool")
    assert tool is not None
    for what in (
        ("check", "config", "prometheus.yml"),
        ("check", "rules", "rules.yml"),
        ("test", "rules", "rules_test.yml"),
    ):
        done = subprocess.run([tool, *what], cwd=FOLDER, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_rules_ask_for_what_there_is_and_every_alert_is_put_to_the_test() -> None:
    rules = (FOLDER / "rules.yml").read_text(encoding="utf-8")
    tests = (FOLDER / "rules_test.yml").read_text(encoding="utf-8")
    groups = set(re.findall(r"- name: (\w+)", rules))
    named = set(re.findall(r"lstm_viz_\w+", rules)) - groups
    assert {re.sub("_(bucket|count)$", "", name) for name in named} <= {meter.name for meter in METERS}
    for alert in re.findall(r"alert: (\w+)", rules):
        assert re.search(rf"alertname: {alert}\s+exp_alerts", tests), f"{alert} is never seen to fire"
        assert re.search(rf"alertname: {alert} }}", tests), f"{alert} is never seen not to fire"


def test_health_is_told_at_once_and_metrics_only_to_who_asks_the_process_itself(operated: Server) -> None:
    url = operated.url
    give_up = time.monotonic() + PATIENCE
    while (answer := asked(f"{url}/health"))[0] == 503 and time.monotonic() < give_up:
        assert answer[2] == "not ready: the networks that ship are being loaded\n"
        time.sleep(0.02)
    status, _, said = answer
    assert (status, said.count("\n")) == (200, 1)
    assert said.startswith("ready: LSTM Viz ")
    assert asked(f"{url}/metrics")[0] == 200
    for header in ("X_Forwarded_For", "Forwarded", "X_Real_IP"):
        assert asked(f"{url}/metrics", None, "GET", **{header: "192.0.2.1"})[0] == 404


def test_every_answer_has_the_headers(operated: Server) -> None:
    """Pages, files, refusals, Streamlit's own and those of nothing."""
    url, wanted = operated.url, headers()
    files = re.findall(r'(?:src|href)="\./(static/[^"]+)"', asked(url)[2])
    ours = ("", "lessons", "health", "metrics", "assets/none", "training/none/news", "room/none/now")
    streamlits = ("favicon.png", "_stcore/health", "_stcore/upload_file/a/b", "static/none", "%2e%2e/a", "media/none")
    for path in (*files[:2], *ours, *streamlits):
        status, told, _ = asked(f"{url}/{path}")
        own = {"Referrer-Policy": "no-referrer"} if path.startswith(("room", "training")) else {}
        assert {name: told[name] for name in wanted} == {**wanted, **own}, f"{path}: {status}"
    _, told, _ = asked(f"{url}/room")
    assert "frame-ancestors 'none'" in told["Content-Security-Policy"], "a telephone's page has a policy of its own"
    assert [name for name in wanted if name not in told] == []
