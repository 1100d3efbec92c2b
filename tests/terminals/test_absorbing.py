from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.terminals.signing_in import sign_in, text
from tests.wire.adms.captured import OWN, SHARED, read_capture

from hadir.kernel.zones import Zone

FIRST = date(2008, 1, 1)
SERIAL = "HDR7261100022"


def send(door, capture, serial=None, address="10.1.2.3"):
    """Send a capture as its terminal sent it, or as another's."""
    target = f"/iclock/{capture.target.call.value}?" + "&".join(f"{k}={v}" for k, v in capture.target.query)
    if serial:
        target = target.replace(capture.target.serial_sent, serial)
    return door.ask(capture.method, target, capture.body, address)


def own(name):
    return read_capture(OWN / f"{name}.txt")


def punch(pin, time, status=0, verify=1):
    return f"{pin}\t{time}\t{status}\t{verify}\t0\n".encode()


def upload(door, body, serial=SERIAL, address="10.1.2.3"):
    return door.ask("POST", f"/iclock/cdata?SN={serial}&table=ATTLOG&Stamp=9999", body, address)


def events(installation):
    return installation.ask(
        "SELECT at, person_id, channel, mark, site_id, counts FROM clocking_event ORDER BY at, person_id"
    )


def parked(installation):
    return installation.ask("SELECT local_time::text, parked FROM terminals_punch WHERE parked <> '' ORDER BY 1")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_batch_becomes_events_of_the_people_whose_pins_they_are(installation, city, open_gate):
    terminal = city.approve(SERIAL)
    city.map("305", city.office.budi, FIRST, terminal=terminal)
    answer = send(open_gate(), own("attlog_7_fields_batch"))
    assert (answer.status, answer.body) == (200, b"OK: 5")
    assert installation.absorb() == 1
    budi = city.office.budi.pk
    assert events(installation) == [
        (at("2026-08-02 23:01:44"), budi, 2, 1, city.site.pk, True),
        (at("2026-08-02 23:01:46"), budi, 2, 1, city.site.pk, True),
        (at("2026-08-03 08:30:58"), budi, 2, 2, city.site.pk, True),
    ]


def test_a_batch_sent_three_times_is_there_once(installation, city, open_gate):
    city.map("305", city.office.budi, FIRST, terminal=city.approve(SERIAL))
    door = open_gate()
    batch = own("attlog_7_fields_batch")
    for _ in range(3):
        assert send(door, batch).status == 200
        installation.absorb()
    upload(door, b"".join(reversed(batch.body.splitlines(keepends=True))))
    installation.absorb()
    assert installation.ask("SELECT count(*) FROM terminals_rawmessage") == [(2,)]
    assert installation.ask("SELECT count(*) FROM terminals_punch") == [(5,)]
    assert len(events(installation)) == 3


def test_bad_rows_are_acknowledged_with_the_good_and_kept_for_a_person_to_see(installation, city, open_gate):
    city.approve("HDR7261100029")
    assert send(open_gate(), own("attlog_bad_among_good")).body == b"OK: 10"
    installation.absorb()
    assert installation.ask("SELECT pin FROM terminals_punch ORDER BY 1") == [("51",), ("56",)]
    assert installation.ask("SELECT line_number, why FROM terminals_badrow ORDER BY 1") == [
        (2, "bad_time"),
        (3, "no_pin"),
        (4, "epoch_time"),
        (5, "too_few_fields"),
        (6, "bad_status"),
        (7, "bad_verify"),
        (8, "control_bytes"),
        (9, "foreign_line"),
    ]
    assert installation.ask(
        "SELECT count(*) FROM terminals_badrow WHERE position('QUJDREVG' in encode(raw, 'escape')) > 0"
    ) == [(0,)]


def test_times_that_a_broken_clock_made_are_kept_aside(installation, city, open_gate):
    city.map("9", city.office.budi, FIRST, terminal=city.approve("HDR7261100030"))
    send(open_gate(), own("attlog_absurd_times"))
    installation.absorb()
    assert parked(installation) == [
        ("1970-01-01 00:04:11", "before_2000"),
        ("2000-01-01 00:00:31", "clock_reset"),
        ("2099-12-31 23:59:59", "far_future"),
    ]
    assert [event[0] for event in events(installation)] == [at("2026-08-06 23:05:00")]


