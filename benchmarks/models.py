"""All the models that the package ships."""

from lstm_viz.tasks import Model, load_model, model_names
from lstm_viz.tasks.model import FOLDER


def load_every_model() -> list[Model]:
    """Load each task's model of each cell that has weights."""
    files = [path.stem.rpartition("-") for path in sorted(FOLDER.glob("*.safetensors"))]
    return [load_model(name, cell) for name, _, cell in files if name in model_names()]
