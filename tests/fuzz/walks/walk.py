"""One walk: so many steps, and what has to hold after each of them and at the end."""

import math
import random
import re
import tempfile
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, CDPSession, ConsoleMessage, Error, Frame, Page

from tests.browser.conftest import PROBE
from tests.driving import FAILED, Server
from tests.fuzz.walks.steps import NAMES, QUERIES, STEPS, Step, go

HANGS = 2.0
"""Seconds that a page may compute without answering."""
ANSWERS = 20.0
"""Seconds in which a page has to answer on a machine with other things to do."""
RESTS = 1.2
"""Seconds for which a view at rest stays the same: past the pauses until it is told, and its address written."""
SETTLES = 60.0
"""Seconds in which everything that a walk began has to come to rest."""
LARGEST = 300.0
"""MB of JavaScript's own memory that a page may hold at the end."""
EXCEPTIONS = "[data-testid=stException]"
# Streamlit has run the page, all of our components are drawn, and the answers to all that they said have come. The
# presenter shows where it listens at the window; what is only fetched for the next page shows nothing.
AT_REST = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  if (app?.dataset.testConnectionState !== "CONNECTED" || app.dataset.testScriptState !== "notRunning") return false;
  if (!document.querySelector("h1") || !document.querySelector(".lv-ways")) return false;
  if (document.querySelector("[data-testid=stSkeleton]")) return false;
  for (const host of document.querySelectorAll("[data-testid=stBidiComponentIsolated]")) {
    if (host.closest(".st-key-lv_present, [class*=st-key-lv_beforehand]")) continue;
    if (!host.shadowRoot?.querySelector(".lv")) return false;
    const page = host.shadowRoot.querySelector(".lv-page");
    if (!page) continue;
    const { painted, sent, received } = page.dataset;
    if (painted === undefined || page.matches(".behind, .behind-choice")) return false;
    if (sent !== undefined && sent !== received) return false;
  }
  return true;
}"""
# Seconds of the longest task of a document since the last look at it.
LONGEST_TASK = """() => new Promise((resolve) => {
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  observer.observe({ type: "longtask", buffered: true });
  setTimeout(() => {
    const all = [...tasks, ...observer.takeRecords()].filter(({ startTime }) => startTime > (window.lookedAt ?? 0));
    observer.disconnect();
    window.lookedAt = performance.now();
    resolve(Math.max(0, ...all.map(({ duration }) => duration)) / 1000);
  });
})"""
# What a page shows, as far as its address says it; a text that is there to be copied is no part of that.
SEEN = """() => {
  const text = [];
  const look = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.shadowRoot) look(each.shadowRoot);
      if (each.matches("textarea:not([readonly])")) text.push(each.value);
    }
  };
  look(document);
  return { address: location.pathname + location.search, text };
}"""
OWN = re.compile(r"task=(yours|trained)|lesson=file-|watch")
"""Addresses of what only the session has that made it."""
UNHEARD = re.compile(r"event=(not_heard|no_message|query_too_long)")
"""What the log says of a client that is none of ours."""
NETWORK = re.compile(r"net::ERR|WebSocket|Failed to (fetch|load)|Network ?Error|Connection|status of 404|offline", re.I)
"""What is said of a network that is cut, or of a training that is gone."""
CANCELED = re.compile(r"^Client Error: File uploader error on file upload - CanceledError")
"""What Streamlit's page notes of an upload that its reader cancels, or whose page is left."""
GONE = re.compile(
    r"^Client Error: Download Button source error - 404|^Failed to load .* 404 \(Not Found\) \(http://[^/]*/media/"
)
"""What Streamlit's page, and the browser, note where the first looks for the file of a download after it was left."""
LEFT = 5.0
"""Seconds after a page was left in which that is still said."""


def in_order(address: str) -> str:
    """An address with its settings in alphabetical order, for in which they stand says nothing."""
    path, mark, query = address.partition("?")
    return path + mark + "&".join(sorted(query.split("&")))


