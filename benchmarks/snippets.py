"""Many views of every page, each one's Python run anew: are its numbers the view's own?

``python -m benchmarks.snippets --per-page 60 --seed 1``; the suite runs a few of the same.
"""

import argparse
from collections import Counter

from lstm_viz.claims import CLAIMS
from tests.ui.taking.test_snippets import hold, made
from tests.ui.taking.views import claims, drawn


def main() -> None:
    """Run them, and print how many there were of each page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--per-page", type=int, default=60)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    cases = [*drawn(given.seed, given.per_page), claims([claim.name for claim in CLAIMS])]
    done: Counter[str] = Counter()
    for case in cases:
        try:
            names = made(case.snippet())
            hold(names, case.numbers())
        except Exception as error:
            raise SystemExit(f"{case.name}\n\n{case.snippet()}\n{type(error).__name__}: {error}") from error
        done[case.name.split()[0]] += 1
    for page, count in done.items():
        print(f"{page:20} {count:5} views, all numbers equal")


if __name__ == "__main__":
    main()
