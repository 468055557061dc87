"""What can be done on a page: each does something that is drawn, and says what it was."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error, Page

from lstm_viz.ui.navigation import HOME, PAGES
from tests.fuzz.mutations import SCRAPS
from tests.web.texts import nasty_numbers, nasty_text

if TYPE_CHECKING:
    from tests.fuzz.walks.walk import Walk

NAMES = [name for listed in PAGES.values() for name, _ in listed]
QUERIES = (
    *("", "", "", "task=counting", "task=adding&cell=gru", "task=temperature", "task=parity", "task=python&cell=rnn"),
    *("step=999999&unit=999999", "clamps=forget_gate%201&step=3", "text=%F0%9F%99%82+a", "present=1", "theme=dark"),
    *("embed=true", "nonsense=1&step=x", "notation=udacity&table=1", "lesson=2-why-rnns-forget&at=3", "timeline=1"),
)
SIZES = ((1440, 900), (1440, 900), (1024, 700), (390, 800), (320, 480), (800, 300), (2560, 1300))
KEYS = (
    *("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Tab", "Shift+Tab"),
    *("Enter", "Escape", "Space", "Backspace", "Delete", "p", "f", "b", "n", "0", "9", "?", "Control+z", "Control+y"),
)
FILES = (
    ("model.safetensors", b"\x08\0\0\0\0\0\0\0{}      "),
    ("model.pt", b"PK\x03\x04 not a model"),
    ("lesson.md", b"# Mine\n\n## One\nView: ?text=a+warm+film\nLook at it.\n"),
    ("lesson.md", b"\xff\xfe no lesson"),
    ("view.json", b'{"format": "lstm_viz view 1", "query": "task=counting&text=aabb"}'),
    ("a.csv", b"1,2\n3,x\n"),
    ("empty.safetensors", b""),
)
# Everything on show that can be pressed or typed into, shadow roots included, but for ways out of the app.
FIND = """(wanted) => {
  const found = [];
  const look = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.shadowRoot) look(each.shadowRoot);
      if (!each.matches(wanted) || (each.href && new URL(each.href).origin !== location.origin)) continue;
      const { left, top, width, height } = each.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      if (width < 2 || height < 2 || x < 0 || y < 0 || x > innerWidth || y > innerHeight) continue;
      const said = each.getAttribute("aria-label") || each.textContent || each.className?.toString() || "";
      found.push([x, y, `${each.localName} ${said}`.trim().slice(0, 60)]);
    }
  };
  look(document);
  return found;
}"""
CONTROLS = (
    "button, a[href]:not([download]), input, select, summary, canvas, textarea, [role=button], [role=tab], "
    "[role=slider], "
    "[role=option], [role=combobox], [role=menuitem], [tabindex='0'], .lv-token, label"
)
# As `Keyboard.insert_text`, which waits for ever where the page is left meanwhile.
INSERT = "(text) => document.execCommand('insertText', false, text)"
WRITTEN_INTO = "textarea, input[type=text], input[type=number], input:not([type]), [contenteditable=true]"


def _place(page: Page, draw: random.Random, wanted: str) -> tuple[float, float, str] | None:
    found = page.evaluate(FIND, wanted)
    return tuple(draw.choice(found)) if found else None


def click(walk: "Walk", draw: random.Random) -> str:
    """Press anything."""
    place = _place(walk.page, draw, CONTROLS)
    if place is None:
        return "nothing to press"
    walk.page.mouse.click(place[0], place[1], click_count=draw.choice((1, 1, 1, 2)))
    return f"press {place[2]!r}"


def type_text(walk: "Walk", draw: random.Random) -> str:
    """Write into whatever takes text."""
    place = _place(walk.page, draw, WRITTEN_INTO)
    if place is None:
        return "nothing to write into"
    text = draw.choice((nasty_text(draw), nasty_numbers(draw, ["", "*"]), draw.choice(SCRAPS), "a warm and funny film"))
    text = text.encode(errors="replace").decode()[:3000]
    walk.page.mouse.click(place[0], place[1])
    if draw.random() < 0.4:
        walk.page.keyboard.press("Control+a")
    walk.page.evaluate(INSERT, text)
    return f"write {text[:60]!r} into {place[2]!r}"


def key(walk: "Walk", draw: random.Random) -> str:
    """Press keys."""
    pressed = [draw.choice(KEYS)] * draw.choice((1, 1, 2, 10))
    for each in pressed:
        walk.page.keyboard.press(each)
    return f"keys {pressed[0]} × {len(pressed)}"


def drag(walk: "Walk", draw: random.Random) -> str:
    """Drag from one thing to anywhere."""
    page = walk.page
    start = _place(page, draw, CONTROLS)
    size = page.viewport_size or {"width": 800, "height": 600}
    end = draw.randrange(size["width"]), draw.randrange(size["height"])
    if start is None:
        return "nothing to drag"
    page.mouse.move(start[0], start[1])
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()
    return f"drag {start[2]!r} to {end}"


def wheel(walk: "Walk", draw: random.Random) -> str:
    """Scroll, over whatever is there."""
    by = draw.choice((-900, 300, 900, 3000))
    walk.page.mouse.wheel(0, by)
    return f"scroll by {by}"


def back(walk: "Walk", draw: random.Random) -> str:
    """Back."""
    walk.page.evaluate("history.back()")
    return "back"


def forward(walk: "Walk", draw: random.Random) -> str:
    """Forward."""
    walk.page.evaluate("history.forward()")
    return "forward"


def load_again(walk: "Walk", draw: random.Random) -> str:
    """Load the page anew."""
    walk.page.reload(wait_until="domcontentloaded")
    return "reload"


def go(walk: "Walk", draw: random.Random) -> str:
    """Another page, by its address."""
    name, query = draw.choice(NAMES), draw.choice(QUERIES)
    walk.open(f"{'' if name == HOME else name}?{query}")
    return f"open {name}?{query}"


def another_tab(walk: "Walk", draw: random.Random) -> str:
    """A second tab, or the other of the two."""
    walk.switch(draw)
    return "another tab"


def window(walk: "Walk", draw: random.Random) -> str:
    """Another size."""
    width, height = draw.choice(SIZES)
    walk.page.set_viewport_size({"width": width, "height": height})
    return f"window {width} × {height}"


def cut(walk: "Walk", draw: random.Random) -> str:
    """The network goes, something is done, and it comes back."""
    said = []
    walk.offline(True)
    for _ in range(draw.randint(1, 2)):
        said.append(draw.choice((click, type_text, key))(walk, draw))
    walk.offline(False)
    return f"cut off: {'; '.join(said)}; and back"


def upload(walk: "Walk", draw: random.Random) -> str:
    """A file, good or bad, where one can be given."""
    page, (name, content) = walk.page, draw.choice(FILES)
    places = page.locator("input[type=file]")
    if not (many := places.count()):
        return "nothing to upload to"
    path = Path(walk.folder) / name
    path.write_bytes(content)
    try:
        places.nth(draw.randrange(many)).set_input_files(path, timeout=5000)
    except Error as error:
        return f"{name} was not taken: {str(error)[:60]}"
    return f"upload {name}"


Step = Callable[["Walk", random.Random], str]
STEPS: dict[Step, int] = {
    click: 30,
    type_text: 14,
    key: 16,
    drag: 8,
    wheel: 4,
    back: 4,
    forward: 2,
    load_again: 3,
    go: 4,
    another_tab: 3,
    window: 4,
    cut: 3,
    upload: 4,
}
"""What is done → how often."""
