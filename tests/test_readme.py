"""The snippets of the documents print what they say, and the README's table of models is that of the project."""

import doctest
import re
from pathlib import Path

import pytest

from lstm_viz.tasks.report import with_table

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"


@pytest.mark.parametrize("name", ["README.md", "docs/your_model.md"])
def test_the_snippets_print_what_the_document_says(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notebooks").symlink_to(ROOT / "notebooks")
    monkeypatch.chdir(tmp_path)  # what they write is not left lying
    failed, tried = doctest.testfile(str(ROOT / name), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert tried > 3
    assert not failed


def test_what_the_documents_link_to_is_there() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (ROOT / name).parent.joinpath(target).exists(), f"{name} links to {target}"


def test_the_table_of_models_is_made_from_their_cards() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_table(text) == text, "renew it with: python -m lstm_viz.tasks.report README.md"
