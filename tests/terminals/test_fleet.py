from __future__ import annotations

from datetime import date, datetime, timedelta

import psycopg
import pytest
from tests.terminals.test_absorbing import FIRST, SERIAL, events, own, punch, send, upload

from hadir.kernel.clock import now
from hadir.kernel.refusals import InvalidData
from hadir.kernel.zones import Zone
from hadir.org.models import Role
from hadir.org.rights import NotAllowed, OwnCase
from hadir.tenancy.current import acting_in
from hadir.terminals import queries
from hadir.terminals.commands.fleet import Mounting, change_terminal
from hadir.terminals.commands.pins import PinOwner, map_pin
from hadir.terminals.identity import PunchKey, identify
from hadir.terminals.models import Punch, RawMessage, Terminal
from hadir.terminals.refusals import NotHeard, PinTaken, SerialTaken, WrongDates, WrongNetwork
from hadir.terminals.tasks import forget_contacts


def test_the_identity_of_a_punch_is_what_the_documentation_says() -> None:
    key = PunchKey(1, "hdr7261100022", "0007", datetime(2026, 8, 3, 7, 2, 30), 0, 4)  # noqa: DTZ001 - wall time
    # printf 'HPU1\n1\nHDR7261100022\n0007\n2026-08-03T07:02:30\n0\n4' | sha256sum
    assert identify(key).hex() == "121640b5812e76f97bd492d55043f152271a96b3fc7d59e8337b4ab1635cbe7b"


def test_what_a_terminal_kept_while_it_waited_arrives_after_its_approval(installation, city, open_gate):
    door = open_gate()
    batch = own("attlog_7_fields_batch")
    assert send(door, batch).status == 403
    assert installation.ask("SELECT count(*) FROM terminals_rawmessage") == [(0,)]
    city.approve(SERIAL, "10.1.2.0/24", actor=city.rina)
    door.do(door.gate._memory.read())
    assert b"ATTLOGStamp=None" in door.ask("GET", f"/iclock/cdata?SN={SERIAL}&options=all").body
    assert send(door, batch).body == b"OK: 5"
    installation.absorb()
    assert installation.ask("SELECT count(*) FROM terminals_punch") == [(5,)]


def test_only_a_terminal_that_has_spoken_is_approved_by_a_person(city):
    with pytest.raises(NotHeard):
        city.approve(SERIAL, actor=city.rina)


def test_a_serial_number_is_in_one_government_only(city, ministry, open_gate):
    city.approve(SERIAL)
    with pytest.raises(SerialTaken):
        ministry.approve(SERIAL.lower())


@pytest.mark.parametrize(("serial", "network", "refusal"), [("A B", "", InvalidData), ("ABCD", "kantor", WrongNetwork)])
def test_nonsense_is_refused(city, serial, network, refusal):
    with pytest.raises(refusal):
        city.approve(serial, network)


def test_another_zone_counts_for_what_arrives_from_then_on(installation, city, open_gate):
    terminal = city.approve(SERIAL, zone=Zone.WITA)
    city.map("12", city.office.budi, FIRST, terminal=terminal)
    door = open_gate()
    upload(door, punch("12", "2026-08-03 07:30:00"))
    installation.absorb()
    with acting_in(city.government):
        found = queries.accessible_terminal(terminal.pk, actor=city.rina)
        change_terminal(found, Mounting("Pintu", city.site, Zone.WIB), actor=city.rina)
    upload(door, punch("12", "2026-08-04 07:30:00"))
    installation.absorb()
    assert [event[0].hour for event in events(installation)] == [23, 0]


def test_the_clock_of_a_terminal_is_judged_by_punches_that_came_at_once(installation, city, open_gate):
    terminal = city.approve(SERIAL, zone=Zone.WIB)
    door = open_gate()
    wall = now() + Zone.WIB.offset
    for pin, minutes in enumerate((5, 5, 5, 200, 5)):
        upload(door, punch(pin, f"{wall - timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S}"))
    upload(door, punch("1", "2026-01-01 07:00:00") + punch("2", "2026-01-01 07:00:00"))
    installation.absorb()
    with acting_in(city.government):
        (row,) = queries.drifts_of([terminal.pk]).values()
    assert timedelta(minutes=5) <= row < timedelta(minutes=7)


