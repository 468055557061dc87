"""Debian's Firefox for Playwright, whose own build of it is not needed.

Playwright speaks WebDriver BiDi with any Firefox (its channel `moz-firefox`), but asks for the odd command that an
extended support release does not know yet, and gives up. This stands between the two, and says yes to those. Run as a
script, it is a Firefox to whoever starts it.
"""

import asyncio
import json
import re
import shutil
import stat
import sys
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Playwright
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

NAMES = ("firefox-esr", "firefox")
NOT_KNOWN = {"emulation.setMediaFeaturesOverride"}
"""What Firefox 153 answers “unknown command” to; it is asked only for what is the default anyway."""
LISTENS = "WebDriver BiDi listening on"
COLOURS = "layout.css.prefers-color-scheme.content-override"


def find_firefox() -> str | None:
    """Return the path of a Firefox on this machine, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def launch_firefox(playwright: Playwright, folder: Path, *, dark: bool = False) -> Browser:
    """Start it without a window; the folder is for a file by which Playwright finds this script."""
    program = folder / "firefox"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{__file__}" "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    preferences: dict[str, str | float | bool] = {COLOURS: 0 if dark else 1}
    return playwright.firefox.launch(executable_path=program, channel="moz-firefox", firefox_user_prefs=preferences)


async def main() -> None:
    """Start Firefox with the arguments given, and be to Playwright what it would be."""
    path = find_firefox()
    assert path, f"none of {', '.join(NAMES)} is on the PATH"
    process = await asyncio.create_subprocess_exec(path, *sys.argv[1:], stderr=asyncio.subprocess.PIPE)
    assert process.stderr
    address = ""
    while not address and (line := await process.stderr.readline()):
        if found := re.search(rf"{LISTENS} (ws://\S+)", line.decode()):
            address = found[1]

    async def between(one: ServerConnection) -> None:
        assert one.request
        async with connect(address + one.request.path, max_size=None) as other:
            with suppress(ConnectionClosed):
                await asyncio.gather(_asked(one, other), _answered(one, other))

    async with serve(between, "127.0.0.1", 0, max_size=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        print(f"{LISTENS} ws://127.0.0.1:{port}", file=sys.stderr, flush=True)
        while await process.stderr.readline():
            pass  # nobody reads what it grumbles about, and a full pipe would stop it
        await process.wait()


async def _asked(one: ServerConnection, other: ClientConnection) -> None:
    async for message in one:
        asked = json.loads(message)
        if asked["method"] in NOT_KNOWN:
            await one.send(json.dumps({"type": "success", "id": asked["id"], "result": {}}))
        else:
            await other.send(message)
    await other.close()


async def _answered(one: ServerConnection, other: ClientConnection) -> None:
    async for message in other:
        await one.send(message)
    await one.close()


if __name__ == "__main__":
    asyncio.run(main())
