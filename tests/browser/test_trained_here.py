"""A network trained here, in a browser: a link asks for it and shows its view once it is; what is saved opens again."""

from pathlib import Path

from playwright.sync_api import Page, expect

from lstm_viz.learning import Course, Plan
from tests.browser.test_your_model import YourModel

PLAN = Plan(task="parity", units=3, length=6, updates=12)
VIEW = f"task=trained&training={PLAN.written}&text=0110100&step=4&unit=1"


def test_a_link_to_one_has_it_trained_again_and_what_is_saved_opens_as_any_file(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    page.goto(f"{app_url}/?{VIEW}")
    page.get_by_role("link", name="Train it again").click()
    page.get_by_role("button", name="Train", exact=True).click()
    page.get_by_role("button", name="Gates over time").click()
    page.locator(".lv-gates[data-painted]").wait_for()
    expect(page.get_by_label("Task").locator("option:checked")).to_have_text(
        "Trained here: Parity, LSTM of 3 units, update 12"
    )
    expect(page.locator(".lv-page textarea").first).to_have_value("0110100")
    assert "step=4" in page.url

    page.get_by_role("button", name="Take away").click()
    with page.expect_download() as coming:
        page.locator(".offers [data-kind=safetensors]").click()
    kept = tmp_path / coming.value.suggested_filename
    coming.value.save_as(kept)
    course = Course(PLAN)
    while course.advance():
        pass
    again = Course.opened(kept.read_bytes())
    assert again.model().predict("0110100") == course.model().predict("0110100"), "the same weights, to the bit"

    yours = YourModel(page, app_url)
    yours.give(kept.name, kept.read_bytes())
    yours.opened(kept.name)
    expect(page.get_by_text("There is nothing to choose")).to_be_visible()
