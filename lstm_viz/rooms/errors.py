"""Why a room says no, each a sentence for who asked."""


class RoomError(Exception):
    """Any of these; its text is a sentence that can be shown."""


class NoRoom(RoomError):
    """No room has this code, or no longer."""


class NotTheLecturer(RoomError):
    """What only who opened the room may do, without the room's secret."""


class NotYet(RoomError):
    """What is shown only after the reveal."""


class TooLate(RoomError):
    """An answer after the reveal, or to a question that is no longer asked."""


class TooMany(RoomError):
    """One room more than there may be, or one answer more than a room takes."""


class Wrong(RoomError):
    """A question that no room can ask, or an answer that is none to the question."""


class Unreachable(RoomError):
    """The store of the rooms does not answer."""
