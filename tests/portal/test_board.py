from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.portal.queries import queries_of
from tests.town import Town

from hadir.kernel.clock import now
from hadir.org.commands.units import add_unit
from hadir.org.rights import SYSTEM
from hadir.rules.catalogue import shelf
from hadir.schedules.commands import define_shift, set_pattern_of_person
from hadir.tenancy.current import acting_in


@pytest.fixture
def dewi(client: Client, town: Town) -> Client:
    """The head of the health office, whose five people must all be there at ten o'clock."""
    client.force_login(town.accounts["head"])
    return client


def test_a_head_sees_who_is_there_of_those_who_must_be(dewi: Client, town: Town) -> None:
    town.tap("pegawai", 7, 10)
    town.tap("atasan", 8, 42)
    page = dewi.get("/board/").content.decode()
    assert "2 hadir dari 5" in page
    assert "40,0" in page
    assert "Budi Prasetyo" in page
    assert "terlambat 1 jam 12 menit" in page
    assert "Lina Marpaung" not in page


def test_the_agency_compares_units_by_name(client: Client, town: Town) -> None:
    client.force_login(town.accounts["bkd"])
    town.tap("neighbour", 7, 10)
    page = client.get("/board/").content.decode()
    health, social = (f'<a href="/board/{town.units[key].pk}/">' for key in ("health", "social"))
    assert health in page
    assert social in page
    assert page.index(social) > page.index(health)


def test_a_fragment_that_did_not_change_is_not_sent_again(dewi: Client, town: Town) -> None:
    first = dewi.get("/board/", headers={"X-Fragment": "1"})
    assert b"<html" not in first.content
    again = {"X-Fragment": "1", "If-None-Match": first["ETag"]}
    assert dewi.get("/board/", headers=again).status_code == 304
    town.tap("pegawai", 7, 10)
    assert dewi.get("/board/", headers=again).status_code == 200


def test_the_queries_of_the_board_do_not_grow_with_the_taps(dewi: Client, town: Town) -> None:
    before = queries_of(dewi, "/board/")
    for role in ("pegawai", "atasan", "operator"):
        town.tap(role, 7, 10)
    assert queries_of(dewi, "/board/") == before <= 24


def test_a_wall_shows_the_same_board_larger(dewi: Client, town: Town) -> None:
    assert 'class="wall"' in dewi.get("/board/?wall=1").content.decode()


def test_a_night_that_began_yesterday_is_still_there_at_two_o_clock(client: Client, town: Town) -> None:
    with acting_in(town.government.pk):
        night = define_shift("night", shelf("shifts")["hospital_night"], on=now().date(), actor=SYSTEM, reason="ward")
        for role in ("pegawai", "atasan"):
            set_pattern_of_person(night, person=town.people[role], on=now().date(), actor=SYSTEM)
    town.tap("pegawai", 20, 50)
    client.force_login(town.accounts["head"])
    before = queries_of(client, "/board/")
    with time_machine.travel(now() + timedelta(hours=16), tick=False):
        page = client.get("/board/").content.decode()
        assert "1 hadir dari 2 yang wajib hadir saat ini" in page
        assert "20.50" in page
        assert queries_of(client, "/board/") <= before
    with time_machine.travel(now() + timedelta(hours=22), tick=False):
        assert "1 hadir dari 2" not in client.get("/board/").content.decode()


def test_a_day_off_has_no_rate_and_says_so(dewi: Client, town: Town) -> None:
    sunday = now() + timedelta(days=4)
    with time_machine.travel(sunday, tick=False):
        dewi.force_login(town.accounts["head"])
        page = dewi.get("/board/").content.decode()
    assert "Libur: hari ini tidak ada yang bertugas di sini." in page
    assert "0,0" not in page


def test_units_that_have_not_joined_stand_apart_from_the_rows(client: Client, town: Town) -> None:
    with acting_in(town.government.pk):
        add_unit("30", "Dinas Arsip", parent=town.units[""], actor=SYSTEM)
    client.force_login(town.accounts["bkd"])
    page = client.get("/board/").content.decode()
    assert "1 unit belum bergabung" in page
    assert page.index("</table>") < page.index("Dinas Arsip")


def test_a_wall_names_the_units_that_lag_the_lowest_first(client: Client, town: Town) -> None:
    town.tap("neighbour", 7, 10)
    client.force_login(town.accounts["bkd"])
    page = client.get("/board/?wall=1").content.decode()
    assert page.index("Dinas Kesehatan") < page.index("Dinas Sosial")
    assert "<table" not in page
