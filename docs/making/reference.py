"""The public names by topic. A name that is in none of them, or in two, fails a test and the build."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import lstm_viz
from docs.making.page import Page
from docs.making.pictures import picture_of
from lstm_viz import figures

TOPICS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Record a run": (
        "A module and what it reads in, every gate and state out; or a look at any model while it runs.",
        ("trace", "record", "Trace", "LayerTrace", "load_trace"),
    ),
    "Sum up many runs": (
        "Over a batch, a recording or a whole loader: what every unit does, and which are stuck, dead or not finite.",
        ("summary", "Summary"),
    ),
    "Look at a run": (
        "The app's own picture of any run, live in a notebook or as one HTML file that opens anywhere.",
        ("show", "LivePage", "unit_order"),
    ),
    "Hold a gate": (
        "What follows when a gate or a state is held at a value, in a run that is otherwise the same.",
        ("Clamp",),
    ),
    "Trained models": (
        "Networks that come with the package; their scores stand under “Trained models”.",
        ("load_model", "read_model", "model_names", "Model"),
    ),
    "Take a memory apart": (
        "Where a memory came from, how much of it each step's share makes up, and the weights by which it is a sum.",
        (
            *("memory_ledger", "Ledger", "memory_sizes", "memory_attention", "Attention"),
            *("split_answer", "split_output", "Split"),
        ),
    ),
    "Compare two runs": ("What an edit, a clamp or one unit changed.", ("compare", "Edit", "hold_each_unit")),
    "Follow a gradient": (
        "How far back learning reaches, exactly.",
        ("gradients", "Gradients", "answer_weights", "step_bound", "finite_steps"),
    ),
    "Make what is shown": (
        "Networks of random weights and inputs of any length, as the app makes them where it shows no text and no "
        "trained network; and what came out of training every cell.",
        ("fresh_module", "random_inputs", "made_text", "training_results", "training_step_times"),
    ),
}
"""Topic → what it is about, and its public names in the order in which they are shown."""

ELSEWHERE = {"__version__", "figures"}
"""Public names that are no page's: a version, and the package that has a page of its own."""


ABOUT_FIGURES = """Every figure of the app, as a function: a trace, a layer of one, or numbers made from them in; a
plotly figure out. In a notebook it shows itself; `figure.write_html("figure.html")` keeps it. Below each stands the
picture of its example."""


def public() -> set[str]:
    """The names that a page must show."""
    return set(lstm_viz.__all__) - ELSEWHERE


def misplaced() -> str:
    """What is wrong with `TOPICS`, in a sentence; "" where every public name is in one topic."""
    placed = [name for _, names in TOPICS.values() for name in names]
    wrong = {
        "are public and in no topic": public() - set(placed),
        "are in a topic and not public": set(placed) - public(),
        "are in two topics": {name for name in placed if placed.count(name) > 1},
    }
    found = [f"{', '.join(sorted(names))} {what}" for what, names in wrong.items() if names]
    return f"{'; '.join(found)}: mend TOPICS in docs/making/reference.py" if found else ""


def reference_pages() -> list[Page]:
    """A page a topic, and one for the figures; mkdocstrings fills in what the docstrings say."""
    if problem := misplaced():
        raise ValueError(problem)
    pages = [_topic(title, about, names) for title, (about, names) in TOPICS.items()]
    return [*pages, _figures()]


def home(value: Any) -> str:
    """The dotted name of a public object where it is defined: `lstm_viz.trace` is a function and a package."""
    return f"{value.__module__}.{value.__name__}"


def address(title: str) -> str:
    """Where a topic's page is."""
    return f"reference/{title.lower().replace(' ', '_')}.md"


def _topic(title: str, about: str, names: tuple[str, ...]) -> Page:
    text = f"# {title}\n\n{about} All of it is in `import lstm_viz as lv`.\n\n"
    text += "\n".join(_object(getattr(lstm_viz, name), name, f"lv.{name}") for name in names)
    return Page(address(title), title, text)


def _figures() -> Page:
    text = f"# Figures\n\n{ABOUT_FIGURES}\n\n"
    for name in figures.__all__:
        text += _object(getattr(figures, name), name, f"lv.figures.{name}", "      show_source: false\n")
        text += f"\n{picture_of(name)}\n\n"
    return Page(address("Figures"), "Figures", text)


def _object(value: Any, name: str, shown: str, options: str = "") -> str:
    return f"::: {home(value)}\n    options:\n      heading: {shown}\n      toc_label: {name}\n{options}"


def examples_of(value: Any) -> str:
    """The docstring of a public object; of a class also those of its public methods, where an example may stand."""
    texts = [inspect.getdoc(value) or ""]
    if inspect.isclass(value):
        texts += [inspect.getdoc(method) or "" for name, method in vars(value).items() if name[:1] != "_"]
    return "\n".join(texts)


def field_notes(module: ModuleType) -> Iterator[tuple[str, str]]:
    """Name and note of every annotated field in a module's classes: the text that stands below it."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not isinstance(node, ast.ClassDef):
            continue
        for line, below in zip(node.body, node.body[1:], strict=False):
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                said = below.value if isinstance(below, ast.Expr) else None
                text = said.value if isinstance(said, ast.Constant) else ""
                yield line.target.id, " ".join(str(text).split())
