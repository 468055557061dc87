"""The operator's page of the docs says of options, metrics and headers what the definitions say, and of alerts all."""

import re
from pathlib import Path

import pytest
import streamlit

from lstm_viz.ui.server.headers import HASHES, OTHERS, OVER_HTTPS, POLICY
from lstm_viz.ui.server.meters import METERS
from lstm_viz.ui.server.options import OPTIONS, PREFIX

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def rows(first: str) -> list[str]:
    """Return the rows of the table whose head begins so."""
    table = PAGE[PAGE.index(f"\n| {first} |") :].lstrip().partition("\n\n")[0]
    return table.splitlines()[2:]


def test_the_page_has_a_row_for_every_option_metric_and_header() -> None:
    assert rows("variable") == [f"| `{each.name}` | {each.meaning} | {each.without} |" for each in OPTIONS]
    labels = {each.name: ", ".join(f"`{label}`" for label in each.labels) for each in METERS}
    assert rows("metric") == [f"| `{each.name}` | {labels[each.name]} | {each.meaning} |" for each in METERS]
    assert rows("directive") == [
        f"| `{directive}` | {'checksums' if source == HASHES else f'`{source}`'} | {why} |"
        for directive, sources in POLICY.items()
        for source, why in sources.items()
    ]
    others = {**OTHERS, **OVER_HTTPS}
    assert rows("header") == [f"| `{header}` | `{value}` | {why} |" for header, (value, why) in others.items()]
    assert f"Streamlit {'.'.join(streamlit.__version__.split('.')[:2])} allows" in PAGE, "try the policy anew"


def test_the_page_says_of_every_alert_what_to_do() -> None:
    rules = (ROOT / "deploy" / "prometheus" / "rules.yml").read_text(encoding="utf-8")
    assert [row.split("`")[1] for row in rows("alert")] == re.findall(r"alert: (\w+)", rules)
    assert {name for name in re.findall(r"record: (\S+)", rules) if f"`{name}`" not in PAGE} == set()


@pytest.mark.parametrize("folder", ["docs", "deploy", "README.md", "CONTRIBUTING.md"])
def test_documents_and_files_for_servers_name_only_variables_that_there_are(folder: str) -> None:
    place = ROOT / folder
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    named = {
        (path.name, name)
        for path in files
        if path.suffix in {".md", ".py", ".yml", ".yaml", ".conf", ""}
        for name in re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8", errors="replace"))
    }
    assert {each for each in named if each[1] not in {option.name for option in OPTIONS}} == set()
