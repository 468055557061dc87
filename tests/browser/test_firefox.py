"""What matters of the app in Firefox: it runs networks, draws, is heard and keeps all, with no error.

Of the pages on which nothing is done every third is opened, all of them with ``--all``.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import ConsoleMessage, Error, Page, expect

from lstm_viz.learning import Plan
from lstm_viz.tasks import load_model
from lstm_viz.ui.navigation import HOME, PAGES
from tests.browser.conftest import LAPTOP, PROBE
from tests.browser.firefox import NAMES, find_firefox, launch_firefox
from tests.browser.pages import LOADING, LivePage, at_rest
from tests.conftest import without
from tests.driving import Server

TEXT = "The film is not good."
LEAVING = re.compile(
    r"when disconnected from server|download failed .* status=2152398850"
    r"|error loading dynamically imported module|Download Button fetch error - NetworkError"
)
"""What is noted where a page is left: its connection is closed before it is told; its fonts, code and files to take
away come no more. Code that does not come though a page stays keeps that page from coming to rest."""
READABLE = """
const say = console.error;
console.error = (...said) => say(...said.map((each) => (each instanceof Error ? `${each}` : each)));
"""
"""Of an error that is noted as it is, Firefox would tell a test nothing but “Error”."""
LOOKED_AT = ("inside_the_cell", "memory_ledger", "rnn_lstm_gru")
TRIED = (HOME, "what_if", "start_here", "watch_it_learn")
OTHERS = [name for section in PAGES.values() for name, _ in section if name not in (*TRIED, *LOOKED_AT)]
SMALL = Plan(units=3, length=6, updates=300, curriculum=False)


@pytest.fixture(scope="module")
def firefox(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Open one tab in Firefox."""
    if find_firefox() is None:
        without(f"No Firefox found (looked for {', '.join(NAMES)}). On Debian: apt-get install firefox-esr")
    opened = launch_firefox(request.getfixturevalue("playwright"), tmp_path_factory.mktemp("firefox"))
    page = opened.new_page(**LAPTOP)
    page.set_default_timeout(LOADING)
    page.add_init_script(READABLE)
    yield page
    opened.close()


def value_at(layer: str, step: int, unit: int, text: str) -> str:
    """A number of PyTorch's, as a heatmap says it."""
    value = load_model("sentiment").trace(text).layers[0][layer][step, unit]
    return f"{value:.3f}".replace("-", "−")


def test_the_main_ways_through_the_app(firefox: Page, app_server: Server, every_page: bool) -> None:
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        of_leaving = LEAVING.search(message.text) or PROBE.search(message.location.get("url", ""))
        if message.type == "error" and not of_leaving:
            errors.append(f"{message.text} ({message.location.get('url', '')})")

    def note_error(error: Error) -> None:
        if not LEAVING.search(str(error)):
            errors.append(str(error))

    firefox.on("console", note)
    firefox.on("pageerror", note_error)
    logged = app_server.tracebacks()
    typed_without_a_server(firefox, app_server)
    stepped_clicked_and_loaded_again(firefox, app_server.url)
    held(firefox, app_server.url)
    for path in LOOKED_AT[:: 1 if every_page else 3]:
        LivePage(firefox, app_server.url, path).open(f"text={quote(TEXT)}&step=2&unit=5")
    lesson(firefox, app_server.url)
    trained(firefox, app_server.url)
    for path in OTHERS[:: 1 if every_page else 3]:
        firefox.goto(f"{app_server.url}/{path}")
        expect(firefox.locator("h1")).to_be_visible(timeout=LOADING)
        at_rest(firefox)
        expect(firefox.get_by_test_id("stException")).to_have_count(0)
    firefox.goto("about:blank")
    assert errors == []
    assert app_server.tracebacks() == logged


def typed_without_a_server(page: Page, server: Server) -> None:
    """Every key repaints while the connection is dead, and the numbers are PyTorch's."""
    live = LivePage(page, server.url, "").open(f"text={quote(TEXT)}&step=2&unit=5&order=index")
    before = live.pixels("forget_gate")
    with server.held_up():
        live.at_end()
        live.draw(lambda: page.keyboard.type(" fun"))
        live.wait_for_other_pixels("forget_gate", before)
        assert live.columns("forget_gate") == 7
        for name, label in (("forget_gate", "Forget gate"), ("hidden_state", "Hidden state")):
            heatmap = page.get_by_role("slider", name=label)
            heatmap.press("End")
            value = value_at(name, 6, 5, f"{TEXT} fun")
            told = f"Step 6, “fun”, unit 5, {label.lower()} {value}"
            expect(heatmap).to_have_attribute("aria-valuetext", told)
    live.editor.focus()
    live.edit(lambda: page.keyboard.type("ny"))
    expect(live.caption("prediction")).to_contain_text("ends at")


def stepped_clicked_and_loaded_again(page: Page, url: str) -> None:
    """The view is chosen by keys and by the pointer, and the address keeps it."""
    live = LivePage(page, url, "")
    live.leave_the_editor()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("step=5"))
    live.click_cell("cell_state", column=3, row=8)
    expect(live.stepper(1)).to_contain_text("Unit 8")
    expect(page).to_have_url(re.compile("step=3&unit=8"))
    live.reload()
    expect(live.editor).to_have_value(f"{TEXT} funny")
    expect(live.stepper(0)).to_contain_text("“not”")
    expect(live.stepper(1)).to_contain_text("Unit 8")


def held(page: Page, url: str) -> None:
    """A gate is held, and the run with it differs."""
    live = LivePage(page, url, "what_if").open(f"text={quote(TEXT)}&step=3&unit=5")
    before = live.pixels("after")
    page.get_by_role("button", name="Shut (0)").press("Enter")
    expect(page.locator(".clamps li")).to_have_count(1)
    live.wait_for_other_pixels("after", before)
    expect(live.caption("prediction")).to_contain_text("P(positive)")


def lesson(page: Page, url: str) -> None:
    """A question is answered by keys, and its answer is shown beside the view."""
    page.goto(f"{url}/start_here")
    question = page.locator(".lv-prediction")
    question.locator("input[type=radio]").first.press("Space")
    question.locator(".submit").press("Enter")
    expect(page.locator(".lv-page")).to_be_visible(timeout=LOADING)
    expect(question.locator(".said")).not_to_be_empty()
    page.locator(".lv-lesson").get_by_role("button", name="Next").press("Enter")
    expect(page.locator(".lv-lesson")).to_have_attribute("data-at", "2", timeout=LOADING)


def trained(page: Page, url: str) -> None:
    """A training is drawn as it goes."""
    page.goto(f"{url}/watch_it_learn?watch={SMALL.written}")
    root = page.locator(".lv-watch[data-lives]")
    root.get_by_role("button", name="Train", exact=True).press("Enter")
    page.wait_for_function("root => Number(root.dataset.update) > 20", arg=root.element_handle())
    assert int(root.get_attribute("data-lives") or 0) > 1
