"""Driving a page that has a live view: finding it, typing into it, and timing it inside the browser.

The live view's root has the class ``lv-page`` and the attribute ``data-painted``: how many edits have been painted.
Once the browser runs the network itself, it has ``data-runs`` too. Its editor is ``textarea.lv-editor``. The echo app
keeps to the same, so that both are timed by the same code.
"""

from playwright.sync_api import Page

ROOT = ".lv-page[data-painted]"
RUNNING = ".lv-page[data-runs]"
EDITOR = "textarea.lv-editor"
PATIENCE = 60_000

# Resolves with the milliseconds from the next key press to the frame after its edit was painted.
TIME_NEXT_KEY = """root => {
  const before = Number(root.dataset.painted);
  window.timed = new Promise((resolve, reject) => {
    let pressed;
    window.addEventListener("keydown", () => { pressed = performance.now(); }, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (pressed === undefined || Number(root.dataset.painted) <= before) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - pressed));
    });
    observer.observe(root, { attributes: true, attributeFilter: ["data-painted"] });
    setTimeout(() => reject(new Error("nothing was painted within 20 s of the key")), 20000);
  });
}"""


def open_live(page: Page, url: str) -> None:
    """Open an address, and return once the live view has been painted."""
    page.goto(url)
    page.locator(ROOT).first.wait_for(timeout=PATIENCE)


def open_running(page: Page, url: str) -> None:
    """Open an address, and return once the browser runs the network itself."""
    open_live(page, url)
    page.locator(RUNNING).first.wait_for(timeout=PATIENCE)


def painted(page: Page) -> int:
    """Return how many edits have been painted."""
    return int(page.locator(ROOT).first.get_attribute("data-painted") or 0)


def replace_text(page: Page, text: str) -> None:
    """Put a text into the editor in one edit, and return once it is painted."""
    before = painted(page)
    page.locator(EDITOR).first.fill(text)
    page.wait_for_function(
        "([root, before]) => Number(root.dataset.painted) > before",
        arg=[page.locator(ROOT).first.element_handle(), before],
        timeout=PATIENCE,
    )


def press_and_time(page: Page, key: str, caret: int) -> float:
    """Press a key with the caret at a position of the text; return the milliseconds until its edit was painted."""
    page.locator(EDITOR).first.evaluate("(editor, at) => { editor.focus(); editor.setSelectionRange(at, at); }", caret)
    page.locator(ROOT).first.evaluate(TIME_NEXT_KEY)
    page.keyboard.press(key)
    return float(page.evaluate("window.timed"))
