"""Every task as a user meets it: choosing it, its editor, its answer, its bad input, and the link to it."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from lstm_viz.cells import CELLS
from lstm_viz.sources import cells_of, shown_tasks
from lstm_viz.tasks import TASKS, load_model
from lstm_viz.tasks.degrees import choices
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.words.answers import probability
from tests.browser.pages import LivePage, eventually, nothing_scrolls_sideways

OF_NUMBERS = [task for task in shown_tasks() if TASKS[task].editor == "numbers"]
OF_CHARACTERS = [task for task in shown_tasks() if TASKS[task].editor == "characters"]
WITH_UNITS = [task for task in shown_tasks() if choices(load_model(task))]


class TaskPage(LivePage):
    """The live view with its menu and its curve."""

    def start(self, task: str, text: str | None = None, more: str = "") -> "TaskPage":
        self.open(f"task={task}&step=0&unit=0{more}" + ("" if text is None else f"&text={quote(text)}"))
        return self

    def at(self, column: int, share: float) -> tuple[float, float]:
        """Where on the page a column of the curve is, at a share of its plot's height from the top."""
        box = self.page.locator(".curve").bounding_box()
        columns = len(self.values())
        assert box is not None
        return box["x"] + 46 + (column + 0.5) * (box["width"] - 56) / columns, box["y"] + 10 + share * 130

    def values(self) -> list[str]:
        return re.split(r",\s*", self.editor.input_value())

    def first_heatmap(self) -> str:
        return self.pixels("hidden_state")


@pytest.fixture
def live(page: Page, app_url: str) -> TaskPage:
    return TaskPage(page, app_url)


def test_every_task_and_cell_can_be_chosen_on_a_phone(open_page: Callable[..., Page], app_url: str) -> None:
    live = TaskPage(open_page(viewport={"width": 390, "height": 800}), app_url)
    live.open("step=1&unit=1")
    menu = live.page.get_by_label("Task", exact=True)
    for task in [*shown_tasks()[1:], shown_tasks()[0]]:
        menu.select_option(task)
        expect(live.page.locator(".about")).to_contain_text(TASKS[task].question)
        expect(live.editor).to_have_value(TASKS[task].examples[0].text)
        expect(live.page.locator(".chip").first).to_have_attribute("aria-pressed", "true")
        nothing_scrolls_sideways(live.page)
        if task != Settings().task:
            expect(live.page).to_have_url(re.compile(rf"task={task}(&|$)"))
    text = live.editor.input_value()
    for cell in [*cells_of(task)[1:], cells_of(task)[0]]:
        live.page.locator(f'.switch [data-value="{cell}"]').click()
        expect(live.page.locator(".maps .track")).to_have_count(len(CELLS[cell].recorded))
        assert live.editor.input_value() == text


def test_the_model_card_opens_by_keyboard(live: TaskPage) -> None:
    live.open()
    card = live.page.locator(".card")
    expect(card).to_be_hidden()
    live.page.get_by_role("button", name="Model card").press("Enter")
    expect(card).to_be_visible()
    expect(card).to_contain_text(f"{load_model('sentiment').card['parameters']:,} parameters")


@pytest.mark.parametrize("task", {TASKS[task].editor: task for task in shown_tasks()}.values())
def test_a_reload_of_the_link_shows_the_same(live: TaskPage, task: str) -> None:
    cell = cells_of(task)[-1]
    live.start(task, TASKS[task].examples[-1].text, f"&cell={cell}")
    shown, text = live.first_heatmap(), live.editor.input_value()
    captions = live.page.locator(".answers .caption")
    said = captions.all_inner_texts()
    live.reload()
    assert (live.first_heatmap(), live.editor.input_value()) == (shown, text)
    eventually(captions.all_inner_texts, lambda now: now == said)
    expect(live.page.get_by_label("Task", exact=True)).to_have_value(task)


@pytest.mark.parametrize("task", OF_NUMBERS)
def test_drawing_changes_the_numbers_and_everything_after_them(live: TaskPage, task: str) -> None:
    live.start(task)
    before, shown = live.values(), live.first_heatmap()
    curve = live.page.locator(".curve > polyline").get_attribute("points")

    def draw() -> None:
        live.page.mouse.move(*live.at(2, 0.4))
        live.page.mouse.down()
        live.page.mouse.move(*live.at(5, 0.3), steps=4)
        live.page.mouse.up()

    # Each move is an edit of its own, and the last of them is to be shown before the next edit is counted.
    live.edit(draw)
    after = live.values()
    assert [k for k in range(len(before)) if before[k] != after[k]] == [2, 3, 4, 5]
    assert live.page.locator(".curve > polyline").get_attribute("points") != curve
    expect(live.page.locator(".token").nth(5)).to_have_text(after[5])
    expect(live.page.locator(".hint")).to_contain_text("Your last edit")
    assert live.first_heatmap() != shown
    # The text and the curve are one: typing moves the curve back.
    live.fill(", ".join(before))
    assert live.page.locator(".curve > polyline").get_attribute("points") == curve
    live.page.get_by_role("button", name="Add one at the end").click()
    expect(live.page.locator(".token")).to_have_count(len(before) + 1)