def test_two_workers_at_once_make_each_event_once(installation, city, open_gate):
    city.map("12", city.office.budi, FIRST, terminal=city.approve(SERIAL))
    door = open_gate()
    for day in range(1, 29):
        upload(door, punch("12", f"2026-07-{day:02} 07:30:00"))
    with psycopg.connect(installation.cluster.url(installation.name)) as other:
        other.execute("SELECT id FROM terminals_rawmessage ORDER BY id LIMIT 5 FOR UPDATE")
        installation.absorb()
        assert len(events(installation)) == 23
    installation.absorb()
    assert len(events(installation)) == 28


def test_a_pin_cannot_be_two_peoples_at_once(city):
    terminal = city.approve(SERIAL)
    city.map("12", city.office.budi, date(2026, 1, 1), date(2026, 6, 30), terminal)
    with pytest.raises(PinTaken, match="Budi Prasetyo"):
        city.map("12", city.office.sari, date(2026, 6, 30), terminal=terminal)
    city.map("12", city.office.sari, date(2026, 7, 1), terminal=terminal)
    with pytest.raises(WrongDates):
        city.map("13", city.office.sari, date(2026, 7, 1), date(2026, 6, 1))


def test_the_database_itself_keeps_a_pin_with_one_person(installation, city):
    terminal = city.approve(SERIAL)
    city.map("12", city.office.budi, date(2026, 1, 1), terminal=terminal)
    with pytest.raises(psycopg.errors.ExclusionViolation):
        installation.ask(
            "INSERT INTO terminals_pin (government_id, pin, terminal_id, person_id, valid_from, recorded_at) "
            "SELECT government_id, pin, terminal_id, %s, '2026-02-02', now() FROM terminals_pin",
            city.office.sari.pk,
        )


def test_who_may_not_approve_terminals_there_cannot_give_pins(city):
    terminal = city.approve(SERIAL)
    with acting_in(city.government):
        joko = city.office.appoint(city.office.joko, Role.UNIT_ADMIN, city.office.fire)
        sari = city.office.appoint(city.office.sari, Role.UNIT_ADMIN, city.office.health)
        for actor, person, where in (
            (joko, city.office.budi, terminal),
            (joko, city.office.joko, None),
            (sari, city.office.budi, None),
        ):
            with pytest.raises((NotAllowed, OwnCase)):
                map_pin(PinOwner("12", person, FIRST, None, where), actor=actor)
        with pytest.raises(OwnCase):
            map_pin(PinOwner("12", city.office.rina, FIRST), actor=city.rina)
        assert map_pin(PinOwner("12", city.office.budi, FIRST, None, terminal), actor=sari).pin == "12"


def test_another_government_sees_none_of_it(installation, city, ministry, open_gate):
    city.map("305", city.office.budi, FIRST, terminal=city.approve(SERIAL))
    send(open_gate(), own("attlog_7_fields_batch"))
    installation.absorb()
    with acting_in(city.government):
        assert (RawMessage.objects.count(), Punch.objects.count()) == (1, 5)
    with acting_in(ministry.government):
        assert (Terminal.objects.count(), RawMessage.objects.count(), Punch.objects.count()) == (0, 0, 0)
        assert queries.waiting_pins(ministry.rina) == []
        assert queries.contact_for(SERIAL) is None


def test_two_governments_may_use_the_same_pin_for_their_own_people(installation, city, ministry, open_gate):
    city.map("12", city.office.budi, FIRST, terminal=city.approve(SERIAL))
    ministry.map("12", ministry.office.sari, FIRST, terminal=ministry.approve("HDR0000000002"))
    door = open_gate()
    upload(door, punch("12", "2026-08-03 07:30:00"))
    upload(door, punch("12", "2026-08-03 07:30:00"), "HDR0000000002")
    installation.absorb()
    owners = installation.ask("SELECT government_id, person_id FROM clocking_event ORDER BY 1")
    assert owners == [(city.government, city.office.budi.pk), (ministry.government, ministry.office.sari.pk)]


def test_strangers_that_fell_silent_are_forgotten(installation, city, open_gate):
    send(open_gate(), own("attlog_7_fields_batch"))
    installation.ask("UPDATE terminals_contact SET last_seen = now() - interval '31 days'")
    with installation.acting_as("worker"):
        forget_contacts(0)
    assert installation.ask("SELECT count(*) FROM terminals_contact") == [(0,)]
