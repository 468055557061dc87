"""The presets of Watch it learn: whether what each claims comes out, for five seeds, and how long it takes."""

import time
from collections.abc import Sequence

import torch

from benchmarks.report import Line, Section
from lstm_viz.cells import CELLS
from lstm_viz.learning import PRESETS, Course, Plan, outcomes

SEEDS = (41, 42, 43, 44, 45)
"""Others than those on which settings and claims were tried, which are below 36."""
PACED = 20
"""Updates by which a cell's pace is measured."""


def pace() -> Section:
    """How many updates a second each cell makes, of the plan that the page opens with, on one thread."""
    torch.set_num_threads(1)
    lines = []
    for name, cell in CELLS.items():
        course = Course(Plan(cell=name, curriculum=False))
        course.advance(0)
        before, done = time.process_time(), course.update
        while course.update < done + PACED:
            course.advance(0)
        rate = (course.update - done) / (time.process_time() - before)
        lines.append(
            Line((cell.title, f"{rate:.0f}", f"{course.plan.updates / rate:.0f}"), course.plan.updates / rate, 60)
        )
    return Section(
        "Pace of Watch it learn",
        f"Updates a second of every cell at {Plan().said}, all of its length, and processor seconds of all "
        f"{Plan().updates:,} on one core. Budget: 60 s.",
        ("cell", "updates a second", "s"),
        lines,
    )


def measure(seeds: Sequence[int] = SEEDS) -> Section:
    """Train every preset with every seed, one after the other, on one thread; the page is told what came of `SEEDS`."""
    torch.set_num_threads(1)
    lines = []
    came_out: dict[str, dict[int, bool]] = {}
    for name, preset in PRESETS.items():
        held, seconds, said = came_out.setdefault(name, {}), 0.0, ""
        for seed in seeds:
            courses = [Course(plan) for plan in preset.with_seed(seed)]
            before = time.process_time()
            for course in courses:
                while course.advance(10):
                    pass
            seconds += time.process_time() - before
            holds, sentence = preset.claim(courses)
            print(f"{preset.title}, seed {seed}, {'holds' if holds else 'does not hold'}: {sentence}", flush=True)
            held[seed] = bool(holds)
            said = sentence if holds and not said else said
        updates = sum(plan.updates for plan in preset.plans)
        failed = len(seeds) - sum(held.values())
        cells = (
            preset.title,
            f"{len(seeds) - failed} of {len(seeds)}",
            f"{updates:,}",
            f"{seconds / len(seeds):.1f}",
            said,
        )
        lines.append(Line(cells, failed, 0))
    if tuple(seeds) == SEEDS:
        outcomes.write(came_out)
    return Section(
        "Presets of Watch it learn",
        f"Every preset, a training or a race of two, with the seeds {', '.join(map(str, seeds))}: for how many its "
        "claim holds, updates and processor seconds of a seed on one core, and what the claim says of the first. "
        "Budget: seeds for which it does not hold.",
        ("preset", "seeds", "updates", "s", "first seed"),
        lines,
    )
