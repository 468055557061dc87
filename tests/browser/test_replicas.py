"""Two replicas behind nginx: where a reader's own dies, the page goes on with the other, and nothing of it is lost."""

import os
import re
import signal
from collections.abc import Sequence
from urllib.parse import quote

from playwright.sync_api import Browser, Cookie, expect

from tests.behind_nginx import nginx
from tests.browser.pages import LOADING, LivePage
from tests.driving import ROOT, Server, serve

TEXT = "The film is good."
VIEW = f"text={quote(TEXT)}&step=2&unit=7&order=index&clamps=input_gate+0+t2"


def test_a_reader_whose_replica_is_killed_goes_on_with_another(browser: Browser, app_server: Server) -> None:
    with serve(ROOT / "app.py", warm=True) as lost, nginx([app_server.url, lost.url]) as url:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.context.add_cookies([{"name": "lstm_viz_seat", "value": "2-here", "url": url}])
        live = LivePage(page, url, "what_if", VIEW).open()
        held = live.root.get_by_label("What is held")
        live.type_at_end("!")
        assert seat(page.context.cookies()) == "2"
        os.kill(lost.pid, signal.SIGKILL)
        live.at_end()
        page.keyboard.type("!")
        # The other server is told all there was, and what was typed meanwhile: the address is what it answers.
        expect(page).to_have_url(re.compile(r"good\.(!|%21){2}&.*step=6&unit=7.*clamps=input_gate"), timeout=LOADING)
        expect(live.editor).to_have_value(f"{TEXT}!!")
        expect(held).to_contain_text("Input gate = 0all units, step 2")
        assert seat(page.context.cookies()) == "1", "where its files have to go from now on"
        page.close()


def seat(cookies: Sequence[Cookie]) -> str:
    """Return the number of the replica that a browser is sent to."""
    return next(each["value"] for each in cookies if each.get("name") == "lstm_viz_seat").partition("-")[0]