@dataclass
class Walk:
    """A walk under way.

    Attributes
    ----------
    done : what was done, in words
    wrong : what did not hold, "" for nothing
    slowest : seconds by the clock for which a page did one thing, at most
    memory : MB that the last page held at the end
    noted : errors in the console that Streamlit's page notes of what works as it should
    """

    server: Server
    context: BrowserContext
    done: list[str] = field(default_factory=list)
    wrong: str = ""
    slowest: float = 0.0
    memory: float = 0.0
    noted: int = 0

    def __post_init__(self) -> None:
        self._tabs: list[Page] = []
        self._went: dict[Page, tuple[str, float]] = {}
        self._lines: dict[Page, CDPSession] = {}
        self._computed: dict[Page, float] = {}
        self._errors: list[str] = []
        self._cut = False
        self._logged = self.server.tracebacks()
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name
        self.page = self._tab()

    def take(self, draw: random.Random, steps: int) -> None:
        """Walk."""
        try:
            self.open(f"{draw.choice(NAMES).replace('gates_over_time', '')}?{draw.choice(QUERIES)}")
            for _ in range(steps):
                step = draw.choices(list(STEPS), list(STEPS.values()))[0]
                self._step(step, draw)
                if self.wrong:
                    return
            self._end()
        finally:
            self.close()

    def _step(self, step: Step, draw: random.Random) -> None:
        try:
            self._stay_in_the_app()
            self.done.append(step(self, draw))
        except Error as error:
            # The page may go elsewhere in the middle of a step.
            self.done.append(f"{step.__name__}: {str(error).splitlines()[0][:80]}")
        self._look()

    def _stay_in_the_app(self) -> None:
        # Far enough back is where the tab was before.
        if not self.page.url.startswith(self.server.url):
            self.open("")

    def _look(self) -> None:
        """What holds after each step."""
        began, before = time.monotonic(), self._computed.get(self.page, 0.0)
        try:
            self.page.wait_for_function("() => document.body !== null", timeout=1000 * ANSWERS)
            longest = self.page.evaluate(LONGEST_TASK)
            self.slowest = max(self.slowest, longest)
            self._computed[self.page] = self._time_computed()
            # By the clock a task is also long on a machine that does other things.
            if min(longest, self._computed[self.page] - before) >= HANGS:
                self.wrong = f"hangs: computes for {longest:.1f} s"
            boxes = self.page.locator(EXCEPTIONS).count()
            if boxes:
                self.wrong = f"an exception box: {self.page.locator(EXCEPTIONS).first.inner_text()[:200]}"
        except Error as error:
            if time.monotonic() - began >= ANSWERS:
                self.wrong = f"hangs: {str(error)[:100]}"
        # What the log says after an error of another walk is no error by itself.
        new = self.server.tracebacks()[len(self._logged) :]
        if FAILED.search(new):
            self.wrong = f"traceback: {new[-700:]}"
        elif self._errors:
            self.wrong = self._errors[0]

    def _end(self) -> None:
        """What holds once all is at rest: the address shows the same view again."""
        self._stay_in_the_app()
        before = self._settled()
        if UNHEARD.search(self.server.log.read_text(encoding="utf-8", errors="replace")):
            self.wrong = "a page says what the server does not hear"
        self.memory = self.page.evaluate("() => (performance.memory?.usedJSHeapSize ?? 0) / 2 ** 20")
        if self.memory > LARGEST:
            self.wrong = f"the page holds {self.memory:.0f} MB"
        if not self.wrong and not OWN.search(before["address"]) and len(before["address"]) < 7500:
            self.page.reload(wait_until="domcontentloaded")
            give_up, after = time.monotonic() + ANSWERS, self._settled()
            while after != before and time.monotonic() < give_up:
                after = self._settled()
            if after != before:
                self.wrong = (
                    "; ".join(
                        f"{name} reloads as {after[name]!r:.400}, and was {was!r:.400}"
                        for name, was in before.items()
                        if after[name] != was
                    )
                    + f" (at {before['address']:.200})"
                )
        self._look() if not self.wrong else None

    def _time_computed(self) -> float:
        """Seconds for which the page's own thread has had a processor."""
        metrics = self._lines[self.page].send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))

    def _settled(self) -> dict[str, Any]:
        """What is seen once the page is at rest and stays so for a second."""
        give_up = time.monotonic() + SETTLES
        seen: dict[str, Any] = {}
        since = time.monotonic()
        while time.monotonic() - since < RESTS:
            self.page.wait_for_function(AT_REST, timeout=1000 * SETTLES)
            now = self.page.evaluate(SEEN)
            now["address"] = in_order(now["address"])
            if now != seen:
                seen, since = now, time.monotonic()
            if time.monotonic() > give_up:
                break
            self.page.wait_for_timeout(100)
        return seen

    def open(self, address: str) -> None:
        """Go to an address of the app."""
        self.page.goto(f"{self.server.url}/{address}", wait_until="domcontentloaded")
        self.page.wait_for_selector("[data-testid=stApp]", timeout=1000 * SETTLES)

    def switch(self, draw: random.Random) -> None:
        """Go to the other tab, or open it."""
        if len(self._tabs) < 2:
            self.page = self._tab()
            go(self, draw)
        else:
            self.page = next(each for each in self._tabs if each is not self.page)
        self.page.bring_to_front()

    def offline(self, cut: bool) -> None:
        """Cut the network, or give it back."""
        self._cut = True
        self.context.set_offline(cut)

    def close(self) -> None:
        """Leave."""
        self.context.set_offline(False)
        for each in self._tabs:
            each.close()
        self._folder.cleanup()

    def _tab(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(1000 * ANSWERS)
        page.on("console", lambda message: self._console(page, message))
        page.on("framenavigated", lambda frame: self._navigated(page, frame))
        page.on("pageerror", lambda error: self._errors.append(f"page error: {str(error)[:300]}"))
        page.on("dialog", lambda dialog: dialog.dismiss())
        self._tabs.append(page)
        self._lines[page] = self.context.new_cdp_session(page)
        self._lines[page].send("Performance.enable", {"timeDomain": "threadTicks"})
        return page

    def _navigated(self, page: Page, frame: Frame) -> None:
        path = urlsplit(frame.url).path
        if frame is page.main_frame and self._went.get(page, ("", 0.0))[0] != path:
            self._went[page] = path, time.monotonic()

    def _console(self, page: Page, message: ConsoleMessage) -> None:
        if message.type != "error" or PROBE.search(message.location.get("url", "")):
            return
        said = f"{message.text[:300]} ({message.location.get('url', '')[-80:]})"
        if self._cut and NETWORK.search(message.text):
            return
        left = time.monotonic() - self._went.get(page, ("", -math.inf))[1] < LEFT
        if CANCELED.search(said) or (left and GONE.search(said)):
            self.noted += 1
            return
        self._errors.append(f"console: {said}")
