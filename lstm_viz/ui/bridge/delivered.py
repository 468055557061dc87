"""Waiting until all that a run showed is on its way to the browser.

When a fragment runs, Streamlit drops what it has not sent yet of that fragment, though it be of a run of the whole page
that has ended; the browser then hears that the page is complete, takes down what it was not sent, and builds it anew a
moment later: the caret is gone, and the page jumps. A class whose connections come back asks for both at once.
"""

import asyncio
from contextlib import suppress
from typing import Any

from streamlit.runtime import Runtime
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import get_script_run_ctx

LONGEST = 10.0
"""Seconds that a run waits at most."""
STEP, LATER = 0.005, 0.2
"""Seconds between the first two looks, and at most: each is twice as long as the one before, for hundreds may wait."""


def wait() -> None:
    """Return once nothing of this session waits to be sent, or nobody is there to have it."""
    context = get_script_run_ctx()
    if context is None or not Runtime.exists():
        return
    runtime, name = Runtime.instance(), context.session_id
    # Streamlit has no other names for them; where it has these no longer, a page may be built anew, and that is all.
    session: Any = runtime.get_app_session(name)
    queue, loop = getattr(session, "_browser_queue", None), getattr(session, "_event_loop", None)
    if not isinstance(queue, ForwardMsgQueue) or loop is None:
        return

    async def sent() -> None:
        step = STEP
        while not queue.is_empty() and runtime.is_active_session(name):
            await asyncio.sleep(step)
            step = min(LATER, 2 * step)

    # In Streamlit's own loop, where what was shown last comes into the queue, and before this does.
    with suppress(TimeoutError):
        asyncio.run_coroutine_threadsafe(asyncio.wait_for(sent(), LONGEST), loop).result(2 * LONGEST)
