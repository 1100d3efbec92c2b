import pytest
from playwright.sync_api import Browser, Page, expect
from tests.frontend.conftest import FRONTEND
from tests.frontend.samples import PAGES
from tests.frontend.stage import Stage

pytestmark = pytest.mark.browser
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
VIOLATIONS = "axe.run(document).then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes[0].html}`))"


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 360), ("light", 1280)])
def test_every_page_is_accessible_and_never_wider_than_its_screen(
    chromium: Browser, stage: Stage, scheme: str, width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    troubles = {}
    for name in (*PAGES, "tap", "404"):
        page.goto(f"{stage.url}/{name}")
        troubles[name] = page.evaluate(f"() => {{ {AXE.read_text()}; return {VIOLATIONS} }}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            troubles[name].append("wider than the screen")
    context.close()
    assert {name: found for name, found in troubles.items() if found} == {}


def test_everything_pressed_on_a_phone_is_48_pixels_high(phone: Page, stage: Stage) -> None:
    phone.goto(f"{stage.url}/form")
    pressed = "button, .navigation__link, input:not([type=radio]):not([type=checkbox]), select, .account > summary"
    seen = phone.locator(pressed).filter(visible=True)
    heights = seen.evaluate_all("all => all.map(one => [one.getBoundingClientRect().height, one.outerHTML])")
    assert [html for height, html in heights if height < 48] == []


def test_the_content_policy_lets_every_sample_be(phone: Page, stage: Stage) -> None:
    for name in (*PAGES, "tap", "404"):
        phone.goto(f"{stage.url}/{name}")
        expect(phone.locator("main")).to_be_visible()
    # The phone of this test fails where a page broke the policy.


def test_a_head_of_a_table_sorts_it_and_says_so(phone: Page, stage: Stage) -> None:
    phone.goto(f"{stage.url}/board")
    first = phone.locator("#units tbody tr").first.locator("th")
    head = phone.locator("#units thead th").first
    head.get_by_role("button").click()
    expect(first).to_have_text("Badan Kepegawaian")
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    expect(first).to_have_text("Sekretariat Daerah")


def test_typing_in_the_filter_leaves_the_rows_that_hold_every_word(phone: Page, stage: Stage) -> None:
    phone.goto(f"{stage.url}/board")
    phone.locator("#find").fill("dinas sehat")
    expect(phone.locator("#units tbody tr:visible th")).to_have_text(["Dinas Kesehatan"])


def test_the_board_renews_itself_and_stays_sorted(phone: Page, stage: Stage) -> None:
    phone.goto(f"{stage.url}/board")
    for _ in range(2):
        phone.locator("#units thead th").first.get_by_role("button").click()
    expect(phone.locator("#units tbody tr").first.locator("th")).to_have_text("Camat")
    expect(phone.locator("#units thead th").first).to_have_attribute("aria-sort", "descending")


def test_a_confirmation_is_asked_before_the_form_is_sent(phone: Page, stage: Stage) -> None:
    phone.goto(f"{stage.url}/recap")
    dialog = phone.locator("#submit-recap")
    expect(dialog).to_be_hidden()
    phone.locator("[data-dialog=submit-recap]").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Batal").click()
    expect(dialog).to_be_hidden()


def test_the_first_stop_of_the_keyboard_leads_to_the_content(phone: Page, stage: Stage) -> None:
    phone.goto(f"{stage.url}/home")
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator("#content")).to_be_focused()
