from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.terminals.signing_in import sign_in, text
from tests.terminals.test_absorbing import FIRST, own, punch, send, upload

from hadir.org import commands
from hadir.org.commands.units import Spot
from hadir.org.models import Role
from hadir.org.rights import SYSTEM
from hadir.tenancy.current import acting_in

if TYPE_CHECKING:
    from django.test import Client

SERIAL = "HDR7261100022"


@pytest.fixture
def rina(city) -> Client:
    return sign_in(city, city.office.rina)


def form(city, **changed: Any) -> dict[str, Any]:
    given = {"name": "Front door", "site": city.site.pk, "zone": "WITA", "networks": "10.1.2.0/24"}
    return given | changed


def test_a_terminal_that_waits_is_found_by_its_whole_number_and_approved(installation, city, open_gate, rina):
    door = open_gate()
    assert send(door, own("attlog_7_fields_batch")).status == 403
    page = rina.get("/terminals/approve/", {"serial": f" {SERIAL.lower()} "})
    assert "10.1.2.3" in text(page)
    assert "10.1.2.0/24" in text(page)
    answer = rina.post(f"/terminals/approve/?serial={SERIAL}", form(city))
    assert answer.status_code == 302
    assert "Front door" in text(rina.get("/terminals/"))
    door.do(door.gate._memory.read())
    assert send(door, own("attlog_7_fields_batch")).body == b"OK: 5"
    installation.absorb()
    assert "0007" in text(rina.get(answer.url))
    acts = installation.ask("SELECT act, account_id IS NOT NULL FROM audit_entry WHERE subject = 'terminals.terminal'")
    assert acts == [("terminal.approved", True)]


@pytest.mark.parametrize("serial", ["HDR726110002", "HDR", "%", "", "HDR7261100099"])
def test_nothing_is_told_of_a_terminal_whose_number_is_not_known_in_full(city, open_gate, rina, serial):
    send(open_gate(), own("attlog_7_fields_batch"))
    answer = rina.get("/terminals/approve/", {"serial": serial})
    assert answer.status_code in {302, 404}
    assert SERIAL not in text(rina.get("/terminals/"))
    assert rina.post(f"/terminals/approve/?serial={serial}", form(city)).status_code in {302, 404}


def test_the_clock_of_a_terminal_shows_the_zone_of_its_site_unless_said_otherwise(installation, city, open_gate, rina):
    send(open_gate(), own("attlog_7_fields_batch"))
    assert rina.post(f"/terminals/approve/?serial={SERIAL}", form(city, zone="")).status_code == 302
    assert installation.ask("SELECT zone FROM terminals_terminal") == [("WITA",)]


def test_a_network_that_is_none_is_said_beside_its_field(city, open_gate, rina):
    send(open_gate(), own("attlog_7_fields_batch"))
    answer = rina.post(f"/terminals/approve/?serial={SERIAL}", form(city, networks="kantor"))
    assert answer.status_code == 200
    assert "kantor is not a network" in text(answer)


def test_a_terminal_speaks_from_a_network_or_somebody_says_that_it_may_from_anywhere(
    installation, city, open_gate, rina
):
    send(open_gate(), own("attlog_7_fields_batch"))
    address = f"/terminals/approve/?serial={SERIAL}"
    for given in (form(city, networks=""), form(city, anywhere="on")):
        answer = rina.post(address, given)
        assert answer.status_code == 200
        assert "Write a network, or tick" in text(answer)
    answer = rina.post(address, form(city, networks="", anywhere="on"))
    assert answer.status_code == 302
    assert installation.ask("SELECT cardinality(networks) FROM terminals_terminal") == [(0,)]
    assert "checked" in text(rina.get(f"{answer.url}change/"))


def test_another_government_learns_nothing_of_a_terminal_and_cannot_take_it(
    installation, city, ministry, open_gate, rina
):
    city.map("305", city.office.budi, FIRST, terminal=city.approve(SERIAL, "10.9.0.0/16"))
    send(open_gate(), own("attlog_7_fields_batch"))
    installation.absorb()
    other = sign_in(ministry, ministry.office.rina)
    assert other.get("/terminals/approve/", {"serial": SERIAL}).status_code == 404
    assert other.post(f"/terminals/approve/?serial={SERIAL}", form(ministry)).status_code == 404
    assert SERIAL not in text(other.get("/terminals/"))
    ((terminal,),) = installation.ask("SELECT id FROM terminals_terminal")
    for path in ("", "change/", "pins/305/"):
        assert other.get(f"/terminals/{terminal}/{path}").status_code == 404
    assert other.post(f"/terminals/{terminal}/block/").status_code == 404
    assert "outside the allowed networks" in text(rina.get(f"/terminals/{terminal}/"))


