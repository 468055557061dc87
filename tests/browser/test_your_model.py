"""The page Your model in a browser: a file to its gates and on to other pages, a bad file over it, numbers, tokens."""

from collections.abc import Callable

import torch
from playwright.sync_api import Page, expect
from torch import nn

from tests.browser.pages import LivePage, at_rest, eventually, nothing_scrolls_sideways
from tests.files.making import pytorch, safetensors

WORDS = nn.ModuleDict({"embed": nn.Embedding(6, 4), "rnn": nn.LSTM(4, 5), "fc": nn.Linear(5, 2)})
PHONE = {"viewport": {"width": 390, "height": 844}}


class YourModel(LivePage):
    """The page, on which nothing is drawn until a file is given."""

    runs = False  # whether a browser can run what was uploaded depends on what that is

    def __init__(self, page: Page, url: str):
        super().__init__(page, url, "your_model")
        page.goto(f"{url}/your_model")

    def give(self, name: str, content: bytes, place: str = "model") -> None:
        """Choose a file in one of the page's fields."""
        field = self.page.locator(f'[class*="st-key-lv_your_{place}_"] input[type=file]')
        field.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})

    def opened(self, name: str) -> None:
        """Wait until a file's gates are drawn."""
        expect(self.page.get_by_test_id("stMain").get_by_text(name, exact=True).first).to_be_visible()
        self._wait_for_the_first_picture()

    def unfold(self, title: str) -> None:
        """Open a part of the page."""
        self.page.locator("summary", has_text=title).click()


def test_a_large_model_is_drawn_at_once_and_its_step_goes_along(page: Page, app_url: str) -> None:
    torch.manual_seed(0)
    model = nn.LSTM(64, 256, num_layers=2, bidirectional=True)
    yours = YourModel(page, app_url)
    yours.give("big.pt", pytorch(model.state_dict()))
    yours.opened("big.pt")
    assert yours.columns("forget_gate") == 60
    expect(page.get_by_placeholder("0–255")).to_be_visible()
    assert yours.root.locator("label.choice", has_text="Layer").locator("option").count() == 4
    yours.click_cell("forget_gate", column=31, row=4)
    step, unit = (yours.stepper(k).inner_text() for k in range(2))
    assert "step 31" in step
    page.get_by_test_id("stMain").get_by_role("link", name="Inside the cell", exact=True).first.click()
    inside = LivePage(page, app_url)
    expect(page.get_by_role("heading", name="Inside the cell")).to_be_visible()
    expect(inside.root).to_have_attribute("data-painted", "0")
    assert "step 31" in inside.stepper(0).inner_text()
    assert unit.split("\n")[0] in inside.root.inner_text()
    page.get_by_role("link", name="Your model").first.click()
    yours.opened("big.pt")
    assert "step 31" in yours.stepper(0).inner_text()


def test_a_bad_file_over_a_good_one_changes_nothing_and_fits_a_phone(
    open_page: Callable[..., Page], app_url: str
) -> None:
    page = open_page(**PHONE)
    yours = YourModel(page, app_url)
    page.get_by_role("button", name="Try it with a sample model").click()
    yours.opened("sample.safetensors")
    before = yours.pixels("forget_gate")
    yours.unfold("Open another file")
    yours.give("<img src=x>.pt", b"no model at all")
    expect(page.get_by_role("alert")).to_contain_text("<img src=x>.pt: ")
    expect(page.get_by_role("alert")).to_contain_text("still shown below")
    at_rest(page)
    assert yours.pixels("forget_gate") == before
    nothing_scrolls_sideways(page)


def test_numbers_of_a_file_are_what_is_read(page: Page, app_url: str) -> None:
    yours = YourModel(page, app_url)
    yours.give("small.safetensors", safetensors(dict(nn.GRU(2, 3).state_dict())))
    yours.opened("small.safetensors")
    yours.unfold("It reads 2 numbers a step")
    yours.give("x.csv", b"a,b\n1,2\n3,4\n5,6\n", "numbers")
    eventually(lambda: yours.columns("update_gate"), lambda seen: seen == 3)
    expect(yours.editor).to_have_value("a, b\n1, 2\n3, 4\n5, 6")
    yours.editor.fill("1 2\n3 4\n5 6\n7 8")
    eventually(lambda: yours.columns("update_gate"), lambda seen: seen == 4)


def test_words_of_a_vocabulary_are_what_is_read(page: Page, app_url: str) -> None:
    yours = YourModel(page, app_url)
    yours.give("words.safetensors", safetensors(dict(WORDS.state_dict())))
    yours.opened("words.safetensors")
    yours.unfold("It reads tokens")
    field = page.get_by_label("or pasted")
    field.fill("<unk>\nthe\nfilm\nwas\nso\ngood")
    field.press("Control+Enter")
    # For a moment there is the editor before it, too.
    values = "editors => editors.map((each) => each.value)"
    eventually(lambda: yours.editor.evaluate_all(values), lambda seen: len(seen) == 1 and "the film was" in seen[0])
    assert "the film was so good" in yours.editor.input_value()
    yours.editor.fill("so good was the film")
    eventually(lambda: yours.columns("forget_gate"), lambda seen: seen == 5)
    assert field.input_value() == ""
