"""One day as its people live it: Budi taps, his head watches, the operator takes the month home."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from python_calamine import CalamineWorkbook
from tests import servers
from tests.e2e.sites import Site, prepared_site

from hadir.cli.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
VIOLATIONS = "axe.run(document).then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes[0].html}`))"
PASSWORD = "padi menguning di sawah"
AT_THE_OFFICE = {"latitude": -6.2, "longitude": 106.8, "accuracy": 8}
ROUND_THE_CORNER = {"latitude": -6.2, "longitude": 106.802, "accuracy": 8}
FOUND = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.e2e.founding import found_town
found_town({PASSWORD!r})
"""


@pytest.fixture(scope="module")
def town(cluster: Cluster, django_db_setup: None, worker_id: str) -> Iterator[Site]:
    """The door before a town in which it is always a working day."""
    folder = servers.open_temporary_folder()
    site = prepared_site(cluster, f"hadir_day_{worker_id}", folder)
    site.run_as_owner(FOUND)
    with site.serving():
        yield site
    servers.remove(folder)


@pytest.fixture
def visit(chromium: Browser, town: Site) -> Iterator[Any]:
    """Open a browser for somebody of a role, signed in, at a place."""
    contexts: list[BrowserContext] = []

    def opened(role: str, place: dict[str, float] = AT_THE_OFFICE, width: int = 1280) -> Page:
        context = chromium.new_context(
            base_url=town.url,
            viewport={"width": width, "height": 760},
            locale="id-ID",
            permissions=["camera", "geolocation"],
            geolocation=place,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/")
        page.locator("input[name=name]").fill(f"{role}@kota-contoh.example")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form.card button").click()
        expect(page.locator("h1")).to_contain_text("Selamat")
        return page

    yield opened
    for context in contexts:
        context.close()


def tap(page: Page) -> None:
    page.goto("/tap/")
    press = page.locator("[data-part=press]")
    expect(press).to_be_enabled(timeout=20_000)
    press.click()
    expect(page.locator("[data-part=receipt]")).to_be_visible(timeout=20_000)


def test_a_tap_in_the_office_is_receipted_and_the_head_sees_who_came(visit: Any) -> None:
    budi = visit("pegawai", width=360)
    tap(budi)
    expect(budi.locator("[data-receipt=result]")).to_have_text("Tercatat dan dihitung")
    expect(budi.locator("[data-receipt=code]")).to_have_text(re.compile(r"[0-9A-F]{5} [0-9A-F]{5}"))
    expect(budi.locator("[data-part=verdict]")).to_contain_text("Hadir", timeout=20_000)
    came = budi.locator("[data-receipt=time]").inner_text()

    head = visit("head")
    head.goto("/board/")
    row = head.locator("#names tbody tr", has_text="Budi Prasetyo")
    expect(row).to_contain_text("Hadir")
    expect(row).to_contain_text(came[:5])


def test_a_tap_round_the_corner_is_kept_and_says_what_to_do(visit: Any) -> None:
    page = visit("atasan", ROUND_THE_CORNER, width=360)
    tap(page)
    expect(page.locator("[data-receipt=reason]")).to_have_text("Di luar area")
    expect(page.locator("[data-receipt=way_out]")).to_be_visible()


def test_the_operator_takes_the_month_home_as_a_workbook(visit: Any, tmp_path: Path) -> None:
    budi = visit("pegawai", width=360)
    tap(budi)
    page = visit("operator")
    page.goto("/recap/")
    expect(page.locator("h1")).to_contain_text("Rekap bulanan")
    expect(page.locator("tbody tr", has_text="Budi Prasetyo")).to_be_visible()
    with page.expect_download() as download:
        page.locator("a[download]").click()
    file = tmp_path / "rekap.xlsx"
    download.value.save_as(file)
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    budi_row = next(row for row in rows if row[1] == "Budi Prasetyo")
    assert "H" in budi_row
    assert rows[1][0] == "Dinas Kesehatan"


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_accessible_and_not_wider_than_its_screen(visit: Any, width: int) -> None:
    page = visit("head", width=width)
    troubles = {}
    for path in ("/", "/tap/", "/board/", "/board/?wall=1", "/recap/", "/history/"):
        page.goto(path)
        troubles[path] = troubles_of(page, width)
    page.locator("a.month__day").last.click()
    expect(page.locator(".timeline")).to_be_visible()
    troubles["a day"] = troubles_of(page, width)
    assert {path: found for path, found in troubles.items() if found} == {}


def troubles_of(page: Page, width: int) -> list[str]:
    found: list[str] = page.evaluate(f"() => {{ {AXE.read_text()}; return {VIOLATIONS} }}")
    is_wide = page.evaluate("document.documentElement.scrollWidth") > width
    return [*found, "wider than the screen"] if is_wide else found
