"""A view in a frame of another site's page: what is seen of it, what its address keeps, what a closed one says."""

import re
from collections.abc import Callable, Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.driving import Server


class Course(BaseHTTPRequestHandler):
    """Answers with the page of a course, whatever is asked for."""

    body = b""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Keep silent."""


@pytest.fixture
def in_a_frame() -> Iterator[Callable[..., FrameLocator]]:
    """Return a function: page, address, attributes → what a page of another site shows in a frame of 700 × 500."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Course)
    Thread(target=server.serve_forever, daemon=True).start()

    def show(page: Page, address: str, attributes: str = "") -> FrameLocator:
        tag = f'<iframe src="{escape(address)}" width="700" height="500" {attributes}></iframe>'
        Course.body = f"<!doctype html><title>Course</title>{tag}".encode()
        page.goto(f"http://localhost:{server.server_port}/")
        return page.frame_locator("iframe")

    yield show
    server.shutdown()
    server.server_close()


def test_a_view_in_a_course_page(
    open_page: Callable[..., Page], in_a_frame: Callable[..., FrameLocator], app_url: str
) -> None:
    page = open_page(alone=True)
    framed = in_a_frame(page, f"{app_url}/?embed=true&theme=dark&text=a+warm+film")
    expect(framed.locator(".lv-page[data-painted]")).to_be_attached()
    heatmap = framed.locator(".maps .plot.heatmap").first.bounding_box()
    outer = page.locator("iframe").bounding_box()
    assert heatmap
    assert outer
    assert heatmap["y"] + heatmap["height"] < outer["y"] + 500, "a heatmap is seen without scrolling"
    expect(framed.locator("[data-testid=stHeader], h1, .menu, .toolbar").filter(visible=True)).to_have_count(0)
    dark = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert page.frames[1].evaluate(dark) == "rgb(20, 24, 31)", "Streamlit follows the theme of the link"

    framed.locator("textarea.lv-editor").fill("a cold film")
    whole = framed.locator(".st-key-lv_whole_page a")
    expect(whole).to_have_attribute("href", re.compile("a\\+cold\\+film"))
    kept = parse_qs(urlsplit(page.frames[1].url).query)
    assert (kept["embed"], kept["theme"], kept["text"]) == (["true"], ["dark"], ["a cold film"])
    query = urlsplit(whole.get_attribute("href") or "").query
    assert not {"embed", "theme", "hide", "embed_options"} & parse_qs(query).keys()


def test_a_frame_that_lets_nothing_run_says_what_it_lacks(
    browser: Browser, in_a_frame: Callable[..., FrameLocator], app_server: Server
) -> None:
    # The browser notes of every script that it may not load it.
    page = browser.new_page()
    framed = in_a_frame(page, f"{app_server.url}/?embed=true", 'sandbox="allow-scripts"')
    expect(framed.locator("p")).to_contain_text("its sandbox attribute lacks allow-same-origin")
    expect(framed.locator("a")).to_have_attribute("href", f"{app_server.url}/?embed=true")
    page.close()
