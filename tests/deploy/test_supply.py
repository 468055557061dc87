"""The lock file names all that the app is made of, with hashes, and what checks it says what it could not find out."""

import re
from importlib.metadata import PackageNotFoundError, requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.supply import COULD_NOT, CUDA, LOCK, MACHINES, PYTHONS, ROOT, WANTED, entries, judged, page, wheels

LOCKED = entries(LOCK.read_text())


def wanted() -> list[Requirement]:
    lines = [line.partition("#")[0].strip() for line in WANTED.read_text().splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def leads_to(name: str, seen: set[str]) -> set[str]:
    """What a package needs here, by what is installed; of PyTorch's default build, not what only CUDA needs."""
    if name in seen:
        return seen
    seen.add(name)
    try:
        # Another version than what is locked may need other packages.
        needed = map(
            Requirement,
            (requires(name) or ()) if f"=={version(name).partition('+')[0]} " in LOCKED.get(name, "") else (),
        )
    except PackageNotFoundError:
        return seen
    for each in needed:
        if (each.marker is None or each.marker.evaluate({"extra": ""})) and not CUDA.match(each.name):
            leads_to(canonicalize_name(each.name), seen)
    return seen


def test_all_that_the_app_asks_for_is_locked_at_the_version_that_it_asks_for() -> None:
    for each in wanted():
        assert LOCKED[each.name].startswith(f"{each.name}{each.specifier} "), each.name


def test_nothing_that_is_installed_for_the_app_is_missing() -> None:
    seen: set[str] = set()
    for each in wanted():
        leads_to(canonicalize_name(each.name), seen)
    assert len(seen) > len(wanted())
    assert seen - LOCKED.keys() == set()


def test_every_package_has_one_version_for_a_python_and_hashes() -> None:
    for name, entry in LOCKED.items():
        assert re.search(r"^\s+--hash=sha256:[0-9a-f]{64}", entry, re.M), name
        for line in re.findall(r"^\S.*", entry, re.M):
            assert re.match(r"[a-z0-9.-]+==[^ ]+( ;.*)? \\$", line), line
    assert not [name for name in LOCKED if CUDA.match(name)]
    assert f"--find-links {page()}" in LOCK.read_text()


def test_pytorch_has_a_build_for_every_python_and_machine() -> None:
    assert LOCKED["torch"].count("sha256:") == len(PYTHONS) * len(MACHINES)
    oldest = re.search(r'requires-python = ">=(.*)"', (ROOT / "pyproject.toml").read_text())
    assert oldest
    assert oldest[1] == PYTHONS[0]


def test_of_a_listing_the_cpu_builds_for_linux_are_read() -> None:
    digest = "0" * 63
    listing = "\n".join(
        f'<a href="/whl/cpu/torch-{version}-{tag}.whl#sha256={digest}{k}">torch</a>'
        for k, (version, tag) in enumerate(
            [
                ("2.13.0%2Bcpu", "cp311-cp311-manylinux_2_28_x86_64"),
                ("2.13.0%2Bcpu", "cp312-cp312-win_amd64"),
                ("2.13.0", "cp312-cp312-macosx_14_0_arm64"),
                ("2.12.0%2Bcpu", "cp311-cp311-manylinux_2_28_x86_64"),
                ("2.13.0%2Bcpu", "cp314-cp314t-manylinux_2_28_x86_64"),
            ]
        )
    )
    assert wheels(listing, "2.13.0") == {"torch-2.13.0%2Bcpu-cp311-cp311-manylinux_2_28_x86_64.whl": f"{digest}0"}


@pytest.mark.parametrize(
    ("found", "status", "said"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], 0, "asked for: 1. Known vulnerabilities: 0."),
        ([{"name": "a", "version": "1", "vulns": [{"id": "X-1"}]}], 1, "a 1: X-1"),
        (
            [{"name": "a", "skip_reason": "no answer"}],
            COULD_NOT,
            "asked for: 0. Known vulnerabilities: 0.\nNothing could be found out of 1: a.",
        ),
        (
            [{"name": "a", "version": "1", "vulns": [{"id": "X"}]}, {"name": "b", "skip_reason": "no"}],
            1,
            "Nothing could be found out of 1: b.",
        ),
        ([], COULD_NOT, "asked for: 0."),
    ],
)
def test_no_answer_is_never_taken_for_a_good_one(found: list[dict[str, object]], status: int, said: str) -> None:
    judgement = judged(found)
    assert judgement[0] == status
    assert said in judgement[1]
