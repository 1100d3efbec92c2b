import pytest
from django.test import Client
from tests.town import Town


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
