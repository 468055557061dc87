"""What every live page owes its user: nothing newer is overwritten by an older answer, and a restart loses nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.doing.texts import opened
from lstm_viz.ui.settings.settings import Settings
from tests.browser.pages import LOADING, LivePage, eventually
from tests.driving import ROOT, free_port, serve

TEXT = "The film is slow, but never dull."
PAGES = ("", "inside_the_cell", "memory_ledger", "what_if", "rnn_lstm_gru")
WHERE = """root => root.dataset.step ?? getComputedStyle(root.querySelector('.plot')).getPropertyValue('--chosen')"""
PRESS_TWICE = f"""async root => {{
  const where = {WHERE}, seen = [];
  const look = () => {{ if (seen.at(-1) !== where(root)) seen.push(where(root)); }};
  new MutationObserver(look).observe(root, {{ subtree: true, attributes: true, childList: true }});
  for (let k = 0; k < 2; k++) {{
    document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'ArrowRight', bubbles: true, composed: true }}));
    look();
  }}
  return seen;
}}"""


@pytest.fixture(params=PAGES)
def live(request: pytest.FixtureRequest, page: Page, app_url: str) -> LivePage:
    return LivePage(page, app_url, request.param).open(f"text={quote(TEXT)}&step=2&unit=5")


def test_an_answer_to_an_older_choice_does_not_take_back_a_newer_one(live: LivePage) -> None:
    # Both keys are pressed before the answer to the first can come; the second is told only after it.
    seen = live.root.evaluate_handle(PRESS_TWICE)
    expect(live.page).to_have_url(re.compile(r"step=4\b"))
    assert [place.strip() for place in seen.json_value()] == ["3", "4"]


def test_what_was_chosen_in_a_menu_stays_while_an_older_answer_comes(page: Page, app_url: str) -> None:
    live = LivePage(page, app_url, "").open(f"text={quote(TEXT)}&step=2&unit=5")
    toggled = live.root.evaluate(
        """async root => {
             const table = root.querySelector('details.table'), order = root.querySelector('.toolbar .choice select');
             const states = [];
             new MutationObserver(() => states.push([table.open, order.value].join()))
               .observe(root, { subtree: true, attributes: true, childList: true });
             const press = key => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
             press('ArrowRight');
             order.value = 'index';
             order.dispatchEvent(new Event('change'));
             table.open = true;
             while (root.dataset.received < 2) await new Promise(requestAnimationFrame);
             return [...new Set(states)];
           }"""
    )
    assert toggled == ["true,index"]
    expect(page).to_have_url(re.compile("order=index"))
    expect(page).to_have_url(re.compile("table=1"))


# A busy machine may leave no idle moment.
IDLE = "() => new Promise((done) => requestIdleCallback(done, { timeout: 2000 }))"


@pytest.mark.parametrize("path", ["", "what_if"])
def test_a_server_that_was_started_anew_is_told_what_is_on_show(browser: Browser, path: str) -> None:
    port, page = free_port(), browser.new_page(viewport={"width": 1440, "height": 900})
    with serve(ROOT / "app.py", port=port, warm=True) as server:
        live = LivePage(page, server.url, path).open(f"text={quote('A slow film.')}&step=1&unit=5&notation=textbook")
        live.fill(TEXT)
        page.locator("h1").click()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        # The step went along with the edit, to its last word.
        expect(page).to_have_url(re.compile(r"step=5\b"), timeout=LOADING)
        # What lies below is drawn when the browser has nothing better to do.
        page.evaluate(IDLE)
        live.root.evaluate("root => (root.kept = true)")
        shown = live.root.inner_text()
    with serve(ROOT / "app.py", port=port, warm=True):
        # Streamlit opens the address that the page was loaded with; the browser knows better.
        expect(live.root).to_have_attribute("data-received", "1", timeout=LOADING)
        assert live.root.evaluate("root => root.kept")
        expect(page).to_have_url(re.compile(r"step=5\b.*notation=textbook"))
        assert live.editor.input_value() == TEXT
        eventually(live.root.inner_text, lambda now: now == shown)
        page.close()


def test_a_link_that_names_only_a_task_opens_where_there_is_most_to_see(page: Page, app_url: str) -> None:
    LivePage(page, app_url, "").open("task=question")
    wanted = replace(Settings(), **opened(Settings(task="question"), Rules()))
    assert wanted.step > 0
    expect(page).to_have_url(re.compile(rf"step={wanted.step}&unit={wanted.unit}\b"))


def test_an_example_is_no_edit_of_the_text_before_it(page: Page, app_url: str) -> None:
    live = LivePage(page, app_url, "what_if").open(f"text={quote(TEXT)}&step=2&unit=5")
    live.edit(live.root.get_by_role("button", name="One word decides").click)
    expect(live.editor).to_have_value(re.compile("best films"))
    expect(live.view("tokens before")).to_be_hidden()
    expect(live.root).to_contain_text("Nothing is held or changed yet")


def test_a_number_is_chosen_changed_and_marked_by_keys(page: Page, app_url: str) -> None:
    live = LivePage(page, app_url, "").open(f"task=adding&step=0&unit=0&text={quote('0.5*, 0.25, 0.75')}")
    curve = live.root.get_by_role("slider", name="Curve of")
    curve.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press(" ")
    expect(live.editor).to_have_value("0.5*, 0.3*, 0.75")
    expect(curve).to_have_attribute("aria-valuetext", "step 1: 0.30, marked")
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    expect(live.editor).to_have_value("0.5*, 0.3*, 0.25")
    expect(live.root).to_contain_text("The marked numbers sum to 0.80")
    # The page’s own arrow keys are left alone.
    expect(live.page.locator(".stepper").first).to_contain_text("step 2")


def test_a_class_opens_links_to_several_pages_of_a_server_that_has_just_started(open_page: Callable[..., Page]) -> None:
    with serve(ROOT / "app.py") as server:
        pages = {name: open_page() for name in ("", "what_if", "inside_the_cell", "rnn_lstm_gru")}
        for name, page in pages.items():
            page.goto(f"{server.url}/{name}?step=3&unit=9", wait_until="commit")
        for page in pages.values():
            expect(page.locator(".lv-page")).to_have_attribute("data-painted", "0", timeout=LOADING)
            expect(page).to_have_url(re.compile("step=3&unit=9"))
        assert server.tracebacks() == ""
        for page in pages.values():
            page.goto("about:blank")
