import pytest
from django.test import Client
from tests.portal.queries import queries_of
from tests.town import Town


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
