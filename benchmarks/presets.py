"""The presets of Watch it learn: whether what each claims comes out, for five seeds, and how long it takes."""

import time

import torch

from benchmarks.report import Line, Section
from lstm_viz.learning import PRESETS, Course

SEEDS = (1, 2, 3, 4, 5)


def measure() -> Section:
    """Train every preset with every seed, one after the other, on one thread."""
    torch.set_num_threads(1)
    lines = []
    for preset in PRESETS.values():
        held, seconds, said = [], 0.0, ""
        for seed in SEEDS:
            courses = [Course(plan) for plan in preset.with_seed(seed)]
            before = time.process_time()
            for course in courses:
                while course.advance(10):
                    pass
            seconds += time.process_time() - before
            holds, sentence = preset.claim(courses)
            print(f"{preset.title}, seed {seed}, {'holds' if holds else 'does not hold'}: {sentence}", flush=True)
            held += [seed] if holds else []
            said = sentence if holds and not said else said
        updates = sum(plan.updates for plan in preset.plans)
        failed = len(SEEDS) - len(held)
        cells = (preset.title, f"{len(held)} of {len(SEEDS)}", f"{updates:,}", f"{seconds / len(SEEDS):.1f}", said)
        lines.append(Line(cells, failed, 0))
    return Section(
        "Presets of Watch it learn",
        f"Every preset, a training or a race of two, with the seeds {', '.join(map(str, SEEDS))}: for how many its "
        "claim holds, updates and processor seconds of a seed on one core, and what the claim says of the first. "
        "Budget: seeds for which it does not hold.",
        ("preset", "seeds", "updates", "s", "first seed"),
        lines,
    )
