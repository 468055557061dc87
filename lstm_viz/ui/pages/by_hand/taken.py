"""What can be taken away from Build by hand: the run on show, and the unit as Python."""

from lstm_viz.challenges import CHALLENGES, Challenge
from lstm_viz.challenges.breaking import BREAKING, CELL, TASK, cuts_there, strings
from lstm_viz.challenges.challenge import LONGEST
from lstm_viz.challenges.judging import run, weights_of
from lstm_viz.challenges.sequences import inputs_of, tokens
from lstm_viz.clamp import Clamp
from lstm_viz.tasks import load_model
from lstm_viz.trace import Trace
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.taking.taken import Taken
from lstm_viz.ui.taking.taking import Taking, file_name
from lstm_viz.words.snippets.by_hand import broken, unit


def sequence_of(challenge: Challenge, settings: Settings) -> list[str]:
    """The tokens of the sequence on show: the reader's own, or a trial's."""
    trial = challenge.trials[min(settings.trial, len(challenge.trials) - 1)]
    return tokens(challenge, trial.text if settings.sequence is None else settings.sequence, LONGEST)


def string_of(settings: Settings) -> str:
    """The test string on show, which the trained counter reads."""
    texts = strings().texts
    return texts[min(settings.trial, len(texts) - 1)]


def by_hand_run(settings: Settings) -> Trace | None:
    """The run on show; None where there is nothing to run on."""
    if settings.challenge == BREAKING:
        clamps = [Clamp(gate, 0.0, units=[k]) for gate, k in cuts_there(settings.shut)]
        return load_model(TASK, CELL).trace(string_of(settings), clamps)
    challenge = CHALLENGES[settings.challenge]
    read = sequence_of(challenge, settings)
    return (
        run(challenge, weights_of(challenge, settings.weights), inputs_of(challenge, read)[0], read) if read else None
    )


def by_hand_snippet(settings: Settings, theme: str) -> str:
    """The view as Python."""
    if settings.challenge == BREAKING:
        return broken(
            "Build by hand", task=TASK, cell=CELL, text=string_of(settings), cuts=cuts_there(settings.shut), theme=theme
        )
    challenge = CHALLENGES[settings.challenge]
    weights = weights_of(challenge, settings.weights)
    return unit(
        "Build by hand",
        challenge=challenge.name,
        rows=challenge.rows,
        columns=challenge.columns,
        weights=weights.tolist(),
        sequence=sequence_of(challenge, settings),
        notation=settings.notation,
        theme=theme,
    )


def by_hand_taking(settings: Settings) -> Taking:
    """What the page gives."""
    made = by_hand_run(settings)
    numbers = (lambda: Taken({"": made})) if made else None
    return Taking(
        file_name("build by hand", settings.challenge), numbers, lambda theme: by_hand_snippet(settings, theme)
    )
