"""All the models that the package ships."""

from lstm_viz.tasks import Model, load_model, model_names
from lstm_viz.tasks.model import FOLDER


def load_every_model() -> list[Model]:
    """Load each task's model of each cell that has weights."""
    cells = {
        name: [path.stem.rpartition("-")[2] for path in FOLDER.glob(f"{name}-*.safetensors")] for name in model_names()
    }
    return [load_model(name, cell) for name in model_names() for cell in sorted(cells[name])]
