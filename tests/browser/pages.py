"""A page with a live component, in the words of the browser tests."""

import re

from playwright.sync_api import Locator, Page, expect


class LivePage:
    """One page of the app that has an editor and draws on a token axis."""

    def __init__(self, page: Page, url: str, path: str):
        self.page, self.url, self.path = page, url, path
        self.root = page.locator(".lv-live")
        self.editor = page.locator("textarea.lv-editor")

    def open(self, query: str = "") -> "LivePage":
        """Open the page with settings, and wait until it is painted."""
        self.page.goto(f"{self.url}/{self.path}?{query}")
        expect(self.root).to_have_attribute("data-painted", "0", timeout=30_000)
        self.editor.evaluate("area => { window.typed = 0; area.addEventListener('input', () => (window.typed += 1)) }")
        return self

    def fill(self, text: str) -> None:
        """Put a text in place of the one there, and wait until the view shows it."""
        before = int(self.root.get_attribute("data-painted") or 0)
        seen = self.page.evaluate("window.typed")
        self.editor.fill(text)
        typed = self.page.evaluate("window.typed") - seen
        expect(self.root).to_have_attribute("data-painted", str(before + typed))

    def type_at_end(self, text: str) -> None:
        """Type at the end of the text, key by key."""
        self.editor.focus()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    def view(self, name: str) -> Locator:
        """One plot."""
        return self.page.locator(f'.plot[data-view="{name}"]')

    def pixels(self, name: str) -> str:
        """What is drawn in a heatmap."""
        return str(self.view(name).locator("canvas").evaluate("canvas => canvas.toDataURL()"))

    def choose(self, label: str, value: str) -> None:
        """Choose from a menu, and wait for the answer."""
        received = int(self.root.get_attribute("data-received") or 0)
        self.root.locator("label.choice", has_text=re.compile(f"^{label}")).locator("select").select_option(value)
        expect(self.root).not_to_have_attribute("data-received", str(received))

    def spot(self, name: str, column: int, row: int, columns: int, rows: int | None = None) -> tuple[float, float]:
        """The middle of a cell, in pixels from the plot's corner; rows: as many as columns by default."""
        box = self.view(name).bounding_box()
        assert box is not None
        return (column + 0.5) * box["width"] / columns, (row + 0.5) * box["height"] / (rows or columns)

    def click_cell(self, name: str, *, column: int, row: int, columns: int, rows: int | None = None) -> None:
        """Click in the middle of a cell."""
        x, y = self.spot(name, column, row, columns, rows)
        self.view(name).click(position={"x": x, "y": y})

    def hover_cell(self, name: str, *, column: int, row: int, columns: int) -> None:
        """Point at the middle of a cell."""
        x, y = self.spot(name, column, row, columns)
        self.view(name).hover(position={"x": x, "y": y})

    def drag(self, name: str, start: tuple[int, int], end: tuple[int, int], *, columns: int, rows: int) -> None:
        """Drag from one (column, row) to another."""
        plot = self.view(name)
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        assert box is not None
        points = [self.spot(name, *place, columns, rows) for place in (start, end)]
        (x0, y0), (x1, y1) = ((box["x"] + x, box["y"] + y) for x, y in points)
        self.page.mouse.move(x0, y0)
        self.page.mouse.down()
        self.page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
        self.page.mouse.move(x1, y1)
        self.page.mouse.up()
