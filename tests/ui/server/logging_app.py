"""A process that logs as the server does, and into which a text gets wherever one can: what it writes is looked at."""

import logging
import sys
import threading
import traceback
import warnings

from streamlit.error_util import handle_uncaught_app_exception
from streamlit.logger import get_logger

from lstm_viz.ui.server import log, logged

TYPED = sys.argv[1]


class Opaque(Exception):
    """Whose message is what was typed."""


def fail() -> None:
    try:
        raise KeyError(TYPED)
    except KeyError as error:
        raise Opaque(f"cannot read {TYPED!r}") from error


early = get_logger("streamlit.early")
logged.begin()
late = get_logger("streamlit.late")
for logger in (early, late, logging.getLogger("some.library"), logging.getLogger()):
    logger.warning("read %s in %d steps", TYPED, 12)
    logger.warning(f"read {TYPED}")
    logger.error(TYPED)
    try:
        fail()
    except Opaque:
        logger.exception("did not read %r", TYPED)
        traceback.print_exc()
try:
    fail()
except Opaque as error:
    handle_uncaught_app_exception(error)
thread = threading.Thread(target=fail)
thread.start()
thread.join()
warnings.warn(TYPED, stacklevel=1)
print(TYPED)
print(TYPED, file=sys.stderr)
log.fact("told", text=TYPED, seconds=0.25, many=3, page="gates")
fail()
