"""Tomorrow's temperature from the days before it."""

from lstm_viz.tasks.answers import Scaled
from lstm_viz.tasks.points import Ahead, Beside, Bounds, Jump, Peaks, Rises
from lstm_viz.tasks.readers import Numbers, Unit
from lstm_viz.tasks.task import Example, Task

FAHRENHEIT = Unit(1.8, 32)
READER = Numbers(noun="days", unit="°C", units={"C": Unit(), "F": FAHRENHEIT}, centre=15.0, spread=10.0, step=0.1)


TEMPERATURE = Task(
    name="temperature",
    title="Tomorrow’s temperature",
    question="After these days, how warm will tomorrow be?",
    output="The highest temperature of the next day, in °C, guessed after every day. Fed its own guesses, the network "
    "goes on for days ahead, and soon drifts towards what is usual.",
    labels=("tomorrow",),
    reader=READER,
    answers=Scaled(READER.spread, READER.centre),
    limit=1000,
    examples=(
        Example(
            "One hot day",
            "15, 15, 15, 15, 15, 15, 15, 28, 15, 15, 15, 15",
            (Jump(7, later=2),),
        ),
        Example(
            "Warmer every day",
            "8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23",
            (Beside(),),
        ),
        Example(
            "Heat wave, Seattle 2015",
            "25, 25.6, 25, 26.1, 25.6, 30.6, 31.7, 33.3, 28.3, 28.9, 30.6, 32.2, 33.9, 33.3, 33.3, 32.8, 29.4, 27.2, "
            "30, 28.9, 21.1, 22.2, 26.1, 25.6, 27.8",
            (Peaks(4),),
        ),
        Example(
            "A cold week",
            "12.2, 12.2, 7.8, 7.8, 10, 7.8, 9.4, 11.1, 9.4, 6.1, 7.8",
            (Ahead(),),
        ),
        Example(
            "Never seen",
            "30, 34, 38, 42, 46, 50",
            (Rises(), Bounds()),
        ),
    ),
    unit="°C",
    is_classifier=False,
    horizon=7,
)
