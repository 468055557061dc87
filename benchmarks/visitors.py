"""A session that can do all that a reader can, on any page: its front end without a browser, a step at a time.

Where `tabs` measures how one page answers many messages, a visitor walks about: it opens pages, tells any component on
them something, uses controls, uploads, and fetches what it was given the address of. What it is sent can be kept.
"""

import asyncio
import gzip
import http.client
import json
from collections.abc import Callable
from time import monotonic
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

from benchmarks.lines import Line

PATIENCE = 60.0
"""Seconds that one answer may take."""
POLL = 0.1
"""Seconds between two runs of a part of a page that asks to be run again and again."""
COMPONENT = "lstm_viz_"
CONTROLS = ("button", "file_uploader", "selectbox", "number_input", "slider", "text_input", "text_area")


class Visitor:
    """One session.

    Parameters
    ----------
    url : of a server
    keeps : whether all that is heard is kept
    """

    def __init__(self, url: str, *, keeps: bool = False) -> None:
        self.url, self.line, self.keeps = url, Line(url), keeps
        self.heard: list[bytes] = []
        """All that came, over the line and from addresses, as it is when nothing of it is compressed."""
        self.errors: list[str] = []
        self.page = self.query = self.session = ""
        self.there: dict[str, tuple[str, str, Element]] = {}
        """Folder of a component, or label of a control → its id, the fragment that it is in, and what it is."""
        self.texts: list[str] = []
        """What stands on the page in words."""
        self._hash = self._again = ""
        self._idle = asyncio.Event()
        self._places: asyncio.Queue[Any] = asyncio.Queue()

    async def come(self) -> Self:
        """Connect."""
        line = await self.line.open(self.session)
        self._reader = asyncio.create_task(self._read(line))
        return self

    async def leave(self) -> None:
        """Close the tab."""
        self._reader.cancel()
        await self.line.close()

    async def open(self, page: str, **query: Any) -> None:
        """Go to a page, by its name in ``pages/``, with such settings."""
        self.page, self.query, self._hash = page, urlencode(query), ""
        await self._run()

    async def tell(self, component: str, **state: Any) -> None:
        """Have a component say something; it keeps the page waiting until all that follows is done.

        Parameters
        ----------
        component : its folder in `web/pages`
        state : what it sets
        """
        id_, fragment, _ = self.there[component]
        await self._run(WidgetState(id=id_, json_value=json.dumps(state)), fragment)

    async def use(self, label: str, fill: Callable[[WidgetState], Any]) -> None:
        """Use one of Streamlit's own controls."""
        id_, fragment, _ = self.there[label]
        widget = WidgetState(id=id_)
        fill(widget)
        await self._run(widget, fragment)

    async def press(self, label: str) -> None:
        """Press a button."""
        await self.use(label, lambda widget: setattr(widget, "trigger_value", True))

    async def upload(self, label: str, name: str, content: bytes) -> None:
        """Drop a file on a field."""
        request = BackMsg()
        request.file_urls_request.request_id = name
        request.file_urls_request.file_names.append(name)
        request.file_urls_request.session_id = self.session
        await self.line.send(request.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            where = await self._places.get()
        status, _ = await self.send(where.upload_url, content, name)
        assert status < 300, status

        def fill(widget: WidgetState) -> None:
            info = widget.file_uploader_state_value.uploaded_file_info.add()
            info.name, info.size, info.file_id = name, len(content), where.file_id
            info.file_urls.CopyFrom(where)

        await self.use(label, fill)

    async def send(self, address: str, content: bytes, name: str = "file") -> tuple[int, bytes]:
        """Put a file at an address, as a browser's form does → status and answer."""
        head = f'--x\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'.encode()
        body = b"".join([head, content, b"\r\n--x--\r\n"])
        token = self.line.cookies.get("_streamlit_xsrf", "")
        about = {"Cookie": f"_streamlit_xsrf={token}", "X-Xsrftoken": token}
        return await self.ask(address, body, "PUT", {"Content-Type": "multipart/form-data; boundary=x", **about})

    async def ask(
        self, address: str, body: Any = None, method: str = "", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """What is at an address → status and content; a body that is not bytes is told as JSON."""
        sent = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        given = {"Content-Type": "application/json"} if sent is not None else {}

        def fetch() -> tuple[int, bytes]:
            host = urlsplit(self.url)
            line = http.client.HTTPConnection(str(host.hostname), host.port, timeout=PATIENCE)
            place = f"{host.path}/{address.lstrip('/')}"
            line.request(method or ("GET" if sent is None else "POST"), place, sent, given | (headers or {}))
            answer = line.getresponse()
            content = answer.read()
            line.close()
            if answer.headers.get("Content-Encoding") == "gzip":
                content = gzip.decompress(content)
            return answer.status, str(answer.headers).encode() + content

        status, content = await asyncio.to_thread(fetch)
        self._keep(content)
        return status, content.partition(b"\n\n")[2]

    def bytes_of(self, component: str) -> bytes:
        """What a component was sent last."""
        return self.there[component][2].bidi_component.bytes

    def json_of(self, component: str) -> Any:
        """The same of one that is sent JSON."""
        sent = self.there[component][2].bidi_component
        return json.loads(sent.mixed.json or sent.json)

    async def _run(self, widget: WidgetState | None = None, fragment: str = "") -> None:
        await self._ask_for_a_run(widget, fragment)
        give_up = monotonic() + PATIENCE
        while monotonic() < give_up:
            async with asyncio.timeout(PATIENCE):
                await self._idle.wait()
            if not self._again:
                return
            await asyncio.sleep(POLL)
            await self._ask_for_a_run(None, self._again, by_itself=True)
        self.errors.append(f"{self.page}: not done within {PATIENCE:g} s")

    async def _ask_for_a_run(self, widget: WidgetState | None, fragment: str, *, by_itself: bool = False) -> None:
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_script_hash, run.fragment_id = self.query, self._hash, fragment
        run.is_auto_rerun = by_itself
        if not self._hash:
            run.page_name = self.page
        run.widget_states.SetInParent()
        if widget is not None:
            run.widget_states.widgets.append(widget)
        context = run.context_info
        context.timezone, context.locale, context.color_scheme = "UTC", "en-US", "light"
        context.url = f"{self.url}/{self.page}"
        self._idle.clear()
        await self.line.send(message.SerializeToString())

    async def _read(self, line: Any) -> None:
        try:
            async for frame in line:
                self._keep(frame)
                self._take(ForwardMsg.FromString(frame))
        except ConnectionClosed:
            pass
        except Exception as error:  # what happens to one visitor is an error of the run, not its end
            self.errors.append(repr(error))
        self._idle.set()

    def _keep(self, content: bytes) -> None:
        if self.keeps:
            self.heard.append(content)

    def _take(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self._hash = message.new_session.page_script_hash or self._hash
                self.session = message.new_session.initialize.session_id or self.session
                if not message.metadata.run.fragment_ids:
                    # A run of the whole page begins anew what runs again and again.
                    self.there, self.texts, self._again = {}, [], ""
            case "navigation":
                self._hash = message.navigation.page_script_hash or self._hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "auto_rerun":
                self._again = message.auto_rerun.fragment_id
            case "file_urls_response":
                self._places.put_nowait(message.file_urls_response.file_urls[0])
            case "script_finished" if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._idle.set()
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._show(message.delta.new_element, message.delta.fragment_id)

    def _show(self, element: Element, fragment: str) -> None:
        kind = str(element.WhichOneof("type"))
        shown: Any = getattr(element, kind, None)
        if kind == "exception":
            self.errors.append(element.exception.message)
        elif kind == "bidi_component":
            folder = shown.component_name.rpartition(".")[2].removeprefix(COMPONENT).removesuffix("_joined")
            self.there[folder] = shown.id, fragment, element
        elif kind in CONTROLS:
            self.there[shown.label] = shown.id, fragment, element
        elif kind in ("markdown", "alert"):
            self.texts.append(shown.body)
