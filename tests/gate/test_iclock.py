from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.gate.conftest import KOTA, Door
from tests.wire.adms.captured import OWN, read_capture

from hadir.gate.app import create_app
from hadir.gate.settings import Rate, Throttles

ANSWERS = {path.stem: read_capture(path) for path in sorted(OWN.glob("*.txt"))}
PROMISED = {name: capture for name, capture in ANSWERS.items() if "| reply: " in capture.comment}
ROW = b"305\t2026-08-03 07:01:44\t0\t1\t0\n"
_serials = (f"HDR7261200{number:03}" for number in itertools.count(1))


@pytest.fixture
def approve(ledger):
    def approved(serial: str = "", *networks: str, zone: str = "WIT", state: str = "approved") -> str:
        known = serial or next(_serials)
        ledger.ask(
            "INSERT INTO terminals_terminal (government_id, serial, name, site_id, zone, networks, state, approved_at) "
            "VALUES (%s, %s, 'Pintu depan', 1, %s, %s, %s, now()) ON CONFLICT DO NOTHING",
            KOTA,
            known,
            zone,
            list(networks),
            state,
        )
        return known

    return approved


@pytest.fixture
def gate(ledger, settings_of_door, approve):
    """Open a gate that has read which terminals are approved by now."""
    opened = []

    def start(**changed):
        chosen = replace(settings_of_door, **changed)
        door = Door(create_app(chosen), chosen)
        opened.append(door)
        door.do(door.gate.start())
        return door

    yield start
    for door in opened:
        door.do(door.gate.stop())
        door.close()


def upload(door, serial, body=ROW, table="ATTLOG", address="10.1.2.3"):
    return door.ask("POST", f"/iclock/cdata?SN={serial}&table={table}&Stamp=9999", body, address)


def handshake(door, serial, address="10.1.2.3"):
    return door.ask("GET", f"/iclock/cdata?SN={serial}&options=all&pushver=2.4.1&pushcommkey=rahasia", b"", address)


def kept(ledger, serial):
    return ledger.ask(
        "SELECT table_name, body FROM terminals_rawmessage m JOIN terminals_terminal t ON t.id = m.terminal_id "
        "WHERE t.serial = %s ORDER BY m.id",
        serial,
    )


def contact(ledger, serial):
    return ledger.ask(
        "SELECT host(address), options, dialect, first_seen, last_seen FROM terminals_contact WHERE serial = %s", serial
    )


@pytest.mark.parametrize("name", PROMISED)
def test_every_capture_gets_the_answer_that_its_terminal_waits_for(approve, gate, name):
    capture = PROMISED[name]
    approve(capture.target.serial)
    target = f"/iclock/{capture.target.call.value}?" + "&".join(f"{key}={value}" for key, value in capture.target.query)
    answer = gate().ask(capture.method, target, capture.body)
    promised = capture.comment.partition("| reply: ")[2].strip()
    said = str(answer.status) if promised.isdigit() else answer.body.decode()
    assert said == promised
    assert answer.headers[b"content-type"] == b"text/plain"
    assert answer.headers[b"content-length"] == str(len(answer.body)).encode()


def test_a_handshake_asks_for_everything_until_the_first_punches_have_come(approve, gate):
    serial = approve()
    door = gate()
    for _ in range(2):
        answer = handshake(door, serial.lower())
        assert answer.status == 200
        lines = answer.body.decode().splitlines()
        assert lines[0] == f"GET OPTION FROM: {serial.lower()}"
        assert "ATTLOGStamp=None" in lines
        assert "TimeZone=9" in lines
        assert answer.body.endswith(b"\n")
    upload(door, serial)
    assert b"ATTLOGStamp=9999\n" in handshake(door, serial).body


