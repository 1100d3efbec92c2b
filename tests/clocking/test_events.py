from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection
from tests.roles import acting_as
from tests.town import Town

from hadir.audit.models import Entry
from hadir.clocking.commands import (
    ManualTap,
    OutageSpan,
    TapRow,
    append_events,
    declare_outage,
    move_parked_taps,
    open_month,
    open_months_ahead,
    record_manual_tap,
    withdraw_outage,
)
from hadir.clocking.commands.months import months_ahead
from hadir.clocking.identity import canonical_facts, identify
from hadir.clocking.models import Channel, Event, Evidence, Outage, Photo, Reason
from hadir.clocking.queries import open_span, parked_taps, proven_taps
from hadir.clocking.refusals import AlreadyWithdrawn, NotYet, WrongOutage
from hadir.kernel.clock import now
from hadir.kernel.tap import Kind, Mark, Position, Tap, encode
from hadir.kernel.tap import identify as identify_tap
from hadir.org.commands import add_unit, load_people
from hadir.org.commands.people import PersonRow
from hadir.org.models import StaffClass
from hadir.org.rights import SYSTEM, Actor, NotAllowed, OwnCase, actor_of
from hadir.tenancy.current import acting_in
from hadir.tenancy.models import Government

MINUTE = timedelta(minutes=1)


def actor(town: Town, role: str) -> Actor:
    return actor_of(town.people[role].pk, account_id=town.accounts[role].pk, on=now().date())


def row(town: Town, at: datetime, **changed: object) -> TapRow:
    given = {
        "person_id": town.people["pegawai"].pk,
        "at": at,
        "channel": Channel.IMPORT,
        "source": "rekaman-2026.csv",
        "received": now(),
    }
    return TapRow(**(given | changed))  # type: ignore[arg-type]


def test_the_identity_of_an_event_is_the_digest_of_documented_bytes() -> None:
    at = datetime(2026, 8, 3, 0, 30, tzinfo=UTC)
    canonical = canonical_facts(1, Channel.MANUAL, 7, at, "800/17")
    assert canonical.hex() == "485445310000000104000000000000000700065819a3745200" + b"800/17".hex()
    assert len(identify(canonical)) == 32


def test_the_same_fact_told_twice_is_one_event(town: Town) -> None:
    with acting_in(town.government.pk), acting_as("worker"):
        at = now() - MINUTE
        assert append_events([row(town, at)], actor=SYSTEM) == 1
        assert append_events([row(town, at, mark=1), row(town, at, source="lain")], actor=SYSTEM) == 1
        assert Event.objects.count() == 2


def test_an_event_that_does_not_count_says_why(town: Town) -> None:
    with acting_in(town.government.pk), acting_as("worker"):
        append_events([row(town, now() - MINUTE, reason=Reason.OUTSIDE)], actor=SYSTEM)
        event = Event.objects.get()
    assert (event.counts, event.reason) == (False, Reason.OUTSIDE)


def test_events_are_entered_for_ones_own_units_and_never_for_oneself(town: Town) -> None:
    with acting_in(town.government.pk):
        rina = actor(town, "operator")
        with pytest.raises(NotAllowed):
            append_events([row(town, now(), person_id=town.people["neighbour"].pk)], actor=rina)
        with pytest.raises(OwnCase):
            append_events([row(town, now(), person_id=rina.person_id)], actor=rina)


def test_a_manual_tap_names_its_document_in_the_journal(town: Town) -> None:
    with acting_in(town.government.pk):
        tap = ManualTap(town.people["pegawai"], now() - MINUTE, "800/18", date(2026, 8, 3))
        assert record_manual_tap(tap, actor=actor(town, "operator"))
        assert not record_manual_tap(tap, actor=actor(town, "operator"))
        assert Event.objects.get().channel == Channel.MANUAL
        assert {act.detail["letter"] for act in Entry.objects.filter(act="tap.entered")} == {"800/18 2026-08-03"}


def test_the_pages_can_forge_neither_a_phones_tap_nor_its_proof(town: Town) -> None:
    """Only what a document proves is entered by a page; the database itself keeps every other way closed."""
    given = {"government": town.government, "at": now() - MINUTE, "received": now()}
    tap = {"person_id": town.people["pegawai"].pk, "id": bytes(32), "counts": True} | given
    for channel in set(Channel) - {Channel.MANUAL}:
        with pytest.raises(ProgrammingError, match="row-level security"), acting_in(town.government.pk):
            Event.objects.create(channel=channel, **tap)
        with pytest.raises(ProgrammingError, match="row-level security"), acting_in(town.government.pk):
            append_events([row(town, month_before_the_open_ones(), channel=channel)], actor=SYSTEM)
    with pytest.raises(ProgrammingError, match="permission denied"), acting_in(town.government.pk):
        Evidence.objects.create(event_id=bytes(32), canonical=b"c", signature=b"s", phone_key=b"k", **given)
    with pytest.raises(ProgrammingError, match="permission denied"), acting_in(town.government.pk):
        Photo.objects.create(event_id=bytes(32), size=1, **given)


def test_a_manual_tap_of_a_closed_month_waits_for_it(town: Town) -> None:
    with acting_in(town.government.pk):
        tap = ManualTap(town.people["pegawai"], month_before_the_open_ones(), "800/18", date(2026, 8, 3))
        assert not record_manual_tap(tap, actor=actor(town, "operator"))
        assert [parked.channel for parked in parked_taps(9)] == [Channel.MANUAL]


