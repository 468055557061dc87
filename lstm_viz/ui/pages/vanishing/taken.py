"""What can be taken away from Vanishing gradient."""

from lstm_viz.tasks.made import MADE
from lstm_viz.ui.pages.vanishing.view import RNNS, Vanishing
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.taking.shown import model_of
from lstm_viz.ui.taking.taken import Extra, Taken
from lstm_viz.ui.taking.taking import Taking, file_name
from lstm_viz.words.snippets.vanishing import fresh, trained


def vanishing_taken(view: Vanishing) -> Taken:
    """The size of every cell's gradient at every step, as a power of ten, and that of its recurrent weights."""
    added = []
    for cell, flow in view.flows.items():
        at, steps = {"cell": cell}, range(len(flow.exponent))
        for state in flow.direction:
            name = f"log10 of the gradient of {state}"
            added.append(Extra(f"{cell} {name}", name, flow.log10(state), {"time_step": steps}, at))
        if flow.memory_path is not None:
            name = "log10 of the gradient along the memory's own path"
            over = {"time_step": steps, "unit": range(flow.memory_path.shape[1])}
            added.append(Extra(f"{cell} {name}", name, flow.memory_path, over, at))
    norms = {cell: flow.weight_norm for cell, flow in view.flows.items()}
    name = "log10 of the gradient of all recurrent weights"
    added.append(Extra(name, name, list(norms.values()), {"cell": list(norms)}))
    return Taken({}, added)


def vanishing_snippet(view: Vanishing, theme: str) -> str:
    """The view as Python."""
    settings, title = view.settings, "Vanishing gradient"
    if not view.sources:
        kinds = {cell: RNNS[settings.nonlinearity] if cell == "rnn" else cell for cell in view.cells}
        return fresh(
            title,
            kinds=kinds,
            steps=view.length,
            units=settings.hidden,
            radius=settings.radius,
            forget_bias=settings.forget_bias,
            seed=settings.seed,
            clip=settings.clip,
            theme=theme,
        )
    models = {cell: model_of(source) for cell, source in view.sources.items()}
    task = next(iter(view.sources.values())).task.name
    made = (task, view.length, settings.seed) if task in MADE else None
    return trained(title, models=models, text=view.text, made=made, clip=settings.clip, theme=theme)


def vanishing_taking(view: Vanishing) -> Taking:
    """What the page gives."""
    return Taking(
        file_name("vanishing gradient", view.settings.networks),
        None if view.problem else lambda: vanishing_taken(view),
        lambda theme: vanishing_snippet(view, theme),
        own=next((each.own for each in view.sources.values()), None),
    )


def described(settings: Settings) -> list[str]:
    """Of which networks the page's figures are, in a line above a picture of it."""
    if sources := Vanishing.of(settings).sources:
        return [f"Trained networks: {next(iter(sources.values())).task.title}"]
    return [
        f"Networks just initialised: T = {settings.length}, H = {settings.hidden}, spectral radius "
        f"{settings.radius:g}, forget bias {settings.forget_bias:g}, seed {settings.seed}"
    ]
