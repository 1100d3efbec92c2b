import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.portal.queries import queries_of
from tests.town import Town

from hadir.kernel.clock import now
from hadir.org.commands.people import rename_person
from hadir.org.models import Placement
from hadir.org.rights import SYSTEM
from hadir.recaps import views
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


def names_on(page: str) -> list[str]:
    return re.findall(r'<th scope="row" title="([^"]+)">', page)


def set_rank(town: Town, role: str, rank: str) -> None:
    with acting_in(town.government.pk):
        assert Placement.objects.filter(person=town.people[role]).update(rank=rank)


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
    assert "Belum diajukan dan belum disahkan siapa pun" in page


def test_the_sheet_holds_the_same_codes_and_the_totals(rina: Client, town: Town, address: str) -> None:
    town.tap("pegawai", 8, 42)
    rows = sheet_of(rina, address)
    budi = row_of(rows, "Budi Prasetyo")
    assert budi[5 + now().day] == "T"
    assert rows[0][0] == "Pemerintah Kota Contoh"
    assert rows[1][0] == "Dinas Kesehatan"
    assert "Belum diajukan dan belum disahkan siapa pun" in str(rows[3][0])
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


def test_people_stand_in_the_order_of_the_office(rina: Client, town: Town, address: str) -> None:
    set_rank(town, "pegawai", "Penata Muda Tk. I (III/b)")
    set_rank(town, "operator", "Pengatur (II/c)")
    set_rank(town, "atasan", "Pembina (IV/a)")
    expected = ["Dewi Lestari", "Sari Wulandari", "Budi Prasetyo", "Rina Kusuma", "Agus Setiawan"]
    assert names_on(rina.get(address).content.decode()) == expected
    assert [row[1] for row in sheet_of(rina, address)[6:11]] == expected


def test_percentages_of_different_people_are_not_added_up(rina: Client, town: Town, address: str) -> None:
    town.tap("pegawai", 8, 42)
    foot = re.search("<tfoot>.*</tfoot>", rina.get(address).content.decode())
    assert foot
    assert "Jumlah</th>" in foot[0]
    assert ">72</td>" in foot[0]
    assert "%" not in foot[0]


def test_the_foot_of_a_page_says_that_it_sums_this_page(
    rina: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PEOPLE_A_PAGE", 2)
    assert "Jumlah halaman ini</th>" in rina.get(address).content.decode()


def test_the_sheet_ends_with_sums_and_with_the_head_who_signs(rina: Client, town: Town, address: str) -> None:
    town.tap("pegawai", 8, 42)
    set_rank(town, "head", "Pembina Utama Muda (IV/c)")
    rows = sheet_of(rina, address)
    assert 72 in row_of(rows, "Jumlah")
    signed = [text for row in rows[12:] for text in row[20:] if text]
    assert signed[1:4] == ["Analis,", "Dewi Lestari", "Pembina Utama Muda (IV/c)"]
    assert str(signed[4]).startswith("NIP")


def test_the_sheet_prints_on_wide_pages_that_repeat_the_head_row(rina: Client, address: str) -> None:
    with ZipFile(BytesIO(rina.get(f"{address}sheet.xlsx").getvalue())) as book:
        sheet, names = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/workbook.xml").decode()
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert "Print_Titles" in names
    assert "$6:$6" in names
