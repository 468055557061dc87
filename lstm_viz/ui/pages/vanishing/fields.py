"""What Vanishing gradient depends on beside what all pages share."""

from dataclasses import dataclass

from lstm_viz.tasks.made import MADE
from lstm_viz.ui.settings.field import setting
from lstm_viz.ui.settings.kinds import Choice, Number


@dataclass(frozen=True, kw_only=True)
class VanishingFields:
    """See `Settings`."""

    factor: float = setting(0.25, Number(0, 2, 0.01))
    """a, the number that is multiplied by itself."""
    power: int = setting(10, Number(0, 100, 1, whole=True))
    """n in aⁿ."""
    networks: str = setting("fresh", Choice(("fresh", "trained", *MADE)))
    """Whose gradients: those of networks just initialised, of the chosen task's trained ones on the text of all pages,
    or of those trained on one of the tasks that are made of numbers or strings of any length."""
    made_length: int = setting(50, Number(10, 1000, 10, whole=True))
    """T of the sequence that is made for networks trained on a task of that name."""
    hidden: int = setting(32, Number(1, 128, 1, whole=True))
    """H, the number of units of a network just initialised."""
    radius: float = setting(1.0, Number(0, 4, 0.05))
    """ρ(U), the largest size of an eigenvalue, to which every recurrent H × H matrix U is scaled."""
    nonlinearity: str = setting("tanh", Choice(("tanh", "relu", "sigmoid")))
    """φ of the plain RNN, h_t = φ(W x_t + U h_{t−1} + b)."""
    forget_bias: float = setting(1.0, Number(-5, 10, 0.5))
    """b_f, where the LSTM's forget gates start."""
    clip: float = setting(1.0, Number(0.001, 1000, 0.5))
    """The norm to which a longer gradient is shortened before an update."""
