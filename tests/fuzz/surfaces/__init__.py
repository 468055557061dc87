"""What takes input, a file each; `SURFACES` names them."""

from tests.fuzz.surface import Surface
from tests.fuzz.surfaces.addresses import Headers, Served, Steering
from tests.fuzz.surfaces.editors import Editors
from tests.fuzz.surfaces.lessons import Lessons, References
from tests.fuzz.surfaces.links import Links
from tests.fuzz.surfaces.messages import Actions, Messages
from tests.fuzz.surfaces.models import Courses, Models
from tests.fuzz.surfaces.rooms import ShowOfHands
from tests.fuzz.surfaces.views import Views

SURFACES: dict[str, type[Surface]] = {
    "links": Links,
    "views": Views,
    "editors": Editors,
    "models": Models,
    "trainings": Courses,
    "lessons": Lessons,
    "references": References,
    "rooms": ShowOfHands,
    "steering": Steering,
    "served": Served,
    "headers": Headers,
    "actions": Actions,
    "messages": Messages,
}
