"""Links that the first version wrote, version 0.1 at commit 04bc0ae, open the same views; it wrote old_links.json too.

What each opened then is recorded there as `tests.ui.facts` tells it: settings, what was ignored, and what was shown.
The sentiment networks were trained anew since: of that task the record has what the present ones show, and where a link
says neither step nor unit, those at which it opens now.
"""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest

from lstm_viz.cells import SUCCESSORS
from lstm_viz.sources import cells_of
from lstm_viz.tasks import TASKS
from tests.ui.facts import PAGES, facts

LINKS = json.loads(Path(__file__).with_name("old_links.json").read_text(encoding="utf-8"))

SETTINGS = {
    "task", "cell", "layer", "direction", "text", "before", "step", "unit", "order", "degrees", "notation", "speed",
    "source", "overall", "clamps", "shown", "ranking", "table", "factor", "power", "networks", "length",
    "memory_task", "variant", "hidden", "radius", "nonlinearity", "forget_bias", "seed", "clip",
}  # fmt: skip
"""Names of the settings that the first version had."""

LATER = {"parity", *SUCCESSORS}
"""Tasks and cells that it did not have."""

MEANT = {
    "power=1000": ("/settings/power", "/ignored"),
    "rnn_lstm_gru": ("/shows/rows/0/0",),
    "cell=gru": ("/shows/symbols/update_gate",),
    "variant_lab": (r"/shows/curves/\d/lines/[^/]+/4",),
    "notes_checked": ("/shows/ignores/1/untrained",),
}
"""What is meant to differ: part of an address → patterns of where. Past 100 the picture showed 100; the setting now
says so. What Olah and Udacity call the update gate is 1 less these values, and their symbol now says that. A learning
curve ended at another number than its table's. The untrained network knows every word by now. The first
column of a table had no name."""


def differences(then: Any, now: Any, where: str = "") -> list[str]:
    """Where two views differ, a line each; numbers that agree to four digits agree.

    The first version ran in float32, and some networks carry its rounding into the fifth digit.
    """
    if isinstance(then, dict) and isinstance(now, dict):
        names = [*then, *(name for name in now if name not in then)]
        return [
            line
            for name in names
            for line in differences(then.get(name, "nothing"), now.get(name, "nothing"), f"{where}/{name}")
        ]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [line for k in range(len(then)) for line in differences(then[k], now[k], f"{where}/{k}")]
    numbers = all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in (then, now))
    agree = then == pytest.approx(now, rel=1e-4, abs=1e-6) if numbers else then == now
    return [] if agree else [f"{where}: {then!r} then, {now!r} now"]


@pytest.mark.parametrize("link", LINKS, ids=[f"{each['page']}?{each['query'][:60]}" for each in LINKS])
def test_an_old_link_opens_the_same_view(link: dict[str, Any]) -> None:
    query, then = link["query"], link["settings"]
    if not {"step", "unit"} & parse_qs(query).keys():
        # It names no place. The step is the one that it opened; the unit is now the one that moves the answer most.
        assert facts(link["page"], query)["settings"]["step"] == then["step"]
        query = urlencode(parse_qs(query) | {"step": then["step"], "unit": then["unit"]}, doseq=True)
    now = json.loads(json.dumps(facts(link["page"], query)))
    if link["page"] == "notes_checked":  # there are more claims and more numbers by now
        kept = {name: (now["shows"][name], numbers) for name, (_, numbers) in link["shows"].items()}
        now["shows"] = {name: [said, {each: new[each] for each in old}] for name, ((said, new), old) in kept.items()}
    found = differences({name: link[name] for name in now}, now)
    address = f"{link['page']}?{link['query']}"
    meant = [place for part, places in MEANT.items() if part in address for place in places]
    assert [line for line in found if not any(re.match(f"{place}:", line) for place in meant)] == []


def test_the_old_links_are_of_every_page_and_network_and_change_every_setting() -> None:
    assert len(LINKS) >= 50
    assert {link["page"] for link in LINKS} == set(PAGES)
    opened = [link["settings"] for link in LINKS]
    assert {(view.get("task", "sentiment"), view.get("cell", "lstm")) for view in opened} >= {
        (task, cell) for task in TASKS if task not in LATER for cell in cells_of(task) if cell not in LATER
    }
    assert set().union(*opened) == SETTINGS


def test_a_view_that_differs_is_told() -> None:
    then = {"values": [0.5, 1.0], "text": "a"}
    assert differences(then, {"values": [0.5000001, 1.0], "text": "a"}) == []
    assert differences(then, {"values": [0.5, 1.001], "text": "a"}) == ["/values/1: 1.0 then, 1.001 now"]
    assert differences(then, {"values": [0.5], "text": "a", "more": 1}) == [
        "/values: [0.5, 1.0] then, [0.5] now",
        "/more: 'nothing' then, 1 now",
    ]
