"""The one table of what a plan says: names, labels, bounds, help. Controls, links and refusals are made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lstm_viz import arguments
from lstm_viz.cells import CELLS
from lstm_viz.learning.exercises import EXERCISES
from lstm_viz.learning.optimizers import OPTIMIZERS


@dataclass(frozen=True, kw_only=True)
class Field:
    """One value of a plan.

    Attributes
    ----------
    name, label, help : in code; on screen; what it does, in a sentence
    default : what holds where nothing is said; 0 where the task proposes a number of its own
    choices : value → label, for one of several names
    low, high : bounds of a number, both allowed
    step : how finely a control should set it; 0 for a log scale
    """

    name: str
    label: str
    help: str
    default: Any
    choices: Mapping[str, str] = field(default_factory=dict)
    low: float = 0
    high: float = 0
    step: float = 1

    @property
    def kind(self) -> str:
        """Which control fits: "choice", "yes_or_no", "whole" or "number"."""
        if self.choices:
            return "choice"
        if isinstance(self.default, bool):
            return "yes_or_no"
        return "whole" if isinstance(self.default, int) else "number"

    def check(self, value: Any) -> Any:
        """The value in its own type; TypeError or ValueError, in a sentence, for one that is out of bounds."""
        if self.kind == "choice":
            return arguments.choice(value, self.name, self.choices)
        if self.kind == "yes_or_no":
            arguments.expect(value, bool, self.name, "True or False")
            return value
        if self.kind == "whole":
            return arguments.whole(value, self.name, int(self.low), int(self.high))
        found = arguments.number(value, self.name, f"a number from {self.low:g} to {self.high:g}")
        if not self.low <= found <= self.high:
            raise ValueError(f"{self.name}: got {found:g}; expected a number from {self.low:g} to {self.high:g}")
        return found

    def read(self, text: str) -> Any:
        """The value that a text says; ValueError for none, or one out of bounds."""
        if self.kind == "choice":
            return self.check(text)
        try:
            return self.check({"yes": True, "no": False}[text] if self.kind == "yes_or_no" else self._number(text))
        except (KeyError, ValueError, OverflowError) as problem:
            if str(problem).startswith(f"{self.name}: "):
                raise
            raise ValueError(f"{self.name}: got {arguments.given(text)}; {self._expected}") from None

    def write(self, value: Any) -> str:
        """The value as a text that `read` reads."""
        if self.kind == "yes_or_no":
            return "yes" if value else "no"
        return repr(value).removesuffix(".0") if self.kind == "number" else str(value)

    def _number(self, text: str) -> float:
        return int(text) if self.kind == "whole" else float(text)

    @property
    def _expected(self) -> str:
        if self.kind == "yes_or_no":
            return "expected yes or no"
        return f"expected a {'whole number' if self.kind == 'whole' else 'number'} from {self.low:g} to {self.high:g}"


FIELDS: Mapping[str, Field] = {
    each.name: each
    for each in (
        Field(
            name="task",
            label="Task",
            help="What is learnt. Data is made as the training asks for it, so no sequence comes twice; only the "
            "temperatures were measured, and their last year is held out.",
            default="adding",
            choices={name: exercise.title for name, exercise in EXERCISES.items()},
        ),
        Field(
            name="cell",
            label="Cell",
            help="Which recurrent cell learns it. In a race both see the same sequences.",
            default="lstm",
            choices={name: cell.title for name, cell in CELLS.items()},
        ),
        Field(name="units", label="Units", help="Memory cells a layer.", default=8, low=1, high=64),
        Field(
            name="layers",
            label="Layers",
            help="Layers on each other, each of so many units; the upper reads what the lower shows.",
            default=1,
            low=1,
            high=3,
        ),
        Field(
            name="forget_bias",
            label="Forget bias",
            help="Where the forget gates’ biases begin: 0 leaves the gates half shut, 1 or more keeps the memory.",
            default=1.0,
            low=-5,
            high=10,
            step=0.5,
        ),
        Field(
            name="learning_rate",
            label="Learning rate",
            help="How far each update moves the weights. It can be changed on the way.",
            default=0.01,
            low=1e-5,
            high=10,
            step=0,
        ),
        Field(
            name="optimizer",
            label="Optimiser",
            help="How an update is made from gradients: gradient descent takes them as they are, Adam and RMSprop "
            "divide each by its usual size.",
            default="adam",
            choices={name: optimizer.title for name, optimizer in OPTIMIZERS.items()},
        ),
        Field(
            name="clip",
            label="Clip gradients at",
            help="A gradient that is longer is cut to this length; 0 leaves every gradient as it is.",
            default=1.0,
            low=0,
            high=100,
            step=0.5,
        ),
        Field(
            name="length",
            label="Length",
            help="How long sequences are, or become where they grow.",
            default=0,
            low=1,
            high=200,
        ),
        Field(
            name="curriculum",
            label="Grow with success",
            help="Sequences begin short and grow whenever those of the present length are learnt.",
            default=True,
        ),
        Field(
            name="distance",
            label="Steps back",
            help="How many steps ago the symbol came that is asked for.",
            default=3,
            low=1,
            high=100,
        ),
        Field(
            name="updates",
            label="Updates",
            help="After how many updates of the weights the training ends.",
            default=0,
            low=1,
            high=5000,
            step=50,
        ),
        Field(
            name="seed",
            label="Seed",
            help="Of the first weights and of the sequences; the same seed gives the same training.",
            default=1,
            low=1,
            high=1_000_000,
        ),
    )
}
"""By name, in the order of the controls."""
