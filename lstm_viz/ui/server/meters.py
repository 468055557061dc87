"""What is counted for an operator: each metric's name, kind, labels and meaning, in one table; and the counting.

`docs/operating.md` shows the table, `deploy/prometheus/rules.yml` is written in these names, and tests hold them equal.
Only what `LSTM_VIZ_METRICS` asks for loads this.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics import disable_created_metrics
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds, up to which answers are counted apart: words are late after two."""
LONG_BUCKETS = (0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0, 300.0)
"""The same of long work."""
Reading = float | Mapping[tuple[str, ...], float]
"""What a gauge shows: a number, or one for each combination of its labels."""


@dataclass(frozen=True)
class Meter:
    """A metric.

    Attributes
    ----------
    name : as Prometheus knows it, with its unit
    kind : "counter", "histogram", or "gauge", which is read when scraped
    meaning : what an operator reads of it
    labels : by which it is told apart
    buckets : of a histogram
    """

    name: str
    kind: str
    meaning: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()


MESSAGE_SECONDS = Meter(
    "lstm_viz_message_seconds",
    "histogram",
    "Seconds from taking up what a reader did to having its words, by page. Its count is the number of messages: a key "
    "costs none, typing that rests costs one.",
    ("page",),
    BUCKETS,
)
JOB_SECONDS = Meter(
    "lstm_viz_job_seconds",
    "histogram",
    "Seconds that long work took from its turn to its end, by its kind and how it ended: done, stopped or failed.",
    ("kind", "end"),
    LONG_BUCKETS,
)
JOBS = Meter(
    "lstm_viz_jobs", "gauge", "Long work under way now, by kind: running, or waiting for its turn.", ("kind", "state")
)
REFUSALS = Meter(
    "lstm_viz_refusals_total",
    "counter",
    "What readers were refused in a sentence, by what: the settings of a link or of a view’s file, an act on a page, a "
    "file, a lesson, a prediction, what was asked of a room or of a training.",
    ("what",),
)
ERRORS = Meter(
    "lstm_viz_errors_total", "counter", "Errors that no reader should see; the log has a line on each, with its place."
)
COUNTED = (MESSAGE_SECONDS, JOB_SECONDS, REFUSALS, ERRORS)
READ = (
    JOBS,
    Meter(
        "lstm_viz_info",
        "gauge",
        "Always 1; its labels say which versions run.",
        ("version", "streamlit", "torch", "python"),
    ),
    Meter("lstm_viz_ready", "gauge", "1 once all networks that ship are loaded, as `/health` says; else 0."),
    Meter("lstm_viz_sessions", "gauge", "Sessions in memory: connected, or dropped and kept for a while.", ("state",)),
    Meter(
        "lstm_viz_trainings",
        "gauge",
        "Trainings that readers have open, by state; waiting are those in the queue.",
        ("state",),
    ),
    Meter("lstm_viz_rooms", "gauge", "Rooms of a show of hands that are open; of all processes that share a Redis."),
    Meter(
        "lstm_viz_own_bytes", "gauge", "Bytes that readers’ own networks take, by kind: uploads, trainings.", ("kind",)
    ),
    Meter(
        "lstm_viz_memory_limit_bytes",
        "gauge",
        "Bytes of memory that this process may have: its container’s limit, else what the machine has.",
    ),
)
METERS = (*COUNTED, *READ)
"""All of them; `process_…` and `python_…` come from prometheus_client itself."""


class Meters(Collector):
    """What a process has counted so far, and reads off when it is scraped.

    Parameters
    ----------
    whole : whether what prometheus_client itself knows of the process is told too, as its resident memory
    """

    TYPE = CONTENT_TYPE_LATEST
    """The media type of its text."""

    def __init__(self, whole: bool = True) -> None:
        disable_created_metrics()
        self.registry = CollectorRegistry()
        self._readings: dict[str, Callable[[], Reading]] = {}
        self._messages = _histogram(MESSAGE_SECONDS, self.registry)
        self._jobs = _histogram(JOB_SECONDS, self.registry)
        self._refusals = Counter(REFUSALS.name, REFUSALS.meaning, REFUSALS.labels, registry=self.registry)
        self._errors = Counter(ERRORS.name, ERRORS.meaning, registry=self.registry)
        self.registry.register(self)
        if whole:
            ProcessCollector(registry=self.registry)
            PlatformCollector(registry=self.registry)

    def message(self, page: str, seconds: float) -> None:
        """See `metrics`."""
        self._messages.labels(page).observe(seconds)

    def job(self, kind: str, seconds: float, end: str) -> None:
        """See `metrics`."""
        self._jobs.labels(kind, end).observe(seconds)

    def refused(self, what: str) -> None:
        """See `metrics`."""
        self._refusals.labels(what).inc()

    def error(self) -> None:
        """See `metrics`."""
        self._errors.inc()

    def read(self, name: str, reading: Callable[[], Reading]) -> None:
        """Show this at every scrape.

        Parameters
        ----------
        name : of a `Meter` that is a gauge
        reading : finds it; must not wait for anything, and where it fails the gauge is left out
        """
        self._readings[name] = reading

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges, as prometheus_client asks for them."""
        for meter in READ:
            reading = self._readings.get(meter.name)
            found: Reading | None = None
            with suppress(Exception):
                found = reading() if reading else None
            if found is None:
                continue
            family = GaugeMetricFamily(meter.name, meter.meaning, labels=meter.labels)
            for labels, value in (found if isinstance(found, Mapping) else {(): found}).items():
                family.add_metric(labels, value)
            yield family

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)


def _histogram(meter: Meter, registry: CollectorRegistry) -> Histogram:
    return Histogram(meter.name, meter.meaning, meter.labels, buckets=meter.buckets, registry=registry)