@pytest.mark.parametrize("task", [task for task in OF_NUMBERS if TASKS[task].reader.marks])  # type: ignore[attr-defined]
def test_a_number_is_marked_by_a_click_and_by_a_star(live: TaskPage, task: str) -> None:
    live.start(task, "0.5, 0.25*, 0.75")
    expect(live.page.locator(".problem")).to_contain_text("1 number is marked")
    x, y = live.at(2, 1)
    live.edit(lambda: live.page.mouse.click(x, y + 22))
    assert live.values() == ["0.5", "0.25*", "0.75*"]
    expect(live.page.locator(".problem")).to_be_hidden()
    expect(live.page.locator(".plot .marked")).to_have_count(2)
    live.fill("0.5*, 0.25*, 0.75")
    expect(live.page.locator(".mark-dot.on")).to_have_count(2)


@pytest.mark.parametrize("task", WITH_UNITS)
def test_another_unit_is_a_switch_and_in_the_link(live: TaskPage, task: str) -> None:
    live.start(task, "10, 20, 30")
    shown = live.first_heatmap()
    live.page.get_by_role("button", name="°F").click()
    expect(live.editor).to_have_value("50, 68, 86")
    expect(live.page.locator(".curve .tick").first).to_contain_text("°F")
    expect(live.page.locator(".answers .label > strong")).to_contain_text("°F")
    expect(live.page).to_have_url(re.compile("degrees=F"))
    assert live.first_heatmap() == shown
    live.reload()
    expect(live.editor).to_have_value("50, 68, 86")
    live.page.get_by_role("button", name="°C").click()
    expect(live.editor).to_have_value("10, 20, 30")


@pytest.mark.parametrize("task", OF_NUMBERS)
def test_a_line_that_is_no_number_is_named_and_nothing_is_lost(live: TaskPage, task: str) -> None:
    live.start(task)
    shown = live.first_heatmap()
    live.fill("day,value\n2026-01-01,0.5\n2026-01-02,mild")
    expect(live.page.locator(".problem")).to_contain_text("Line ")
    expect(live.page.locator(".problem")).to_contain_text("mild")
    assert live.first_heatmap() == shown
    expect(live.root).to_have_class(re.compile("pale"))
    live.fill("day,value\n2026-01-01,0.5\n2026-01-02,0.75")
    expect(live.page.locator(".token")).to_have_text(["0.5", "0.75"])
    expect(live.root).not_to_have_class(re.compile("pale"))
    live.fill("0.5, 1000000, 0.5")
    expect(live.page.locator(".problem")).to_contain_text("outside the")
    expect(live.page.locator(".token.unknown")).to_have_text("1e+06")
    assert live.editor.input_value() == "0.5, 1000000, 0.5"


@pytest.mark.parametrize("task", OF_CHARACTERS)
def test_characters_are_read_one_by_one_and_strange_ones_are_named(live: TaskPage, task: str) -> None:
    start = TASKS[task].examples[0].text
    live.start(task, start)
    shown = live.first_heatmap()
    live.type_at_end(start[0])
    assert live.first_heatmap() != shown
    expect(live.page.locator(".token").last).to_have_text(start[0])
    live.fill("é<b>b</b>\n")
    expect(live.page.locator(".problem")).to_contain_text("“é”")
    expect(live.page.locator(".token.unknown").first).to_have_text("é")
    # What leaves no ink is drawn in the editor too.
    assert live.page.locator(".blanks i").evaluate_all("all => all.map(each => each.dataset.sign)") == ["↵"]


@pytest.mark.parametrize("task", [task for task in shown_tasks() if len(TASKS[task].labels) > 2])
def test_every_class_has_a_strip_that_a_step_reads(live: TaskPage, task: str) -> None:
    live.start(task)
    strips = live.page.locator('[data-strips="prediction"] .strip-track')
    expect(strips).to_have_count(len(TASKS[task].labels))
    predictions = load_model(task).predictions(TASKS[task].examples[0].text)
    for step in (0, len(predictions) - 1):
        live.click_cell("prediction:0", column=step, row=0)
        top = TASKS[task].labels[predictions[step].argmax()]
        expect(live.page.locator(".strip-track.top .name")).to_have_text(top)
        expect(live.page.locator(".strip-track.top .value")).to_have_text(probability(predictions[step].max()))


@pytest.mark.parametrize("task", [task for task in shown_tasks() if not TASKS[task].labels])
def test_the_likeliest_next_characters_are_listed_at_the_chosen_step(live: TaskPage, task: str) -> None:
    live.start(task)
    model = load_model(task)
    row = model.predictions(TASKS[task].examples[0].text)[0]
    symbol = model.task.reader.show(model.labels[row.argmax()])
    expect(live.page.locator(".likeliest div").first).to_have_text(re.compile(re.escape(f"{symbol}{row.max():.2f}")))
    live.leave_the_editor()
    before = live.page.locator(".likeliest").inner_text()
    live.page.keyboard.press("ArrowRight")
    expect(live.page.locator(".likeliest")).not_to_have_text(before)
