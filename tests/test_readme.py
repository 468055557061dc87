"""The README's snippets print what it says, and its picture and its table of models are those of the project."""

import doctest
import re
from pathlib import Path

from lstm_viz.tasks.report import with_table

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"


def test_the_snippets_print_what_the_readme_says():
    failed, tried = doctest.testfile(str(README), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert tried > 10
    assert not failed


def test_what_the_documents_link_to_is_there():
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (ROOT / target).exists(), f"{name} links to {target}"


def test_the_table_of_models_is_made_from_their_cards() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_table(text) == text, "renew it with: python -m lstm_viz.tasks.report README.md"