def test_who_approves_no_terminals_sees_none_of_their_pages(city):
    terminal = city.approve(SERIAL)
    budi = sign_in(city, city.office.budi)
    for path in ("", "approve/?serial=HDR7261100022", "pins/"):
        assert budi.get(f"/terminals/{path}").status_code == 403
    assert budi.get(f"/terminals/{terminal.pk}/").status_code == 404
    assert budi.post(f"/terminals/{terminal.pk}/block/").status_code == 404


def test_an_admin_of_one_unit_has_its_terminals_and_no_others(city):
    with acting_in(city.government):
        spot = Spot("Pos Pemadam", -53_100_000, 1_195_100_000)
        elsewhere = commands.add_site(spot, unit=city.office.fire, actor=SYSTEM)
        city.office.appoint(city.office.joko, Role.UNIT_ADMIN, city.office.fire)
    city.approve(SERIAL)
    city.approve("HDR0000000002", site=elsewhere)
    page = text(sign_in(city, city.office.joko).get("/terminals/"))
    assert "HDR0000000002" in page
    assert SERIAL not in page


def test_a_blocked_terminal_is_turned_away_until_it_is_heard_again(city, open_gate, rina):
    terminal = city.approve(SERIAL)
    door = open_gate()
    assert upload(door, punch("1", "2026-08-03 07:00:00")).status == 200
    assert rina.post(f"/terminals/{terminal.pk}/block/").status_code == 302
    door.do(door.gate._memory.read())
    assert upload(door, punch("1", "2026-08-03 08:00:00")).status == 403
    assert rina.post(f"/terminals/{terminal.pk}/unblock/").status_code == 302
    door.do(door.gate._memory.read())
    assert upload(door, punch("1", "2026-08-03 08:00:00")).status == 200


def test_a_pin_that_waits_is_listed_and_given_to_a_person_found_by_number(installation, city, open_gate, rina):
    terminal = city.approve(SERIAL)
    send(open_gate(), own("attlog_7_fields_batch"))
    installation.absorb()
    assert "3174051122" in text(rina.get("/terminals/pins/"))
    assert "3174051122" not in text(rina.get("/terminals/pins/", {"q": "0007"}))
    address = f"/terminals/{terminal.pk}/pins/305/?q=19860317"
    page = text(rina.get(address))
    assert "Budi Prasetyo" in page
    assert "Sari" not in page
    given = {"person": city.office.budi.pk, "first_day": "2026-08-01", "last_day": ""}
    assert rina.post(address, given).status_code == 302
    installation.absorb()
    assert installation.ask("SELECT count(*), min(person_id) FROM clocking_event") == [(3, city.office.budi.pk)]
    assert "305" not in text(rina.get("/terminals/pins/")).replace("3174051122", "")
    assert "Budi Prasetyo" in text(rina.get(f"/terminals/{terminal.pk}/"))


def test_a_pin_is_ended_and_given_to_another(city, rina):
    terminal = city.approve(SERIAL)
    mapped = city.map("305", city.office.budi, date(2026, 1, 1), terminal=terminal)
    address = f"/terminals/{terminal.pk}/pins/305/?q=Sari"
    given = {"person": city.office.sari.pk, "first_day": "2026-08-01"}
    assert rina.post(address, given).status_code == 409
    ended = rina.post(f"/terminals/{terminal.pk}/mappings/{mapped.pk}/end/", {"last_day": "2026-07-31"})
    assert ended.status_code == 302
    assert rina.post(address, given).status_code == 302


def test_nobody_gives_a_pin_to_themselves(city, rina):
    terminal = city.approve(SERIAL)
    address = f"/terminals/{terminal.pk}/pins/305/?q=Rina"
    assert "Rina Kusuma" not in text(rina.get(address)).partition("<main")[2]
    given = {"person": city.office.rina.pk, "first_day": "2026-08-01"}
    assert rina.post(address, given).status_code == 200  # the form again: she cannot be chosen


def test_the_fleet_costs_the_same_queries_however_large_it_is(city, rina):
    city.approve(SERIAL)
    rina.get("/terminals/")
    with CaptureQueriesContext(connection) as one:
        rina.get("/terminals/")
    for number in range(20):
        city.approve(f"HDR{number:010}")
    with CaptureQueriesContext(connection) as many:
        rina.get("/terminals/")
    assert len(many) == len(one) <= 12
