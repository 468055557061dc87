"""A show of hands: a class predicts on its telephones, and the lecturer's page shows what it predicted.

A room has a code, one question at a time, and the answers to it. It knows no names, it ends after `LIFE` seconds or
when the lecturer closes it, and nothing of it is kept then. `Rooms` has the rules; a store has the rooms: `Memory`
those of one process, `shared.Shared` those of all processes that name the same Redis.
"""

from lstm_viz.rooms.errors import NoRoom, NotTheLecturer, NotYet, RoomError, TooLate, TooMany, Unreachable, Wrong
from lstm_viz.rooms.memory import Memory
from lstm_viz.rooms.rooms import LIFE, MOST_ANSWERS, MOST_ROOMS, Opened, Rooms
from lstm_viz.rooms.store import Now, Store

__all__ = [
    "LIFE",
    "MOST_ANSWERS",
    "MOST_ROOMS",
    "Memory",
    "NoRoom",
    "NotTheLecturer",
    "NotYet",
    "Now",
    "Opened",
    "RoomError",
    "Rooms",
    "Store",
    "TooLate",
    "TooMany",
    "Unreachable",
    "Wrong",
]