@pytest.mark.parametrize(("pin", "found"), [("0007", True), ("7", True), ("70", False)])
def test_leading_zeros_are_looked_past_where_one_person_is_left(installation, city, open_gate, pin, found):
    city.map(pin, city.office.budi, FIRST, terminal=city.approve(SERIAL))
    send(open_gate(), own("attlog_7_fields_batch"))
    installation.absorb()
    assert bool(events(installation)) is found


def test_a_pin_as_sent_goes_before_the_same_digits(installation, city, open_gate):
    terminal = city.approve(SERIAL)
    city.map("0007", city.office.budi, FIRST, terminal=terminal)
    city.map("7", city.office.sari, FIRST, terminal=terminal)
    upload(open_gate(), punch("0007", "2026-08-03 07:00:00") + punch("007", "2026-08-03 08:00:00"))
    installation.absorb()
    assert [event[1] for event in events(installation)] == [city.office.budi.pk]


def test_a_terminals_own_mapping_goes_before_that_for_all(installation, city, open_gate):
    gate, lobby = city.approve(SERIAL), city.approve("HDR0000000002")
    city.map("7", city.office.budi, FIRST)
    city.map("7", city.office.sari, FIRST, terminal=lobby)
    door = open_gate()
    upload(door, punch("7", "2026-08-03 07:00:00"), gate.serial)
    upload(door, punch("7", "2026-08-03 08:00:00"), lobby.serial)
    installation.absorb()
    assert [event[1] for event in events(installation)] == [city.office.budi.pk, city.office.sari.pk]


def test_punches_wait_for_their_pin_and_become_events_within_its_days(installation, city, open_gate):
    terminal = city.approve(SERIAL)
    upload(open_gate(), b"".join(punch("12", f"2026-08-{day:02} 07:00:00") for day in range(1, 11)))
    installation.absorb()
    assert events(installation) == []
    city.map("12", city.office.budi, date(2026, 8, 3), date(2026, 8, 5), terminal)
    installation.absorb()
    assert [event[0].day for event in events(installation)] == [2, 3, 4]  # 07.00 WITA is 23.00 UTC of the day before


def test_the_pin_of_a_leaver_given_anew_parts_their_punches_by_date(installation, city, open_gate):
    terminal = city.approve(SERIAL)
    city.map("12", city.office.sari, date(2026, 1, 1), date(2026, 7, 31), terminal)
    city.map("12", city.office.budi, date(2026, 8, 1), terminal=terminal)
    upload(open_gate(), punch("12", "2026-07-31 23:59:59") + punch("12", "2026-08-01 00:00:00"))
    installation.absorb()
    assert [event[1] for event in events(installation)] == [city.office.sari.pk, city.office.budi.pk]


def test_the_zone_of_the_terminal_makes_the_instant(installation, city, open_gate):
    terminal = city.approve(SERIAL, zone=Zone.WIT)
    city.map("12", city.office.budi, FIRST, terminal=terminal)
    upload(open_gate(), punch("12", "2026-08-03 07:30:00"))
    installation.absorb()
    assert events(installation)[0][0] == at("2026-08-02 22:30:00")


def test_a_punch_of_half_a_year_ago_is_the_oldest_that_is_taken_in_unless_its_month_is_open(
    installation, city, open_gate
):
    terminal = city.approve(SERIAL)
    city.map("12", city.office.budi, FIRST, terminal=terminal)
    door = open_gate()
    for day in ("2026-01-02", "2025-11-30", "2015-01-02", "2014-12-31"):
        upload(door, punch("12", f"{day} 09:30:00"))
        installation.absorb()
    assert [event[0] for event in events(installation)] == [at("2026-01-02 01:30:00")]
    assert parked(installation) == [
        ("2014-12-31 09:30:00", "long_ago"),
        ("2015-01-02 09:30:00", "closed_month"),
        ("2025-11-30 09:30:00", "closed_month"),
    ]
    assert installation.ask("SELECT min(month)::text FROM clocking_open_months()") == [("2025-12-01",)]


def test_the_first_hours_of_2015_belong_in_utc_to_a_month_that_cannot_be_opened(installation, city, open_gate):
    city.map("12", city.office.budi, FIRST, terminal=city.approve(SERIAL, zone=Zone.WIB))
    installation.ask("SELECT clocking_open_month('2015-01-01')")
    upload(open_gate(), punch("12", "2015-01-01 00:00:00") + punch("12", "2015-01-01 07:00:00"))
    assert installation.absorb() == 1
    assert parked(installation) == [("2015-01-01 00:00:00", "long_ago")]
    assert [event[0] for event in events(installation)] == [at("2015-01-01 00:00:00")]


