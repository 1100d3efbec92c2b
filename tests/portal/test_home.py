from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.portal.queries import queries_of
from tests.roles import acting_as
from tests.town import Town

from hadir.accounts.models import Account
from hadir.kernel.clock import now
from hadir.notices.models import Notice
from hadir.tenancy.current import acting_in


@pytest.fixture
def budi(client: Client, town: Town) -> Client:
    client.force_login(town.accounts["pegawai"])
    return client


def test_home_tells_who_tapped_late_how_late_and_until_when_it_is_worked_back(budi: Client, town: Town) -> None:
    town.tap("pegawai", 7, 42)
    page = budi.get("/").content.decode()
    assert "Selamat pagi, Budi Prasetyo" in page
    assert "07.42" in page
    assert "12 menit harus diganti, sampai 16.12" in page
    assert "/board/" not in page


def test_the_tap_page_hears_the_verdict_of_today(budi: Client, town: Town) -> None:
    town.tap("pegawai", 7, 20)
    told = budi.get("/phone/today").json()
    assert told["status"] == "present"
    assert "16.00" in told["sentence"]


def test_a_head_lands_on_the_numbers_of_the_office(client: Client, town: Town) -> None:
    client.force_login(town.accounts["head"])
    page = client.get("/").content.decode()
    assert "Dinas Kesehatan" in page
    assert "0 hadir dari 5" in page


def test_a_superior_sees_the_team(client: Client, town: Town) -> None:
    town.tap("pegawai", 7, 42)
    client.force_login(town.accounts["atasan"])
    page = client.get("/").content.decode()
    assert f"/history/{town.people['pegawai'].pk}/" in page


def test_who_runs_the_installation_lands_on_totals(client: Client, town: Town) -> None:
    with acting_as("founder"):
        operator = Account.objects.create(is_platform_operator=True)
    client.force_login(operator)
    assert client.get("/")["Location"] == "/platform"


@pytest.mark.parametrize(("role", "most"), [("pegawai", 24), ("atasan", 40), ("head", 40), ("bkd", 40)])
def test_the_first_page_asks_few_questions(client: Client, town: Town, role: str, most: int) -> None:
    client.force_login(town.accounts[role])
    assert queries_of(client, "/") <= most


def test_the_tap_page_knows_whose_it_is(budi: Client, town: Town) -> None:
    assert f'data-person="{town.people["pegawai"].pk}"' in budi.get("/tap/").content.decode()


def test_the_frame_counts_what_was_not_read(budi: Client, town: Town) -> None:
    assert "belum dibaca" not in budi.get("/").content.decode()
    with acting_in(town.government.pk), acting_as("worker"):
        Notice.objects.create(
            government=town.government, person_id=town.people["pegawai"].pk, sentence="Something was decided."
        )
    assert "belum dibaca" in budi.get("/").content.decode()


def test_who_may_not_enter_keeps_the_menu(budi: Client, town: Town) -> None:
    refused = budi.get("/board/")
    assert refused.status_code == 403
    assert 'href="/history/"' in refused.content.decode()


def test_the_tap_page_hears_that_the_day_is_off(client: Client, town: Town) -> None:
    with time_machine.travel(now() + timedelta(days=4), tick=False):
        client.force_login(town.accounts["pegawai"])
        told = client.get("/phone/today").json()
    assert told["is_off"]
    assert told["sentence"] == "Hari ini Anda tidak bertugas."


def test_the_first_page_offers_the_distance_to_the_own_site(budi: Client, town: Town) -> None:
    page = budi.get("/").content.decode()
    assert "Cek jarak" in page
    assert "Balai Kota" in page
