"""What a reader does on the server, and what it is answered, with all left out that is drawn by lot."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import torch
from torch import nn

from benchmarks.visitors import Visitor
from lstm_viz.learning import Plan
from lstm_viz.lessons import shipped
from lstm_viz.ui.bridge.payload import unpack
from tests.files.making import safetensors

FILE = "model.safetensors"
"""What everybody's file is called: a name tells nobody's model from another's."""
TEXT = "a warm and funny film"
"""What everybody reads, besides what only they do."""
UPLOADER = "A file with the weights of your model"
PLAN = Plan(task="parity", units=2, length=4, updates=30, curriculum=False)
LESSON = "4-reading-a-trained-network"
LOT = re.compile(r"[\w-]{43}|\b[0-9a-f]{32}\b|\b[0-9a-f]{16}\b|\d+ s on 1 thread")
"""Secrets, names of sessions and of networks, sums of files, times: another each time, or of what is another."""
AGAIN = 0.1
"""Seconds until one asks again for what is being made."""
DRAWN = ("parts", "code", "secret")
"""Parts of a message that are drawn by lot, or sums over such."""


@dataclass
class Reader:
    """Somebody with what only they know.

    Attributes
    ----------
    name : ASCII, in no vocabulary
    seed : of their networks
    value : that they hold gates at, and predict
    told : secrets that the server has told them alone
    """

    visitor: Visitor
    name: str
    seed: int
    value: float
    told: set[str] = field(default_factory=set)
    number: int = 0

    @cached_property
    def weights(self) -> Mapping[str, torch.Tensor]:
        """Of the model in their file."""
        torch.manual_seed(self.seed)
        return dict(nn.LSTM(3, 4).state_dict())

    @property
    def marks(self) -> list[bytes]:
        """What nobody else may be sent: words, secrets, and weights as they lie in a file."""
        drawn = self.weights.values() if "weights" in vars(self) else ()
        parts = [part.numpy().tobytes()[k : k + 12] for part in drawn for k in (0, 24)]
        return [self.name.encode(), *(each.encode() for each in (self.visitor.session, *self.told)), *parts]

    async def say(self, page: str, *actions: Any) -> None:
        """What a live page tells of what was done on it."""
        self.number += 1
        about = {"sender": "the same", "number": self.number, "edits": self.number, "before": [], "has": {}}
        await self.visitor.tell(page, message={**about, "session": self.header(page)["session"], "actions": actions})

    async def open(self, page: str, **query: Any) -> None:
        """Follow a link to a page; a link within the app leads nowhere from the page that it is of."""
        if self.visitor.page == page:
            await self.visitor.open("build_by_hand")
        await self.visitor.open(page, **query)

    def header(self, page: str) -> dict[str, Any]:
        """What a page was told, with its secrets noted."""
        found = unpack(self.visitor.bytes_of(page))[0]
        self.told |= {found["session"]} if "session" in found else set()
        self.told |= set(re.findall(r"assets/([\w-]{43})/", json.dumps(found)))
        return found

    def shown(self) -> list[Any]:
        """All that stands on the page."""
        there = self.visitor.there.items()
        parts = [[name, sent(element)] for name, (_, _, element) in there if name not in ("present", "strip")]
        return [sorted(parts, key=str), self.visitor.texts, self.visitor.errors]


def sent(element: Any) -> Any:
    """What one part of a page was sent."""
    kind = element.WhichOneof("type")
    if kind != "bidi_component":
        return LOT.sub("*", str(getattr(getattr(element, kind), "label", "")))
    component = element.bidi_component
    if not component.bytes:
        return told(json.loads(component.mixed.json or component.json))
    header, arrays = unpack(component.bytes)
    file = component.bytes[len(component.bytes) - 200 :] if header.get("taken") else b""
    return [told(header), {name: [each.shape, each.tobytes().hex()] for name, each in arrays.items()}, file.hex()]


def told(value: Any) -> Any:
    """A plain value without what is drawn by lot, and without sums over that."""
    if isinstance(value, dict):
        return {LOT.sub("*", name): told(each) for name, each in value.items() if name not in DRAWN}
    if isinstance(value, list):
        return [told(each) for each in value]
    return LOT.sub("*", value) if isinstance(value, str) else value


async def types(reader: Reader) -> Any:
    """A text, a letter more, and back."""
    await reader.open("", text=TEXT, step=1, unit=2)
    await reader.say("gates", ["type", f"{TEXT} {reader.name}"])
    first = reader.shown()
    await reader.say("gates", ["undo"])
    return [first, reader.shown()]


async def clamps(reader: Reader) -> Any:
    """A gate held, and all units ranked."""
    await reader.open("what_if", text=f"{TEXT} indeed", step=1, unit=2)
    await reader.say("what_if", ["set", {"clamps": f"forget_gate={reader.value}", "ranking": "forget_gate"}])
    return reader.shown()


async def follows(reader: Reader) -> Any:
    """A memory, and a gradient, on the text that the page before was left with."""
    await reader.open("memory_ledger")
    first = reader.shown()
    await reader.open("vanishing_gradient", networks="trained", text=f"{TEXT} {reader.name}")
    return [first, reader.shown()]