def test_a_message_that_cannot_be_kept_is_marked_and_keeps_nobody_waiting(
    installation, city, ministry, open_gate, caplog
):
    terminal = city.approve(SERIAL)
    city.map("12", city.office.budi, FIRST, terminal=terminal)
    ministry.map("12", ministry.office.budi, FIRST, terminal=ministry.approve("HDR0000000002"))
    door = open_gate()
    upload(door, punch("13", "2026-08-03 07:00:00"))
    upload(door, punch("12", "2026-08-03 07:30:00"))
    upload(door, punch("12", "2026-08-03 07:30:00"), "HDR0000000002")
    installation.ask("ALTER TABLE terminals_punch ADD CONSTRAINT unlucky CHECK (pin <> '13')")
    assert installation.absorb() == 3
    assert [event[1] for event in events(installation)] == [city.office.budi.pk, ministry.office.budi.pk]
    ((failure,),) = installation.ask("SELECT failure FROM terminals_rawmessage WHERE failure <> ''")
    assert "unlucky" in failure
    assert "IntegrityError 23514" in caplog.text
    assert "2026-08-03" not in caplog.text
    assert "unlucky" in text(sign_in(city, city.office.rina).get(f"/terminals/{terminal.pk}/"))
    assert installation.absorb() == 0


def test_a_mapping_that_fails_keeps_no_other_waiting(installation, city, ministry, open_gate):
    terminal = city.approve(SERIAL)
    ministry.approve("HDR0000000002")
    door = open_gate()
    upload(door, punch("12", "2026-08-03 07:00:00") + punch("13", "2026-08-03 08:00:00"))
    upload(door, punch("9", "2026-08-03 09:00:00"), "HDR0000000002")
    installation.absorb()
    installation.ask(f"ALTER TABLE clocking_event ADD CONSTRAINT unlucky CHECK (person_id <> {city.office.budi.pk})")
    city.map("12", city.office.budi, FIRST, terminal=terminal)
    city.map("13", city.office.sari, FIRST, terminal=terminal)
    ministry.map("9", ministry.office.budi, FIRST)
    installation.absorb()
    assert [event[1] for event in events(installation)] == [city.office.sari.pk, ministry.office.budi.pk]
    installation.ask("ALTER TABLE clocking_event DROP CONSTRAINT unlucky")
    installation.absorb()
    assert len(events(installation)) == 3


def test_seventeen_thousand_lines_at_once_are_all_there(installation, city, open_gate):
    city.map("12", city.office.budi, FIRST, terminal=city.approve(SERIAL))
    lines = [
        punch(
            "12",
            f"2026-{1 + n // 2400:02}-{1 + n // 100 % 24:02} {n % 24:02}:{n // 24 % 60:02}:{n % 60:02}",
            n % 5,
            n % 7,
        )
        for n in range(17_000)
    ]
    answer = upload(open_gate(), b"".join(lines))
    assert answer.body == b"OK: 17000"
    installation.absorb()
    assert len(events(installation)) == len(set(lines))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not beside this checkout")
def test_the_shared_samples_of_punches_become_events(installation, city, open_gate):
    paths = sorted(SHARED.glob("*_attlog_*.txt"))
    for number, _ in enumerate(paths):
        city.approve(f"HDRSAMPLE{number:03}")
    door = open_gate()
    rows = 0
    for number, path in enumerate(paths):
        capture = read_capture(path)
        assert upload(door, capture.body, f"HDRSAMPLE{number:03}").status == 200, path.name
        rows += len([line for line in capture.body.split(b"\n") if line.strip()])
    installation.absorb()
    kept = "SELECT (SELECT count(*) FROM terminals_punch) + (SELECT count(*) FROM terminals_badrow)"
    ((number,),) = installation.ask(kept)
    assert rows - 2 <= number <= rows
    pins = [pin for (pin,) in installation.ask("SELECT DISTINCT pin FROM terminals_punch")]
    for pin in pins:
        city.map(pin, city.office.budi, FIRST)
    installation.absorb()
    waiting = "SELECT count(*) FROM terminals_punch WHERE event_id IS NULL AND parked = ''"
    assert installation.ask(waiting) == [(0,)]
