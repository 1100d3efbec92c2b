"""Which screens the demo has, as whom they are seen, and what is done on the way to those that no address leads to."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page

from hadir.cli.trouble import TroubleError

Step = Callable[[Page], None]

STRANGER = "CTH70990001"
SHEET = """NIP / NI PPPK;Nama;Unit kerja;Status;Email dinas;Jabatan
198504122010012003;Sari Wulandari;01;PNS;sari.wulandari@kotacontoh.example;Analis
12345;Budi Prasetyo;01;PNS;budi.prasetyo@kotacontoh.example;Arsiparis
;Joko Susilo;Unit yang tidak ada;Magang;joko;Pengemudi
"""


@dataclass(frozen=True, slots=True)
class Screen:
    """A page as somebody of the demo sees it, and the steps from the page at `path` to the one that is wanted."""

    name: str
    role: str
    path: str
    steps: tuple[Step, ...] = ()


def follow(selector: str) -> Step:
    """The step to the page behind the first link that a selector finds."""

    def step(page: Page) -> None:
        link = page.locator(selector).first
        if not link.count():
            raise TroubleError(f"{page.url} has no link {selector}.")
        page.goto(urljoin(page.url, str(link.get_attribute("href"))))

    return step


def press(selector: str) -> Step:
    """The step that presses a button, to the page behind it."""

    def step(page: Page) -> None:
        button = page.locator(selector).first
        if not button.count():
            raise TroubleError(f"{page.url} has no button {selector}.")
        button.click()
        page.wait_for_load_state("networkidle")

    return step


def fill(name: str, text: str) -> Step:
    """The step that fills in one field and sends its form."""

    def step(page: Page) -> None:
        field = page.locator(f"main input[name={name}]").first
        field.fill(text)
        field.press("Enter")
        page.wait_for_load_state("networkidle")

    return step


def settle(page: Page) -> None:
    """Wait for camera and position, which answer a little later than the page."""
    page.wait_for_timeout(1500)


def tap(page: Page) -> None:
    """Tap, and wait for the receipt."""
    page.locator("[data-part=press]").click()
    page.locator("[data-part=receipt]").wait_for(timeout=20_000)


def choose_waiting_unit(page: Page) -> None:
    """Choose the last and therefore a small unit in which somebody never signed in."""
    values = page.locator("#unit option").evaluate_all("options => options.map(each => each.value)")
    for value in filter(None, reversed(values)):
        page.goto(f"/accounts/waiting?unit={value}")
        if page.locator("main tbody tr").count():
            return
    raise TroubleError("Nobody of the demo waits for a slip.")


def type_shown_code(page: Page) -> None:
    """Sign out and type the first code of the slips on this page, up to choosing a password."""
    found = re.search(r"\b[2-9A-Z]{5} [2-9A-Z]{5}\b", page.locator("main").inner_text())
    if found is None:
        raise TroubleError("The page of the slips shows no code.")
    page.context.clear_cookies(name="hadir")
    page.goto("/activate")
    fill("code", found.group())(page)


def choose_sheet(page: Page) -> None:
    """Choose a sheet with a good row and bad ones."""
    file = page.locator("input[name=sheet]")
    file.set_input_files({"name": "pegawai.csv", "mimeType": "text/csv", "buffer": SHEET.encode()})


def let_stranger_speak(page: Page) -> None:
    """Let a terminal that nobody approved ask for its orders, and look it up."""
    page.request.get(f"/iclock/cdata?SN={STRANGER}&options=all&pushver=2.4.1")
    page.wait_for_timeout(1500)  # the gate writes down who spoke a moment later
    page.goto(f"/terminals/approve/?serial={STRANGER}")


SLIPS = (choose_waiting_unit, press("form[action$='/accounts/slips'] button"))

SCREENS: tuple[Screen, ...] = (
    Screen("sign-in", "", "/sign-in"),
    Screen("code-of-a-slip", "", "/activate"),
    Screen("code-refused", "", "/activate/with/ABCD"),
    Screen("forgotten", "", "/forgotten"),
    Screen("forgotten-sent", "", "/forgotten", (fill("name", "nobody@kotacontoh.example"),)),
    Screen("home", "Pegawai", "/"),
    Screen("tap", "Pegawai", "/tap/", (settle,)),
    Screen("tap-receipt", "Pegawai", "/tap/", (tap,)),
    Screen("history", "Pegawai", "/history/"),
    Screen(
        "day",
        "Pegawai",
        "/history/",
        (follow("td:has(.mark--late) a.month__day, td:has(.mark--present) a.month__day"),),
    ),
    Screen("account", "Pegawai", "/account"),
    Screen("own-governments", "Pegawai", "/governments"),
    Screen("notices", "Pegawai", "/notices/"),
    Screen("calendar", "Pegawai", "/calendar/"),
    Screen("policy", "Pegawai", "/policy/"),
    Screen("not-found", "Pegawai", "/nothing-here"),
    Screen("not-allowed", "Pegawai", "/board/"),
    Screen("home-superior", "Atasan langsung", "/"),
    Screen("home-head", "Kepala", "/"),
    Screen("board-head", "Kepala", "/board/"),
    Screen("home-city", "BKD", "/"),
    Screen("board-city", "BKD", "/board/"),
    Screen("board-wall", "BKD", "/board/?wall=1"),
    Screen("board-unit", "BKD", "/board/", (follow("#units tbody tr:nth-child(4) a"),)),
    Screen("people", "BKD", "/people/"),
    Screen("person", "BKD", "/people/", (follow("main tbody th a"),)),
    Screen("upload", "BKD", "/people/upload"),
    Screen("upload-preview", "BKD", "/people/upload", (choose_sheet, press("form[enctype] button"))),
    Screen("units", "BKD", "/units/"),
    Screen("sites", "BKD", "/sites/"),
    Screen("site", "BKD", "/sites/", (follow("main tbody th a"),)),
    Screen("site-new", "BKD", "/sites/new"),
    Screen("groups", "BKD", "/groups/"),
    Screen("group", "BKD", "/groups/", (follow("main a.tile"),)),
    Screen("roles", "BKD", "/roles/"),
    Screen("calendar-of-agency", "BKD", "/calendar/"),
    Screen("calendar-date-add", "BKD", "/calendar/days/add/"),
    Screen("calendar-date-change", "BKD", "/calendar/", (follow("td a[href*='/calendar/days/']"),)),
    Screen("calendar-date-remove", "BKD", "/calendar/", (follow("td a[href$='/remove/']"),)),
    Screen("terminals", "BKD", "/terminals/"),
    Screen("terminal", "BKD", "/terminals/", (follow("main tbody th a"),)),
    Screen(
        "terminal-change", "BKD", "/terminals/", (follow("main tbody th a"), follow("main a.button[href$='/change/']"))
    ),
    Screen("terminal-approve", "BKD", "/terminals/", (let_stranger_speak,)),
    Screen("pins", "BKD", "/terminals/pins/"),
    Screen("pin", "BKD", "/terminals/pins/", (follow("main tbody a.button"),)),
    Screen("recap", "Operator", "/recap/"),
    Screen("recap-last-month", "Operator", "/recap/", (follow("a[rel=prev]"),)),
    Screen("person-history", "Operator", "/recap/", (follow("main tbody th a"),)),
    Screen("absences", "Operator", "/absences/"),
    Screen("absence-enter", "Operator", "/absences/?q=an", (follow("main ul.list a[href*='/enter/']"),)),
    Screen("absence-withdraw", "Operator", "/absences/", (follow("a[href$='/withdraw/']"),)),
    Screen("help-desk", "Petugas bantuan", "/help-desk"),
    Screen("help-desk-search", "Petugas bantuan", "/help-desk?q=widodo"),
    Screen("help-desk-person", "Petugas bantuan", "/help-desk?q=widodo", (follow("main a.tile"),)),
    Screen("board-auditor", "Auditor", "/board/"),
    Screen("journal", "Auditor", "/journal/"),
    Screen("outages", "BKD", "/outages/"),
    Screen("unit-rename", "BKD", "/units/", (follow("main a[href$='/rename']"),)),
    Screen("person-place", "BKD", "/people/", (follow("main tbody th a"), follow("main a[href$='/place']"))),
    Screen("governments", "Platform", "/platform"),
    Screen("never-signed-in", "Admin unit", "/accounts/waiting"),
    Screen("never-signed-in-unit", "BKD", "/accounts/waiting", (choose_waiting_unit,)),
    Screen("slips", "BKD", "/accounts/waiting", SLIPS),
    # It signs its role out, and is therefore the last of it.
    Screen("activation", "BKD", "/accounts/waiting", (*SLIPS, type_shown_code)),
)
