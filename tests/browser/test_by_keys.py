"""The app by keys alone: all of every page is reached in order, seen, and left again; and the main tasks are done.

Some pages are walked through, all of them with ``--all``.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from torch import nn

from lstm_viz.lessons import shipped
from tests.accessible.views import PAGE_VIEWS, View
from tests.browser.pages import LOADING, LivePage
from tests.files.making import pytorch

AT_ONCE = 40
"""Presses between two looks at where they have led."""

# Notes each element that has the focus, and whether that is seen; `reachable`: what there is, from the top down.
FOLLOW = """() => {
  window.stops = [];
  window.unseen = [];
  const place = (node) => `${node.tagName} ${node.getAttribute("aria-label") ?? node.textContent.trim().slice(0, 40)}`;
  window.placeOf = place;
  const seen = (node) => [null, "::after"].some((part) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node, part);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  });
  const around = (node) => {
    const all = [node, ...node.querySelectorAll("*")];
    for (let each = node.parentElement, k = 0; each && k < 3; each = each.parentElement, k++) all.push(each);
    return all;
  };
  const noted = (event) => {
    const node = event.composedPath()[0];
    if (node === stops.at(-1)) return;
    stops.push(node);
    if (node.matches(":focus-visible") && !around(node).some(seen)) unseen.push(place(node));
  };
  // A component keeps to itself what goes from one of its own elements to another.
  const listen = (root) => {
    root.addEventListener("focusin", noted);
    for (const node of root.querySelectorAll("*")) if (node.shadowRoot) listen(node.shadowRoot);
  };
  listen(document);
  const FIELDS = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]";
  const walk = (node, found) => {
    for (const child of node.assignedNodes?.() ?? []) if (child.nodeType === 1) visit(child, found);
    for (const child of (node.shadowRoot ?? node).children ?? []) visit(child, found);
    return found;
  };
  const visit = (node, found) => {
    const there = node.matches(FIELDS) && node.tabIndex >= 0 && !node.disabled && !node.closest("[inert]");
    if (there && node.checkVisibility({ visibilityProperty: true }) && node.type !== "file") found.push(node);
    walk(node, found);
  };
  // Of radio buttons, and of Streamlit's rows of buttons, one is reached, and arrow keys lead to the others.
  const led = (node) => node.matches("[data-testid=stButtonGroup] button:not(:first-child)");
  const first = (node) => (node.type !== "radio" || node.checked) && !led(node);
  window.reachable = () => walk(document.body, []).filter(first);
  // What has the focus and lies under something else.
  window.covered = () => stops.filter((node) => {
    if (!node.isConnected || !node.checkVisibility()) return false;
    node.focus({ focusVisible: true });
    const { left, right, top, bottom } = node.getBoundingClientRect();
    const points = [0.5, 0.1, 0.9].map((share) => [left + (right - left) * 0.5, top + (bottom - top) * share]);
    const holds = (one, other) => {
      for (let each = other; each; each = each.parentElement ?? each.getRootNode().host) if (each === one) return true;
      return false;
    };
    return !points.some(([x, y]) => {
      let at = document.elementFromPoint(Math.min(innerWidth - 1, Math.max(0, x)), y);
      for (let inside; (inside = at?.shadowRoot?.elementFromPoint(x, y)) && inside !== at; ) at = inside;
      return at && (holds(node, at) || holds(at, node));
    });
  }).map(place);
}"""


def walked(page: Page, key: str) -> list[str]:
    """Press a key until the page is left; the places that had the focus, each as often as it had."""
    page.evaluate("() => { stops.length = 0; }")
    for _ in range(10):
        for _ in range(AT_ONCE):
            page.keyboard.press(key)
        if page.evaluate("stops.indexOf(stops[0], 1) > 0"):
            break
    else:
        pytest.fail(f"{page.url} goes on for more than {10 * AT_ONCE} stops")
    # From the first of them on it goes round again.
    return list(page.evaluate("(stops.splice(stops.indexOf(stops[0], 1)), stops.map(placeOf))"))


def opened(page: Page, app_url: str, view: View) -> None:
    view.open(page, app_url)
    page.locator(".lv-ways").wait_for(state="attached", timeout=LOADING)
    # Claims are checked one after the other; once all are, the terms in their words are marked.
    expect(page.locator(".lv-claims .overview .sign").filter(has_text="…")).to_have_count(0, timeout=LOADING)
    page.evaluate(FOLLOW)


@pytest.mark.parametrize("view", PAGE_VIEWS, ids=lambda view: view.name)
def test_all_of_a_page_is_reached_in_order_seen_and_left(page: Page, app_url: str, view: View) -> None:
    opened(page, app_url, view)
    there = walked(page, "Tab")
    reached = page.evaluate("""() => {
      const once = [...new Set(stops)], all = reachable();
      const missing = all.filter((node) => !once.includes(node)).map(placeOf);
      const order = once.filter((node) => all.includes(node)).map((node) => all.indexOf(node));
      const first = order.indexOf(0);
      const turned = [...order.slice(first), ...order.slice(0, first)];
      const twice = stops.filter((node, k) => stops.indexOf(node) < k).map(placeOf);
      return { missing, twice, inOrder: turned.every((each, k) => !k || each > turned[k - 1]) };
    }""")
    assert reached == {"missing": [], "twice": [], "inOrder": True}
    assert page.evaluate("[...new Set(unseen)]") == []
    assert page.evaluate("covered()") == []
    page.evaluate("document.activeElement.blur()")
    assert sorted(walked(page, "Shift+Tab")) == sorted(there)


def focus_of(page: Page) -> str:
    """The words of what has the focus."""
    return str(
        page.evaluate("""() => {
          let node = document.activeElement;
          while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
          return node.getAttribute("aria-label") ?? node.textContent;
        }""")
    )


def test_a_view_is_made_by_keys(page: Page, app_url: str) -> None:
    live = LivePage(page, app_url, "").open("text=a+warm+film&step=2&unit=5")
    press = page.keyboard.press
    live.type_at_end(" and funny")
    page.get_by_label("Go to unit").focus()
    page.keyboard.type("8")
    press("Enter")
    expect(live.stepper(1)).to_contain_text("Unit 8")
    page.get_by_role("button", name="previous time step").press("Enter")
    expect(live.stepper(0)).to_contain_text("“and”")
    live.root.locator("label.choice", has_text="Symbols").locator("select").press("ArrowDown")
    expect(page).to_have_url(re.compile("notation=udacity"))
    # What opens takes the focus, and gives it back.
    page.get_by_role("button", name="Take away").press("Enter")
    offers = page.locator(".offers button")
    expect(offers.first).to_be_focused()
    press("ArrowDown")
    expect(offers.nth(1)).to_be_focused()
    press("Escape")
    expect(page.get_by_role("button", name="Take away")).to_be_focused()
    page.get_by_role("button", name="More", exact=True).press("Enter")
    page.get_by_role("button", name="What is shown", exact=True).press("Enter")
    expect(page.get_by_role("dialog", name="What is shown").get_by_role("checkbox").first).to_be_focused()
    press("Escape")
    assert focus_of(page) == "What is shown"
    press("Escape")
    assert focus_of(page) == "More"
    fold = page.locator(".through .fold")
    fold.press("Enter")
    page.get_by_role("slider", name="Training steps").press("Home")
    expect(page.locator(".timeline-now")).to_contain_text("untrained")
    page.get_by_role("button", name="To the end").press("Enter")
    expect(live.root).not_to_have_class(re.compile("behind"))
    press("F2")
    expect(page.locator(".lv-shown")).to_contain_text("Read is “a warm film and funny”. ")
    expect(page.locator(".lv-shown")).to_contain_text("Input gate: Input gates average")
    expect(page.locator(".lv-said")).to_have_text(page.locator(".lv-shown").inner_text())
    press("Escape")
    expect(page.locator(".lv-shown")).to_be_hidden()
    live.editor.press("Control+z")
    expect(live.editor).not_to_have_value("a warm film and funny")

    live = LivePage(page, app_url, "what_if").open("text=a+warm+film&step=1&unit=5")
    page.get_by_label("What to hold").press("ArrowUp")
    for gate in ("Shut (0)", "Open (1)"):
        page.get_by_role("button", name=gate).press("Enter")
    held = page.locator(".clamps li")
    expect(held).to_have_count(2)
    for left in (1, 0):
        held.get_by_role("button").first.press("Enter")
        expect(held).to_have_count(left)
    expect(page.get_by_label("What to hold")).to_be_focused()
    page.get_by_label("Replace the token with").fill("cold")
    press("Enter")
    expect(live.editor).to_have_value("a cold film")


def step_that_asks(kind: str) -> str:
    """The address of the first step of a lesson with such a question."""
    return next(
        f"lesson={name}&at={at}"
        for name, lesson in shipped().items()
        for at, step in enumerate(lesson.steps, start=1)
        if step.question and step.question.kind == kind and name != "start_here"
    )


def test_questions_files_and_rooms_by_keys(page: Page, app_url: str, tmp_path: Path) -> None:
    submit, answered = page.locator(".predict .submit"), page.locator(".predict.answered")
    for kind, answer in (("draw", drawn), ("number", numbered), ("click", clicked)):
        page.goto(f"{app_url}/lessons?{step_that_asks(kind)}")
        expect(submit).to_have_attribute("aria-disabled", "true", timeout=LOADING)
        answer(page)
        submit.press("Enter")
        expect(answered).to_be_visible(timeout=LOADING)
        expect(page.locator(".predict > .said")).to_be_focused()
    page.goto(f"{app_url}/lessons?{step_that_asks('choose')}")
    page.get_by_role("button", name="Ask the room").press("Enter")
    expect(page.locator(".room .code")).not_to_be_empty(timeout=LOADING)

    model = tmp_path / "tiny.pt"
    model.write_bytes(pytorch(nn.LSTM(3, 4).state_dict()))
    page.goto(f"{app_url}/your_model")
    field = page.get_by_test_id("stFileUploader").first.locator("button")
    with page.expect_file_chooser() as asked:
        field.press("Enter")
    asked.value.set_files(model)
    expect(page.locator(".lv-page[data-painted]")).to_be_visible(timeout=LOADING)
    page.get_by_role("slider", name="Forget gate").press("End")
    expect(page.get_by_role("slider", name="Forget gate")).to_have_attribute(
        "aria-valuetext", re.compile(r"forget gate 0\.\d")
    )


def drawn(page: Page) -> None:
    """A drawing, step by step."""
    drawing = page.locator(".drawing")
    steps = int((drawing.get_attribute("aria-label") or "").split(" of ")[-1].split()[0])
    for _ in range(steps):
        drawing.press("ArrowUp")
        drawing.press("ArrowRight")
    expect(drawing).to_have_attribute("aria-label", re.compile(f"{steps} of {steps} steps drawn"))


def clicked(page: Page) -> None:
    """A place, gone to and chosen."""
    page.locator(".predict .cells [role=radio][tabindex='0']").press("ArrowRight")


def numbered(page: Page) -> None:
    """A number, with a slider."""
    page.locator(".predict input[type=range]").press("ArrowUp")
