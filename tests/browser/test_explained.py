"""What a newcomer finds without being told: the names of all pages, and what a term means where it is first used."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from lstm_viz.ui.navigation import HOME, IN_THE_ROW, NAME, PAGES
from lstm_viz.words.glossary import GLOSSARY
from tests.browser.pages import LivePage, nothing_scrolls_sideways, unfold

ROW = [title for section in IN_THE_ROW for _, title in PAGES[section]]
UNFOLDED = {section: [title for _, title in pages] for section, pages in PAGES.items() if section not in IN_THE_ROW}
MEANING = "term => getComputedStyle(term, '::after').content"


def terms(page: Page) -> list[str]:
    return [text.lower() for text in page.locator(".lv-term").all_inner_texts()]


def told(term: Locator) -> str:
    return str(term.evaluate(MEANING)).strip('"')


def test_the_names_of_all_pages_are_on_screen_and_lead_there(page: Page, app_url: str) -> None:
    page.set_viewport_size({"width": 1024, "height": 800})
    LivePage(page, app_url).open()
    links = page.get_by_test_id("stHeader").get_by_role("link")
    assert links.all_inner_texts() == ROW
    assert all(link.is_visible() for link in links.all())
    for section, titles in UNFOLDED.items():
        expect(unfold(page, section)).to_have_text(titles)
        page.keyboard.press("Escape")
    assert page.get_by_test_id("stHeaderLogo").locator("..").evaluate(MEANING) == f'"{NAME}"'
    expect(page).to_have_title(f"{dict(PAGES['Explore'])[HOME]} · {NAME}")
    links.filter(has_text="Notes, checked").click()
    expect(page).to_have_title(f"Notes, checked · {NAME}")


def test_a_term_is_told_once_where_it_is_first_used(open_page: Callable[..., Page], app_url: str) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True)
    live = LivePage(page, app_url).open("text=The film is good.&step=1")
    expect(live.root.locator(".lv-term").first).to_be_visible()
    found = terms(page)
    assert len(found) == len(set(found)) > 3
    assert {"hidden state", "unit"} <= set(found) <= set(GLOSSARY)
    for term in page.locator(".lv-term").all():
        assert told(term) == "none"
        term.focus()
        assert told(term) == GLOSSARY[term.inner_text().lower()]
    live.root.locator(".lv-term").first.tap()
    expect(live.root.locator(".lv-term").first).to_be_focused()
    # What is said anew is marked anew, and typing goes on as before.
    live.type_at_end(" It is a gate.")
    page.locator(".lv-term").last.wait_for()
    assert len(terms(page)) == len(set(terms(page)))
    nothing_scrolls_sideways(page)
