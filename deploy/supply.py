"""Where everything that the app is made of comes from: `python -m deploy.supply lock | check | audit | bill`.

`requirements.lock` names every package that `requirements.txt` leads to on Linux, for every Python that is tested, with
the hashes of its files; `pip install --require-hashes -r requirements.lock` installs that and nothing else.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
WANTED = ROOT / "requirements.txt"
LOCK = ROOT / "requirements.lock"
BILL = ROOT / "build" / "bill-of-materials.json"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""The versions of Python for which hashes are kept; PyTorch has builds for each."""
MACHINES = ("x86_64", "aarch64")
CUDA = re.compile(r"(nvidia|cuda|triton)\b")
"""What the default build of PyTorch needs on Linux, and its CPU build does not."""
PATIENCE = 20  # seconds for one answer from the network
COULD_NOT = 3
"""Exit status of a check that could not be made, which says nothing good or bad."""


def entries(lock: str) -> dict[str, str]:
    """Name → entry of a lock file, hashes included, without its comments."""
    lines = [line for line in lock.splitlines() if not line.lstrip().startswith(("#", "--find-links"))]
    starts = [k for k, line in enumerate(lines) if line and not line[0].isspace()]
    parts = ("\n".join(lines[a:b]).rstrip(" \\\n") for a, b in zip(starts, [*starts[1:], None], strict=True))
    found: dict[str, str] = {}
    for part in parts:
        name = re.split("[=<>; ]", part, maxsplit=1)[0]
        found[name] = f"{found[name]}\n{part}" if name in found else part
    return found


def page() -> str:
    """The address that `requirements.txt` names for PyTorch's CPU builds."""
    return re.search(r"^--find-links\s+(\S+)", WANTED.read_text(), re.M)[1]  # type: ignore[index]


def wheels(listing: str, version: str) -> dict[str, str]:
    """Name → SHA-256 of the builds for Linux of one version of PyTorch, as its page lists them."""
    tags = "|".join(each.replace(".", "") for each in PYTHONS)
    machines = "|".join(MACHINES)
    pattern = rf"(torch-{re.escape(version)}(?:%2B|\+)cpu-cp(?:{tags})-cp(?:{tags})-manylinux\w*_(?:{machines})\.whl)"
    return dict(re.findall(rf"{pattern}#sha256=([0-9a-f]{{64}})", listing))


def lock() -> int:
    """Write the lock file anew, with the hashes on PyTorch's page, or, out of its reach, those of the last lock."""
    with tempfile.TemporaryDirectory() as place:
        asked, made = Path(place, "requirements.in"), Path(place, "lock")
        asked.write_text("".join(line for line in WANTED.open() if not line.startswith("--find-links")))
        resolve = [
            "uv",
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--python-version",
            PYTHONS[0],
            "--generate-hashes",
        ]
        subprocess.run([*resolve, "--no-header", "--no-annotate", "--output-file", made, asked], check=True)
        found = entries(made.read_text())
    linux = {name: entry for name, entry in found.items() if _on_linux(entry) and not CUDA.match(name)}
    linux["torch"] = _torch(found["torch"])
    head = (
        f"# All that requirements.txt leads to on Linux, with hashes. `make lock` writes it.\n--find-links {page()}\n"
    )
    LOCK.write_text(head + "".join(f"{linux[name]}\n" for name in sorted(linux)))
    print(f"{LOCK.name}: {len(linux)} packages")
    return 0


def _on_linux(entry: str) -> bool:
    return not re.search(r"sys_platform == '(win32|emscripten|darwin)'", entry.splitlines()[0])


def _torch(entry: str) -> str:
    pinned = entry.split()[0]
    version = pinned.partition("==")[2]
    try:
        with urllib.request.urlopen(page(), timeout=PATIENCE) as answer:
            hashes = sorted(wheels(answer.read().decode(), version).values())
    except OSError as error:
        print(f"PyTorch's page could not be read ({error}): its hashes are those of the last lock.", file=sys.stderr)
        kept = entries(LOCK.read_text()).get("torch", "")
        hashes = re.findall("sha256:([0-9a-f]{64})", kept) if kept.startswith(f"{pinned} ") else []
    if not hashes:
        raise SystemExit(f"No hash of a CPU build of {pinned} is known: {page()} must be within reach to lock it.")
    return " \\\n".join([pinned, *(f"    --hash=sha256:{each}" for each in hashes)])


def check(pythons: Sequence[str]) -> int:
    """Install the lock into an empty environment of each interpreter, and open the app's modules with it."""
    for python in pythons:
        with tempfile.TemporaryDirectory() as place:
            inside = Path(place, "bin", "python")
            subprocess.run([python, "-m", "venv", place], check=True)
            install = ["-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary=:all:", "--requirement"]
            installed = subprocess.run([str(inside), *install, str(LOCK)], check=False)
            if installed.returncode:
                print(f"{python}: not installed", file=sys.stderr)
                return installed.returncode
            tried = "import streamlit, lstm_viz as lv; lv.load_model('counting').trace('ab'); import lstm_viz.ui.app"
            subprocess.run([inside, "-W", "ignore", "-c", tried], check=True, cwd=ROOT, capture_output=True)
            print(f"{python}: everything installed has the hash that {LOCK.name} says, and the app's modules load")
    return 0


def audit() -> int:
    """Ask for known vulnerabilities of what is locked; say so where the question could not be asked."""
    quietly = ("--require-hashes", "--disable-pip", "--progress-spinner", "off")
    asked = ["pip-audit", *quietly, "--format", "json", "--requirement", str(LOCK)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"Known vulnerabilities could not be asked for: {(done.stderr.splitlines() or ['no answer'])[-1]}")
        return COULD_NOT
    status, said = judged(found)
    print(said)
    return status


def judged(found: Sequence[Mapping[str, Any]]) -> tuple[int, str]:
    """Exit status, and what to say, of what an audit found; of a package that nobody answered for, nothing is known.

    Parameters
    ----------
    found : of each package its name, and either its vulnerabilities or why it was skipped
    """
    known = [f"{each['name']} {each['version']}: {bad['id']}" for each in found for bad in each.get("vulns", ())]
    skipped = [each["name"] for each in found if "skip_reason" in each]
    lines = [f"Packages asked for: {len(found) - len(skipped)}. Known vulnerabilities: {len(known)}.", *known]
    if skipped:
        lines.append(f"Nothing could be found out of {len(skipped)}: {', '.join(skipped)}.")
    return 1 if known else COULD_NOT if skipped or not found else 0, "\n".join(lines)


def bill() -> int:
    """Write the bill of materials: every locked package with version, hashes and address, in CycloneDX's format."""
    BILL.parent.mkdir(exist_ok=True)
    asked = ["cyclonedx-py", "requirements", "--output-reproducible", "--pyproject", str(ROOT / "pyproject.toml")]
    subprocess.run([*asked, "--output-file", str(BILL), str(LOCK)], check=True)
    print(f"{BILL.relative_to(ROOT)}: written")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked for; the exit status says how it went."""
    parser = argparse.ArgumentParser(prog="python -m deploy.supply", description=__doc__)
    parser.add_argument("what", choices=("lock", "check", "audit", "bill"))
    parser.add_argument("pythons", nargs="*", default=[sys.executable], help="interpreters to check the lock with")
    given = parser.parse_args(arguments)
    if given.what == "check":
        return check(given.pythons)
    return {"lock": lock, "audit": audit, "bill": bill}[given.what]()


if __name__ == "__main__":
    raise SystemExit(main())
