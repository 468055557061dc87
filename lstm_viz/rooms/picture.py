"""The address of a room as a QR code, for a telephone's camera."""

from urllib.parse import urlsplit

from lstm_viz.rooms.codes import read_code
from lstm_viz.rooms.errors import Wrong

LONGEST = 300
"""Letters of an address; more make a code that no camera reads from the last row."""


def squares(address: str) -> list[str]:
    """The rows of a QR code, each a text of "1" for black and "0" for white, without the white edge around them.

    Parameters
    ----------
    address : of the page of a room

    Raises
    ------
    Wrong
        where it is no such address
    """
    import segno  # only who opens a room needs it

    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    *_, place, code = ["", *parts.path.split("/")]
    if parts.scheme not in ("http", "https") or not parts.netloc or place != "room" or read_code(code) != code:
        raise Wrong("That is not the address of a room: expected one such as https://any.host/room/KTRM.")
    if len(address) > LONGEST or not address.isascii():
        raise Wrong(f"The address of the room is too long for a QR code of use: at most {LONGEST} letters.")
    return ["".join(map(str, row)) for row in segno.make(address, error="m", micro=False).matrix]
