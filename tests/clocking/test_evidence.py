"""What proves taps: photos of parked ones, and the end of its time."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction
from tests.clocking.test_events import MINUTE, budi, month_before_the_open_ones

from hadir.audit.models import Entry
from hadir.clocking.commands import drop_old_evidence, move_parked_taps, open_month
from hadir.clocking.commands.photos import photo_store
from hadir.clocking.models import Event, Evidence, Photo
from hadir.clocking.queries import proven_taps
from hadir.config.environment import EnvironmentMistakeError
from hadir.config.retention import evidence_months
from hadir.kernel.clock import now
from hadir.kernel.photos import FolderStore
from hadir.kernel.tap import Kind, Mark, Position, Tap, encode
from hadir.kernel.tap import identify as identify_tap
from hadir.tenancy.current import acting_in

if TYPE_CHECKING:
    from pathlib import Path

    from hadir.tenancy.models import Government

SELFIE = b"\xff\xd8\xff a selfie of Budi"


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, settings) -> None:
    settings.HADIR_PHOTO_STORE = FolderStore(tmp_path)


def park(government: int, person: int, at: datetime) -> bytes:
    """Park a tap of a phone that announced a selfie, as the gate does; return its identity."""
    place = Position(-62_000_000, 1_068_000_000, 12, MINUTE)
    selfie = hashlib.sha256(SELFIE).digest()
    tap = encode(Tap(government, person, at, place, Kind.ORDINARY, Mark.IN, selfie, bytes(24), bytes(16)))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO clocking_parked (government_id, at, id, person_id, channel, mark, kind, received, "
            "canonical, signature, phone_key) VALUES (%s, %s, %s, %s, 1, 1, 0, %s, %s, 's', 'k')",
            [government, at, identify_tap(tap), person, now(), tap],
        )
    return identify_tap(tap)


def test_the_selfie_of_a_parked_tap_is_noted_whenever_it_came(kota: Government, worker: None) -> None:
    at = month_before_the_open_ones_of(kota)
    with acting_in(kota.pk):
        person = budi()
        early, late = park(kota.pk, person, at), park(kota.pk, person, at + MINUTE)
        open_month(at.date())
        photo_store().put(kota.pk, early, SELFIE)
        assert move_parked_taps() == 2
        assert [bytes(photo.event_id) for photo in Photo.objects.all()] == [early]
        photo_store().put(kota.pk, late, SELFIE)
        move_parked_taps()
        photos = [proven.photo for proven in proven_taps(person, at, at + 2 * MINUTE)]
        assert [photo.size for photo in photos if photo] == [len(SELFIE)] * 2


def month_before_the_open_ones_of(government: Government) -> datetime:
    with acting_in(government.pk):
        return month_before_the_open_ones().replace(microsecond=0)


def test_a_month_whose_time_is_over_loses_what_proves_it_and_keeps_its_taps(kota: Government, worker: None) -> None:
    at = month_before_the_open_ones_of(kota)
    today = now().date()
    with acting_in(kota.pk):
        person = budi()
        tap = park(kota.pk, person, at)
        open_month(at.date())
        photo_store().put(kota.pk, tap, SELFIE)
        move_parked_taps()
        before = Event.objects.get()
    months = (today.year - at.year) * 12 + today.month - at.month
    assert drop_old_evidence(today, months) == []
    assert drop_old_evidence(today, months - 1) == [at.date().replace(day=1)]
    with acting_in(kota.pk):
        event = Event.objects.get()
        kept = (bytes(event.id), event.at, event.received, event.counts, event.reason)
        assert kept == (tap, at, before.received, before.counts, before.reason)
        assert (Evidence.objects.count(), Photo.objects.count()) == (0, 0)
        assert photo_store().get(kota.pk, tap) is None
        with connection.cursor() as cursor:
            cursor.execute("SELECT canonical || signature || phone_key FROM clocking_parked")
            assert [bytes(row) for (row,) in cursor.fetchall()] == [b""]
        entry = Entry.objects.get(act="evidence.dropped")
        assert entry.detail == {"month": f"{at:%Y-%m}", "evidence": 1, "photos": 1}
        assert move_parked_taps() == 0
    assert drop_old_evidence(today, months - 1) == []


def test_another_governments_month_is_dropped_alike_and_noted_in_its_own_journal(
    kota: Government, kementerian: Government, worker: None
) -> None:
    at = month_before_the_open_ones_of(kota)
    today = now().date()
    for government in (kota, kementerian):
        with acting_in(government.pk):
            park(government.pk, budi(), at)
    drop_old_evidence(today, (today.year - at.year) * 12 + today.month - at.month - 1)
    for government in (kota, kementerian):
        with acting_in(government.pk):
            assert Entry.objects.filter(act="evidence.dropped").count() == 1


def test_the_pages_cannot_drop_anything(db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT clocking_drop_evidence('2016-01-01')")


def test_the_database_itself_refuses_to_drop_a_young_month(worker: None) -> None:
    young = now().date() - timedelta(days=75)
    with pytest.raises(DatabaseError, match="too young"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT clocking_drop_evidence(%s)", [young])


@pytest.mark.parametrize(("given", "expected"), [({}, 24), ({"HADIR_EVIDENCE_MONTHS": "3"}, 3)])
def test_evidence_is_kept_for_two_years_unless_said_otherwise(given: dict[str, str], expected: int) -> None:
    assert evidence_months(given) == expected


@pytest.mark.parametrize("given", ["2", "0", "-5", "two", "3.5"])
def test_too_short_a_time_is_refused(given: str) -> None:
    with pytest.raises(EnvironmentMistakeError, match="HADIR_EVIDENCE_MONTHS"):
        evidence_months({"HADIR_EVIDENCE_MONTHS": given})
