"""Tomorrow's temperature from the days before it."""

from lstm_viz.tasks.answers import Scaled
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
            "At the hot day the guess jumps by more than 6 °C, but stays below 28 °C: some of the heat should "
            "pass. Two days later it is within 1.5 °C of 15 °C again.",
        ),
        Example(
            "Warmer every day",
            "8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23",
            "A person would guess one degree more each time. From the fifth day on, every guess is below today’s "
            "temperature: weather returns to what is usual more often than it keeps rising.",
        ),
        Example(
            "Heat wave, Seattle 2015",
            "25, 25.6, 25, 26.1, 25.6, 30.6, 31.7, 33.3, 28.3, 28.9, 30.6, 32.2, 33.9, 33.3, 33.3, 32.8, 29.4, 27.2, "
            "30, 28.9, 21.1, 22.2, 26.1, 25.6, 27.8",
            "Days of the held-out year. On every day above 33 °C the network expects a tomorrow more than 1 °C cooler.",
        ),
        Example(
            "A cold week",
            "12.2, 12.2, 7.8, 7.8, 10, 7.8, 9.4, 11.1, 9.4, 6.1, 7.8",
            "The forecast for the days ahead climbs from one day to the next: fed its own guesses, the network drifts "
            "back to milder weather.",
        ),
        Example(
            "Never seen",
            "30, 34, 38, 42, 46, 50",
            "The last days lie outside the training range and are flagged. Each rises by 4 °C, the guesses by less and "
            "less: gates and states cannot grow past 1.",
        ),
    ),
    unit="°C",
    is_classifier=False,
    horizon=7,
)
