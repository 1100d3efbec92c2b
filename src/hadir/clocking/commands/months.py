from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection

from hadir.clocking.commands.photos import note_kept_photos
from hadir.clocking.models import Channel, Reason
from hadir.clocking.queries import movable_taps
from hadir.kernel.tap import decode
from hadir.tenancy.current import acting_in, government_id
from hadir.tenancy.models import Government

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hadir.clocking.queries import ParkedTap

AHEAD = 2
"""Months after the present one that are kept open."""
AT_ONCE = 1000

_MOVE = """
INSERT INTO clocking_event (government_id, at, id, person_id, channel, mark, kind, counts, reason, received)
SELECT government_id, at, id, person_id, channel, mark, kind, channel <> %s,
    CASE WHEN channel = %s THEN %s ELSE 0 END, received
FROM clocking_parked WHERE government_id = %s AND (at, id) IN (SELECT * FROM unnest(%s::timestamptz[], %s::bytea[]))
ON CONFLICT DO NOTHING
"""
_PROVE = """
INSERT INTO clocking_evidence (government_id, at, event_id, canonical, signature, phone_key, latitude, longitude,
    accuracy, selfie_sha256, note, received)
SELECT parked.government_id, parked.at, parked.id, parked.canonical, parked.signature, parked.phone_key,
    given.latitude, given.longitude, given.accuracy, given.selfie, given.note, parked.received
FROM unnest(%s::timestamptz[], %s::bytea[], %s::int[], %s::int[], %s::int[], %s::bytea[], %s::text[])
    AS given (at, id, latitude, longitude, accuracy, selfie, note)
JOIN clocking_parked parked ON parked.government_id = %s AND parked.at = given.at AND parked.id = given.id
ON CONFLICT DO NOTHING
"""


def open_month(month: date) -> None:
    """Let taps of a month be stored, and of every month between it and the open ones; only the worker may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clocking_open_month(%s)", [month])


def open_months_ahead(today: date) -> None:
    """Keep the present month and those after it open, then take in what was parked for want of them."""
    for month in months_ahead(today):
        open_month(month)
    for government in Government.objects.values_list("pk", flat=True):
        with acting_in(government):
            move_parked_taps()


def months_ahead(today: date) -> list[date]:
    """First days of the month of a date and of those after it that are kept open."""
    count = today.year * 12 + today.month - 1
    return [date((count + step) // 12, (count + step) % 12 + 1, 1) for step in range(AHEAD + 1)]


def move_parked_taps() -> int:
    """Copy parked taps of the current government whose month is open by now to the events; return how many.

    What no phone signed counts. A phone's tap was parked because its time lay years off: it stays visible, with the
    reason, and does not count. The parked row stays as well, since nothing here is ever removed.
    """
    moved = 0
    while taps := movable_taps(AT_ONCE):
        columns: list[list[Any]] = [[tap.at for tap in taps], [tap.id for tap in taps]]
        with connection.cursor() as cursor:
            phone = Channel.PHONE.value
            cursor.execute(_MOVE, [phone, phone, Reason.PARKED.value, government_id(), *columns])
            moved += int(cursor.rowcount)
        _prove([tap for tap in taps if tap.channel == Channel.PHONE and tap.canonical])
    note_kept_photos()
    return moved


def _prove(taps: Sequence[ParkedTap]) -> None:
    """Give the taps of phones their evidence, as the gate would have."""
    if not taps:
        return
    rows: list[tuple[Any, ...]] = []
    for parked in taps:
        tap = decode(parked.canonical)
        place: tuple[int | None, ...] = (None, None, None)
        if tap.position:
            place = (tap.position.latitude, tap.position.longitude, tap.position.accuracy)
        rows.append((parked.at, parked.id, *place, tap.selfie, tap.note or None))
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_PROVE, [*columns, government_id()])