async def compares(reader: Reader) -> Any:
    """Three cells on one text."""
    await reader.open("rnn_lstm_gru", text=f"{reader.name} {TEXT}")
    return reader.shown()


async def uploads(reader: Reader) -> Any:
    """A file, what its gates do, and the same on another page."""
    await reader.open("your_model")
    label = UPLOADER if UPLOADER in reader.visitor.there else next(iter(reader.visitor.there))
    await reader.visitor.upload(label, FILE, safetensors(dict(reader.weights)))
    header = reader.header("gates")
    first = reader.shown()
    for network in header["networks"].values():
        status, content = await reader.visitor.ask(network["weights"])
        assert status == 200
        first.append(content.hex())
    await reader.open("what_if", task="yours", clamps=f"output_gate={reader.value}")
    reader.header("what_if")
    return [first, reader.shown()]


async def trains(reader: Reader) -> Any:
    """A small network to its end, the same opened beside the others, and its states."""
    await reader.open("watch_it_learn", watch=Plan(**{**PLAN_VALUES, "seed": reader.seed}).written)
    reader.number += 1
    act = {"id": reader.number, "what": "begin"}
    await reader.visitor.tell("watch", message={"number": reader.number, "settings": {}, "act": act})
    training = reader.header("watch")["training"]
    reader.told.add(training["secret"])
    news: dict[str, Any] = {"goesOn": True, "number": "", "state": ""}
    while news["goesOn"]:
        known = f"number={news['number']}&state={news['state']}"
        news = unpack((await reader.visitor.ask(f"{training['address']}/news?{known}"))[1])[0]
    ended = unpack((await reader.visitor.ask(f"{training['address']}/news"))[1])[1]
    weights = {name: part.tobytes().hex() for name, part in ended.items() if ".weight." in name}
    reader.number += 1
    act = {"id": reader.number, "what": "open", "lane": 0, "page": "inside_the_cell"}
    await reader.visitor.tell("watch", message={"number": reader.number, "settings": {}, "act": act})
    # A browser is led there with the view in its address.
    await reader.open("rnn_lstm_gru", task="trained", text="0110", checkpoint=10)
    reader.header("cells_compared")
    return [weights, reader.shown()]


PLAN_VALUES = {name: getattr(PLAN, name) for name in ("task", "units", "length", "updates", "curriculum")}


async def predicts(reader: Reader) -> Any:
    """A question of a lesson, answered, and a lesson of their own."""
    visitor = reader.visitor
    await reader.open("lessons", lesson=LESSON, at=9)
    asked = visitor.json_of("prediction")
    await visitor.tell("prediction", submitted={"question": asked["question"], "prediction": reader.value})
    first = reader.shown()
    await reader.open("lessons")
    lesson = f"# {reader.name}\n\nAbout it.\n\n## A step\n\nIt says {reader.name}.\n"
    if "Open a lesson, a file that ends in .md" in visitor.there:
        await visitor.upload("Open a lesson, a file that ends in .md", f"{reader.name}.md", lesson.encode())
    return [first, reader.shown()]


async def asks_the_room(reader: Reader) -> Any:
    """A room, two telephones, the reveal, the results, and the room closed."""
    visitor = reader.visitor
    await reader.open("lessons", lesson=LESSON, at=1)
    put = visitor.json_of("room")
    await visitor.tell("room", message={"question": put["question"], "act": "ask", "id": f"{reader.number}"})
    room = visitor.json_of("room")["room"]
    reader.told.add(room["secret"])

    async def tell(name: str, **body: Any) -> Any:
        return json.loads((await visitor.ask(f"room/{room['code']}/{name}", body))[1])

    def telephone(k: int) -> str:
        browser = f"{reader.name}-telephone-{k}"
        reader.told.add(browser)
        return browser

    heard = []
    for k in range(2):
        given = {"asking": 1, "browser": telephone(k), "prediction": (reader.seed + k) % 3}
        heard.append(await tell("answer", **given))
        heard.append(await tell("own", browser=telephone(k)))
    heard.append(await tell("results", secret="not this"))
    heard.append(await tell("reveal", secret=room["secret"], asking=1))
    heard.append(await tell("results", secret=room["secret"]))
    heard.append(await tell("close", secret=room["secret"]))
    return heard


async def takes(reader: Reader) -> Any:
    """The numbers of a view as a file."""
    await reader.open("inside_the_cell", text=f"{reader.name} {TEXT}", step=0)
    asked = {"id": "1", "kind": "csv", "theme": "light"}
    await reader.say("inside", ["take", asked])
    while not reader.header("inside")["taken"]["made"]:
        await asyncio.sleep(AGAIN)
        reader.number -= 1  # however often one asks, what is told of later is the same
        await reader.say("inside", ["take", asked])
    return reader.shown()


Act = Callable[[Reader], Awaitable[Any]]
ACTS: tuple[Act, ...] = (types, clamps, follows, compares, uploads, trains, predicts, asks_the_room, takes)
assert LESSON in shipped()
