"""``python -m benchmarks.hostile KIND URL SEED``: a session that asks for as much as it may, one thing after another.

What that costs the others is for `fair` to say; it runs in a process of its own, so that it delays nobody there.
"""

import argparse
import asyncio
import http.client
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

import torch
from safetensors.torch import save
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.front_end import Said, Tab
from lstm_viz.learning import Plan
from lstm_viz.ui.bridge.payload import unpack

BEGUN = "begun"
"""What is printed once the page is open."""
BREAK = 0.05
"""Seconds between two requests."""
AGAIN = 0.5
"""Seconds after which one looks again whether a file is made."""
PATIENCE = 120.0
"""Seconds that one may take."""
SIZE = 180
"""MB of an upload: what is left of the limit is for those who write it down otherwise."""
WORDS = 4900
"""Of a text that is tried in every way."""


class Hostile(Tab):
    """A tab that asks for something heavy until it is closed; no two of different seeds ask for the same."""

    page = ""

    def __init__(self, url: str, seed: int) -> None:
        super().__init__(url)
        self.seed, self.done = seed, 0
        self.ids: dict[str, str] = {}
        """Label of a control → its id."""
        self.header: dict[str, Any] = {}
        """What the page's component was told last."""
        self._repeats = self._timed = ""
        self._addresses: asyncio.Queue[Any] = asyncio.Queue()

    def address(self) -> Mapping[str, Any]:
        """What the page is opened with."""
        return {}

    async def ask(self, turn: int) -> None:
        """Ask for one thing, and wait until it is there."""
        raise NotImplementedError

    async def attack(self) -> None:
        """Go on until cancelled."""
        await self.open(urlencode(self.address()), self.page)
        print(BEGUN, flush=True)
        for turn in count():
            await self.ask(turn)
            self.done += 1
            print(f"{self.done} done", flush=True)
            await asyncio.sleep(BREAK)

    def state(self, unanswered: list[Said]) -> dict[str, Any]:
        """A message of the page's component, with its number."""
        last = unanswered[-1]
        return {"message": {"number": last.number, **last.what}}

    def answered(self, component: BidiComponent) -> int:
        """Keep what it was told; whatever that is answers the last message."""
        self.header = unpack(component.bytes)[0] if component.bytes else self.header
        return int(self.header.get("received", self.number))

    def is_page(self, component: BidiComponent) -> bool:
        """Whether it is the page's own; a page of charts has none, and any will do."""
        return not self._widget or (bool(component.bytes) and "received" in unpack(component.bytes)[0])

    def opened(self) -> bool:
        """Whether there is something to ask with."""
        return bool(self._widget or self.ids)

    async def set(self, label: str, fill: Callable[[WidgetState], Any]) -> None:
        """Use a control, and wait until nothing of what follows is left to do."""
        message = self._message()
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id = self.ids[label]
        fill(widget)
        await self._send(message)
        await self.at_rest()

    async def at_rest(self) -> None:
        """Have the parts run again that ask for it, as a browser does, until none does."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            async with asyncio.timeout(PATIENCE):
                await self._idle.wait()
            if not self._repeats:
                return
            await asyncio.sleep(0.3)
            message = self._message(self._repeats)
            message.rerun_script.is_auto_rerun = True
            await self._send(message)

    async def _take(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self._timed = ""
            case "auto_rerun":
                self._repeats = self._timed = message.auto_rerun.fragment_id
            case "script_finished" if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                # A run of the whole page without a part that runs again and again has ended that.
                self._repeats = self._timed
            case "file_urls_response":
                self._addresses.put_nowait(message.file_urls_response.file_urls[0])
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                for kind in (element.number_input, element.file_uploader):
                    if kind.label:
                        self.ids[kind.label] = kind.id
        await super()._take(message)

    def _fetch(self, address: str) -> None:
        host = urlsplit(self.url)
        line = http.client.HTTPConnection(str(host.hostname), host.port)
        line.request("GET", f"/{address}", headers={"Accept-Encoding": "gzip"})
        if not line.getresponse().read():
            self.errors.append(f"nothing at {address}")


class Trains(Hostile):
    """Has two trainings that race, looks at them as a browser does, and begins anew once they end."""

    page = "watch_it_learn"

    def address(self) -> Mapping[str, Any]:
        """Two long ones."""
        first = Plan(units=32, length=100, updates=5000, curriculum=False, seed=self.seed)
        return {"watch": first.written, "watch_against": replace(first, cell="gru").written}

    async def ask(self, turn: int) -> None:
        """Begin, and ask for news for a while."""
        await self.say({"settings": {}, "act": {"id": turn + 1, "what": "begin"}}, timed=False)
        await self.answered_all()
        await asyncio.to_thread(self._look, 10.0)

    def _look(self, seconds: float) -> None:
        host = urlsplit(self.url)
        line = http.client.HTTPConnection(str(host.hostname), host.port)
        known, until, pieces = {"number": "", "state": ""}, time.monotonic() + seconds, 0
        while time.monotonic() < until:
            line.request("GET", f"/{self.header['training']['address']}/news?{urlencode(known)}")
            header = unpack(line.getresponse().read())[0]
            known = {"number": header["number"], "state": header["state"]}
            pieces += 1
        updates = [lane["update"] for lane in header["lanes"]]
        print(f"{pieces / seconds:.1f} pieces of news a second, {updates} updates, {header['state']}", flush=True)


class Uploads(Hostile):
    """Opens the largest file, and once it is on show, opens it again."""

    page = "your_model"
    label = "A file with the weights of your model"

    async def ask(self, turn: int) -> None:
        """One file."""
        request = BackMsg()
        request.file_urls_request.request_id = str(turn)
        request.file_urls_request.file_names.append("model.safetensors")
        request.file_urls_request.session_id = self.session
        await self.line.send(request.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            where = await self._addresses.get()
        await asyncio.to_thread(self._put, where.upload_url)

        def fill(widget: WidgetState) -> None:
            info = widget.file_uploader_state_value.uploaded_file_info.add()
            info.name, info.size, info.file_id = "model.safetensors", len(large_file()), where.file_id
            info.file_urls.CopyFrom(where)

        await self.set(self.label, fill)

    def _put(self, place: str) -> None:
        host = urlsplit(self.url)
        line = http.client.HTTPConnection(str(host.hostname), host.port)
        head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="model.safetensors"\r\n\r\n'
        tail = b"\r\n--x--\r\n"
        body = large_file()
        line.putrequest("PUT", place)
        line.putheader("Content-Type", "multipart/form-data; boundary=x")
        line.putheader("Content-Length", str(len(head) + len(body) + len(tail)))
        line.endheaders(head)
        line.send(body)
        line.send(tail)
        answer = line.getresponse()
        answer.read()
        if answer.status >= 300:
            print(f"upload refused: {answer.status}", flush=True)


@cache
def large_file() -> bytes:
    """An LSTM of `SIZE` MB, of which every number has to be looked at."""
    units = 1500
    inputs = SIZE * 2**20 // 4 // (4 * units) - units
    torch.manual_seed(0)
    return save({k: v.detach() for k, v in torch.nn.LSTM(inputs, units).state_dict().items()})


class Gradients(Hostile):
    """Follows gradients through as many steps and units as the page takes, of one seed after the other."""

    page = "vanishing_gradient"

    def address(self) -> Mapping[str, Any]:
        """The largest."""
        return {"networks": "fresh", "length": 1000, "hidden": 128, "seed": 1000 * self.seed}

    async def ask(self, turn: int) -> None:
        """Another seed."""
        await self.set("Seed", lambda widget: setattr(widget, "int_value", 1000 * self.seed + turn + 1))


class Clamps(Hostile):
    """Holds a gate over a long text at one value after the other, and has all units ranked."""

    page = "what_if"

    def address(self) -> Mapping[str, Any]:
        """The longest text."""
        words = ("good", "bad", "not", "film", "funny", "dull", "warm", str(self.seed))
        return {"text": " ".join(words[k * k % len(words)] for k in range(WORDS)), "ranking": "all"}

    async def ask(self, turn: int) -> None:
        """Another value."""
        clamp = f"forget_gate={(turn % 97 + 1) / 100:g}"
        await self.do("set", {"clamps": clamp}, turn)
        await self.at_rest()

    async def do(self, name: str, what: Mapping[str, Any], turn: int) -> None:
        """Have something done, and wait for the answer."""
        message = {
            "session": self.header["session"],
            "sender": str(id(self)),
            "edits": turn + 1,
            "before": [],
            "has": {},
        }
        await self.say({**message, "actions": [[name, what]]}, timed=False)
        await self.answered_all()


class Takes(Clamps):
    """Takes away all numbers of a long run, again and again."""

    page = ""

    async def ask(self, turn: int) -> None:
        """A CSV, asked for until it is made, as the page does."""
        asked = {"id": f"{turn}", "kind": "csv", "theme": "light"}
        self.header.pop("taken", None)
        while not self.header.get("taken", {}).get("made"):
            await self.do("take", asked, turn)
            await asyncio.sleep(AGAIN)
        if address := self.header["taken"]["address"]:
            await asyncio.to_thread(self._fetch, address)
        await self.do("take", {"id": f"{turn}", "leave": True}, turn)


KINDS: Mapping[str, type[Hostile]] = {
    "trainings": Trains,
    "uploads": Uploads,
    "gradients": Gradients,
    "what-ifs": Clamps,
    "take-aways": Takes,
}


async def main() -> None:
    """Attack until ended, or until something goes wrong, which is said."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("url")
    parser.add_argument("seed", type=int)
    given = parser.parse_args()
    tab = KINDS[given.kind](given.url, given.seed)
    try:
        await tab.attack()
    finally:
        print(json.dumps({"done": tab.done, "errors": tab.errors[:2]}), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
