"""What a screen reader is given to read out: where one is as one moves, and what has come of an edit, never a flood."""

import re
from urllib.parse import quote

from playwright.sync_api import Page, expect

from lstm_viz.tasks import load_model
from tests.browser.pages import LivePage, eventually

TEXT = "The film is not good."
TYPED = " but it is good fun"
REST = 400  # milliseconds, more than `REST` of core/said.js

# Every change of anything that is read out by itself, in whichever component.
LISTEN = """() => {
  window.said = [];
  const regions = "[role=status], [role=alert], [role=log], output, [aria-live]";
  const heard = new WeakSet();
  const note = ({ target, addedNodes }) => {
    const region = (target.nodeType === 1 ? target : target.parentElement)?.closest?.(regions);
    const text = region?.textContent.trim();
    if (text && region.getAttribute("aria-live") !== "off" && region.getClientRects().length) said.push(text);
    for (const node of addedNodes) walk(node);
  };
  const listen = (root) => {
    if (heard.has(root)) return;
    heard.add(root);
    const all = { subtree: true, childList: true, characterData: true };
    new MutationObserver((changes) => changes.forEach(note)).observe(root, all);
  };
  const walk = (node) => {
    if (node.shadowRoot) listen(node.shadowRoot);
    for (const child of (node.shadowRoot ?? node).children ?? []) walk(child);
    if (node.shadowRoot) for (const child of node.children) walk(child);
  };
  listen(document.body);
  walk(document.body);
}"""
# With no time between them, however busy the machine.
TEN_STEPS = """() => {
  const event = { key: "ArrowLeft", bubbles: true, composed: true };
  for (let k = 0; k < 10; k++) document.body.dispatchEvent(new KeyboardEvent("keydown", event));
}"""
PAGES = {
    "": "Step 0, “The”, unit 5, input gate",
    "inside_the_cell": "Step 0, “The”, unit 5. Of the old memory",
    "memory_ledger": "Step 0, unit 5, put in at “fun”, read at “The”, not read yet",
    "what_if": "Step 0, “The”, unit 5, forget gate, ",
    "rnn_lstm_gru": "Step 0, “The”, LSTM: ",
}


def taken(page: Page) -> list[str]:
    """What was read out since this was asked last."""
    return list(page.evaluate("said.splice(0)"))


def test_one_sentence_for_all_that_was_typed_and_one_for_all_the_steps_that_were_gone(
    page: Page, app_url: str, every_page: bool
) -> None:
    for path, begins in [*PAGES.items()][:: 1 if every_page else 3]:
        live = LivePage(page, app_url, path).open(f"text={quote(TEXT)}&step=2&unit=5")
        page.evaluate(LISTEN)
        live.at_end()
        live.edit(lambda: live.burst(TYPED))  # noqa: B023 -- done at once
        expect(page.locator(".lv-said")).not_to_be_empty()
        page.wait_for_timeout(REST)
        said = taken(page)
        assert len(said) == 1, (path, said)

        live.leave_the_editor()
        page.evaluate(TEN_STEPS)
        expect(page.locator(".lv-said")).to_have_text(re.compile(f"^{re.escape(begins)}"))
        page.wait_for_timeout(REST)
        assert len(taken(page)) == 1, path


def test_every_heatmap_tells_the_cell_on_which_the_arrow_keys_are(page: Page, app_url: str) -> None:
    layer = load_model("sentiment").trace(TEXT).layers[0]
    live = LivePage(page, app_url, "").open(f"text={quote(TEXT)}&step=2&unit=5&order=index")
    page.evaluate(LISTEN)
    for name, label in (("forget_gate", "Forget gate"), ("cell_state", "Cell state")):
        heatmap = page.get_by_role("slider", name=label)
        heatmap.focus()
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowDown")
        step, unit = 1, 6 if name == "forget_gate" else 7
        value = f"{layer[name][step, unit]:.3f}".replace("-", "−")
        expect(heatmap).to_have_attribute(
            "aria-valuetext", f"Step {step}, “film”, unit {unit}, {label.lower()} {value}"
        )
        expect(heatmap).to_have_attribute("aria-valuenow", str(step))
    # It is heard as the value of what has the focus, so nothing else says it again.
    eventually(live.sent, lambda sent: sent > 0)
    page.wait_for_timeout(REST)
    assert taken(page) == []
    chart_page(page, app_url)


def chart_page(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/vanishing_gradient?length=60&seed=2")
    chart = page.locator('[data-chart="distance"] svg[role=slider]')
    chart.focus()
    about = chart.get_attribute("aria-valuetext") or ""
    assert "below a thousandth" in about
    page.keyboard.press("ArrowRight")
    expect(chart).to_have_attribute("aria-valuetext", re.compile(r"^steps before the end, n 0, LSTM.* \d"))