def test_one_answer_for_unknown_blocked_and_misplaced_terminals_and_nothing_of_them_kept(ledger, approve, gate):
    unknown, blocked, elsewhere = next(_serials), approve(state="blocked"), approve("", "192.168.7.0/24")
    door = gate()
    for serial in (unknown, blocked, elsewhere):
        for answer in (handshake(door, serial), upload(door, serial)):
            assert (answer.status, answer.body) == (403, b"UNAUTHORIZED\n")
        assert kept(ledger, serial) == []
        (found,) = contact(ledger, serial)
        assert found[0] == "10.1.2.3"


def test_what_a_stranger_says_of_itself_is_noted_without_its_key_and_seldom(ledger, gate):
    serial = next(_serials)
    door = gate()
    handshake(door, serial)
    (first,) = contact(ledger, serial)
    assert "pushver=2.4.1" in first[1]
    assert "rahasia" not in first[1]
    handshake(door, serial)
    assert contact(ledger, serial) == [first]
    other = gate(sightings=timedelta(0))
    other.ask("GET", f"/iclock/getrequest?SN={serial}", address="10.1.2.4")
    ((address, options, _, first_seen, last_seen),) = contact(ledger, serial)
    assert (address, options, first_seen) == ("10.1.2.4", first[1], first[3])
    assert last_seen > first[4]


@pytest.mark.parametrize("address", ["192.168.7.20", "::ffff:192.168.7.20", "2001:db8:7::1"])
def test_a_terminal_may_speak_from_its_networks(approve, gate, address):
    serial = approve("", "192.168.7.0/24", "2001:db8:7::/48")
    assert upload(gate(), serial, address=address).body == b"OK: 1"


def test_a_repeat_is_one_row_and_another_batch_another(ledger, approve, gate):
    serial = approve()
    door = gate()
    for body in (ROW, ROW, ROW + ROW):
        assert upload(door, serial, body).status == 200
    assert kept(ledger, serial) == [("attlog", ROW), ("attlog", ROW + ROW)]


def test_while_nothing_can_be_stored_a_terminal_keeps_its_rows_and_polls_are_answered(ledger, approve, gate):
    serial = approve()
    door = gate()
    with ledger.unreachable():
        refused = upload(door, serial)
        assert (refused.status, refused.body) == (503, b"RETRY\n")
        assert handshake(door, serial).status == 503
        polled = door.ask("GET", f"/iclock/getrequest?SN={serial}")
        assert (polled.status, polled.body) == (200, b"OK")
    assert kept(ledger, serial) == []
    assert upload(door, serial).body == b"OK: 1"
    assert kept(ledger, serial) == [("attlog", ROW)]


def test_before_the_gate_has_read_who_is_approved_terminals_are_asked_to_repeat(ledger, approve, gate):
    serial = approve()
    with ledger.unreachable():
        assert upload(gate(), serial).body == b"RETRY\n"


def test_a_sighting_is_written_once_a_minute(ledger, approve, gate):
    serial = approve()
    door = gate()
    seen = (
        "SELECT last_seen, host(address) FROM terminals_seen s JOIN terminals_terminal t ON t.id = s.terminal_id "
        "WHERE serial = %s"
    )
    for _ in range(3):
        assert door.ask("GET", f"/iclock/getrequest?SN={serial}").body == b"OK"
    door.do(door.gate._terminals.finish())
    ((first, address),) = ledger.ask(seen, serial)
    assert address == "10.1.2.3"
    door.ask("GET", f"/iclock/getrequest?SN={serial}")
    door.do(door.gate._terminals.finish())
    assert ledger.ask(seen, serial) == [(first, address)]