def test_a_manual_tap_of_the_future_is_refused(town: Town) -> None:
    with acting_in(town.government.pk), pytest.raises(NotYet):
        record_manual_tap(
            ManualTap(town.people["pegawai"], now() + MINUTE, "800/18", date(2026, 8, 3)), actor=actor(town, "operator")
        )


def budi() -> int:
    """Somebody to tap, for tests in which the worker acts."""
    office = add_unit("R", "Pemerintah Contoh", actor=SYSTEM)
    row = PersonRow(name="Budi Prasetyo", unit_id=office.pk, staff_class=StaffClass.PNS)
    return load_people([row], on=now().date(), actor=SYSTEM)[0].pk


def month_before_the_open_ones() -> datetime:
    return open_span().lower - timedelta(days=10)


def test_a_tap_outside_the_open_months_waits_and_becomes_an_event_when_its_month_is_opened(
    kota: Government, worker: None
) -> None:
    with acting_in(kota.pk):
        at = month_before_the_open_ones()
        row = TapRow(budi(), at, Channel.IMPORT, "rekaman.csv", now())
        assert [append_events([row], actor=SYSTEM) for _ in range(2)] == [0, 0]
        assert [tap.at for tap in parked_taps(9)] == [at]
        assert move_parked_taps() == 0
        open_month(at.date())
        assert move_parked_taps() == 1
        event = Event.objects.get()
        assert (event.at, event.counts) == (at, True)
        assert (parked_taps(9), move_parked_taps()) == ([], 0)


def test_a_phones_tap_that_was_parked_is_kept_with_its_proof_and_does_not_count(kota: Government, worker: None) -> None:
    with acting_in(kota.pk):
        at = month_before_the_open_ones().replace(microsecond=250_000)
        place = Position(-62_000_000, 1_068_000_000, 12, MINUTE)
        person = budi()
        tap = Tap(kota.pk, person, at, place, Kind.ORDINARY, Mark.IN, None, bytes(24), bytes(16), note="Dinas malam")
        canonical = encode(tap)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO clocking_parked (government_id, at, id, person_id, channel, mark, kind, received, "
                "canonical, signature, phone_key) VALUES (%s, %s, %s, %s, 1, 1, 0, %s, %s, 's', 'k')",
                [kota.pk, at, identify_tap(canonical), person, now(), canonical],
            )
        open_month(at.date())
        assert move_parked_taps() == 1
        (proven,) = proven_taps(person, at, at + MINUTE)
    assert (proven.event.counts, proven.event.reason) == (False, Reason.PARKED)
    assert proven.evidence is not None
    assert (proven.evidence.latitude, proven.evidence.accuracy, proven.evidence.note) == (
        -62_000_000,
        12,
        "Dinas malam",
    )
    assert proven.photo is None


def test_the_nightly_job_opens_the_months_ahead_and_takes_in_what_was_parked(kota: Government, worker: None) -> None:
    with acting_in(kota.pk):
        beyond = open_span().upper
        append_events([TapRow(budi(), beyond, Channel.IMPORT, "rekaman.csv", now())], actor=SYSTEM)
    open_months_ahead(beyond.date())
    with acting_in(kota.pk):
        assert Event.objects.get().at == beyond
        assert open_span().upper > beyond + timedelta(days=80)


def test_taps_of_a_day_come_with_what_proves_them(town: Town) -> None:
    with acting_in(town.government.pk), acting_as("worker"):
        at = now() - MINUTE
        append_events([row(town, at)], actor=SYSTEM)
        event = Event.objects.get()
        Evidence.objects.create(
            government=town.government,
            at=event.at,
            event_id=event.id,
            canonical=b"c",
            signature=b"s",
            phone_key=b"k",
            received=now(),
        )
        (proven,) = proven_taps(event.person_id, at, at + MINUTE)
        assert proven.evidence is not None
        assert proven_taps(event.person_id, at + MINUTE, at + 2 * MINUTE) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 22), [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]),
        (date(2026, 1, 31), [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]),
    ],
)
def test_two_months_ahead_are_kept_open(day: date, expected: list[date]) -> None:
    assert months_ahead(day) == expected


def span(town: Town, **changed: object) -> OutageSpan:
    given = {"starts_at": now() - 60 * MINUTE, "ends_at": now(), "cause": "Listrik padam"}
    return OutageSpan(**(given | changed))  # type: ignore[arg-type]


def test_an_outage_is_declared_and_withdrawn_by_the_personnel_agency(town: Town) -> None:
    with acting_in(town.government.pk):
        bkd = actor(town, "bkd")
        outage = declare_outage(span(town), actor=bkd)
        withdraw_outage(outage, reason="Keliru", actor=bkd)
        with pytest.raises(AlreadyWithdrawn):
            withdraw_outage(outage, reason="Keliru", actor=bkd)
        assert Outage.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("role", ["pegawai", "operator", "unit_admin", "head", "helpdesk", "auditor"])
def test_nobody_else_declares_an_outage(town: Town, role: str) -> None:
    with acting_in(town.government.pk), pytest.raises(NotAllowed):
        declare_outage(span(town, unit=town.units["health"]), actor=actor(town, role))


def test_an_outage_that_makes_no_sense_is_refused(town: Town) -> None:
    with acting_in(town.government.pk):
        for changed in ({"ends_at": now() - 90 * MINUTE}, {"site": town.site, "unit": town.units[""]}):
            with pytest.raises(WrongOutage):
                declare_outage(span(town, **changed), actor=SYSTEM)
