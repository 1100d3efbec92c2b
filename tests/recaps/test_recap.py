from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.portal.queries import queries_of
from tests.town import Town

from hadir.kernel.clock import now
from hadir.org.commands.people import rename_person
from hadir.org.rights import SYSTEM
from hadir.tenancy.current import acting_in


@pytest.fixture
def rina(client: Client, town: Town) -> Client:
    """The operator of the health office."""
    client.force_login(town.accounts["operator"])
    return client


@pytest.fixture
def address(town: Town) -> str:
    return f"/recap/{town.units['health'].pk}/{now():%Y-%m}/"


def sheet_of(client: Client, address: str) -> list[list[object]]:
    content = client.get(f"{address}sheet.xlsx").getvalue()
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def row_of(rows: list[list[object]], name: str) -> list[object]:
    return next(row for row in rows if row[1] == name)


def test_the_recap_shows_each_person_of_the_unit_with_a_code_a_day(rina: Client, town: Town, address: str) -> None:
    town.tap("pegawai", 8, 42)
    page = rina.get(address).content.decode()
    assert "Budi Prasetyo" in page
    assert "Lina Marpaung" not in page
    assert f'/history/{town.people["pegawai"].pk}/{now().date().isoformat()}/"><span class="mark mark--late"' in page


def test_the_recap_says_that_it_is_a_draft(rina: Client, address: str) -> None:
    page = rina.get(address).content.decode()
    assert "Rancangan" in page
    assert "10.00 WIB" in page


def test_the_sheet_holds_the_same_codes_and_the_totals(rina: Client, town: Town, address: str) -> None:
    town.tap("pegawai", 8, 42)
    rows = sheet_of(rina, address)
    budi = row_of(rows, "Budi Prasetyo")
    assert budi[5 + now().day] == "T"
    assert rows[0][0] == "Pemerintah Kota Contoh"
    assert rows[1][0] == "Dinas Kesehatan"
    assert 72 in budi


def test_a_name_that_looks_like_a_formula_stays_a_name(rina: Client, town: Town, address: str) -> None:
    formula = '=HYPERLINK("http://example.org","Budi")'
    with acting_in(town.government.pk):
        rename_person(town.people["pegawai"], formula, actor=SYSTEM)
    assert row_of(sheet_of(rina, address), formula)[1] == formula


def test_a_name_cannot_bring_markup_into_the_page(rina: Client, town: Town, address: str) -> None:
    with acting_in(town.government.pk):
        rename_person(town.people["pegawai"], "<script>Budi</script>", actor=SYSTEM)
    assert "<script>Budi" not in rina.get(address).content.decode()


def test_only_the_class_that_was_chosen_is_shown(rina: Client, address: str) -> None:
    assert "Budi Prasetyo" in rina.get(f"{address}?staff_class=pns").content.decode()
    assert "Budi Prasetyo" not in rina.get(f"{address}?staff_class=honorer").content.decode()


def test_a_month_ahead_has_no_recap(rina: Client, town: Town) -> None:
    ahead = now().date().replace(year=now().year + 1)
    assert rina.get(f"/recap/{town.units['health'].pk}/{ahead:%Y-%m}/").status_code == 404


def test_the_queries_do_not_grow_with_people_or_taps(rina: Client, client: Client, town: Town, address: str) -> None:
    few = queries_of(rina, address)
    for role in ("pegawai", "atasan", "operator"):
        town.tap(role, 7, 10)
    assert queries_of(rina, address) == few <= 26
    client.force_login(town.accounts["bkd"])
    assert queries_of(client, f"/recap/{town.units[''].pk}/{now():%Y-%m}/") == few


def test_the_agency_is_led_to_the_month_of_the_whole_government(client: Client, town: Town) -> None:
    client.force_login(town.accounts["bkd"])
    assert client.get("/recap/")["Location"] == f"/recap/{town.units[''].pk}/{now():%Y-%m}/"