def test_templates_photos_and_passwords_are_never_kept(ledger, approve, gate):
    for name in ("operlog_mixed", "biodata_table", "attphoto_binary", "attphoto_base64", "options_commas"):
        approve(ANSWERS[name].target.serial)
    door = gate()
    for name in ("operlog_mixed", "biodata_table", "attphoto_binary", "attphoto_base64", "options_commas"):
        capture = ANSWERS[name]
        target = f"/iclock/cdata?SN={capture.target.serial}&table={capture.target.table}"
        assert door.ask("POST", target, capture.body).status == 200
        stored = b"".join(body for _, body in kept(ledger, capture.target.serial))
        assert b"[removed]" in stored
        for secret in (b"271828", b"U0FNUExF", b"RkFDRQ", b"RklOR0VS", b"pixels", b"SkZJRg", b"rahasia"):
            assert secret not in stored


@pytest.mark.parametrize(
    ("table", "size", "status"),
    [("ATTLOG", 1024 * 1024 + 1, 413), ("ATTPHOTO", 2 * 1024 * 1024, 200), ("ATTPHOTO", 10 * 1024 * 1024 + 1, 413)],
)
def test_a_body_has_a_largest_size(approve, gate, table, size, status):
    serial = approve()
    body = b"PIN=20260803071209-412.jpg\nCMD=realupload\0" + bytes(size)
    assert upload(gate(), serial, body[:size], table).status == status


def test_one_terminal_cannot_ask_without_end_and_leaves_the_others_alone(approve, gate):
    one, other = approve(), approve()
    door = gate(throttles=Throttles(per_terminal=Rate(1, 3)))
    answers = [door.ask("GET", f"/iclock/getrequest?SN={one}") for _ in range(5)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].body == b"RETRY\n"
    assert door.ask("GET", f"/iclock/getrequest?SN={other}").status == 200


def test_strangers_of_one_address_are_counted_and_approved_terminals_beside_them_are_not(ledger, approve, gate):
    approved = approve()
    door = gate(throttles=Throttles(failures=Rate(1, 3)))
    serials = [next(_serials) for _ in range(6)]
    assert [handshake(door, serial).status for serial in serials] == [403, 403, 403, 429, 429, 429]
    assert contact(ledger, serials[-1]) == []
    assert upload(door, approved).status == 200


def test_unknown_paths_are_not_found_and_whoever_gives_no_serial_is_turned_away(approve, gate):
    serial = approve()
    door = gate()
    assert door.ask("GET", f"/iclock/secret?SN={serial}").status == 404
    for path in ("/iclock/cdata", "/iclock/", "/iclock/cdata?SN=../../etc", "/ICLOCK/CDATA.ASPX?sn=%00"):
        answer = door.ask("GET", path)
        assert (answer.status, answer.headers[b"content-type"]) == (403, b"text/plain")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=400),
    call=st.sampled_from(["cdata", "fdata", "getrequest", "devicecmd", "ping", "registry", "x\0y", "ex%00change"]),
    query=st.text(st.characters(codec="latin-1"), max_size=60),
    method=st.sampled_from(["GET", "POST"]),
)
def test_whatever_a_terminal_sends_it_is_answered_and_never_a_fault(garbled, body, call, query, method):
    door, serial = garbled
    answer = door.ask(method, f"/iclock/{call}?SN={serial}&{query}", body)
    assert answer.status in {200, 403, 404, 406}


@pytest.fixture
def garbled(approve, gate):
    serial = approve()
    return gate(throttles=Throttles(per_terminal=Rate(1000, 10_000))), serial


FORBIDDEN = [
    "SELECT * FROM terminals_punch",
    "SELECT * FROM terminals_pin",
    "SELECT * FROM terminals_terminal",
    "SELECT * FROM terminals_badrow",
    "SELECT body FROM terminals_rawmessage",
    "SELECT address FROM terminals_contact",
    "SELECT address FROM terminals_seen",
    "UPDATE terminals_rawmessage SET absorbed_at = now()",
    "DELETE FROM terminals_rawmessage",
    "DELETE FROM terminals_contact",
    "DELETE FROM terminals_seen",
    "SELECT terminals_contact_for('HDR7261100022')",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_gate_can_read_no_punches_and_take_nothing_back(ledger, statement):
    with psycopg.connect(ledger.gate) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)
