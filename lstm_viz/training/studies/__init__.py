"""The tasks on which cells are compared, each with its lengths and its budget, the same for every cell."""

from collections.abc import Mapping

from lstm_viz.training.studies.adding import AddingStudy
from lstm_viz.training.studies.counting import CountingStudy
from lstm_viz.training.studies.parity import ParityStudy
from lstm_viz.training.studies.study import Study

STUDIES: Mapping[str, Study] = {study.task: study for study in (AddingStudy(), CountingStudy(), ParityStudy())}
"""By task."""

__all__ = ["STUDIES", "Study"]
