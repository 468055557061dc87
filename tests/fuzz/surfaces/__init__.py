"""What takes input, a file each; `SURFACES` names them."""

from collections.abc import Callable

from tests.fuzz.surface import Surface
from tests.fuzz.surfaces.links import Links
from tests.fuzz.surfaces.messages import Actions, Messages

SURFACES: dict[str, Callable[[], Surface]] = {"links": Links, "actions": Actions, "messages": Messages}
