"""Where taps become durable: many taps, one statement, event and evidence together or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hadir.gate.columns import Blobs, Flags, Instants, Integers, Longs, Smalls, Texts
from hadir.kernel.fence import Side
from hadir.kernel.receipts import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from psycopg import AsyncConnection

    from hadir.gate.columns import Column
    from hadir.gate.judgement import Judgement
    from hadir.kernel.tap import Tap

PHONE = 1


def _places(number: int) -> str:
    return ", ".join(["%b"] * number)


_RECORD = f"""
WITH given AS MATERIALIZED (
    SELECT * FROM unnest({_places(22)}) AS given (
        government_id, at, id, person_id, mark, kind, counts, reason, received, proven_from, site_id,
        canonical, signature, phone_key, latitude, longitude, accuracy, distance, address, user_agent, selfie, note)
), events AS (
    INSERT INTO clocking_event (government_id, at, id, person_id, channel, mark, kind, counts, reason, received,
        proven_from, site_id)
    SELECT government_id, at, id, person_id, {PHONE}, mark, kind, counts, reason, received, proven_from, site_id
    FROM given ON CONFLICT DO NOTHING
)
INSERT INTO clocking_evidence (government_id, at, event_id, canonical, signature, phone_key, latitude, longitude,
    accuracy, distance, address, user_agent, selfie_sha256, note, received)
SELECT government_id, at, id, canonical, signature, phone_key, latitude, longitude,
    accuracy, distance, address::inet, user_agent, selfie, note, received
FROM given ON CONFLICT DO NOTHING
"""  # noqa: S608 - the only thing put in is a number of this module

_RECALL = """
SELECT event.id, event.received, event.reason
FROM unnest(%b, %b, %b) AS given (government_id, at, id)
JOIN clocking_event AS event USING (government_id, at, id)
"""

_PARK = f"""
INSERT INTO clocking_parked (government_id, at, id, person_id, channel, mark, kind, received, canonical, signature,
    phone_key)
SELECT government_id, at, id, person_id, {PHONE}, mark, kind, received, canonical, signature, phone_key
FROM unnest({_places(10)}) AS given (government_id, at, id, person_id, mark, kind, received,
    canonical, signature, phone_key)
ON CONFLICT DO NOTHING
"""  # noqa: S608 - as above

_RECALL_PARKED = """
SELECT parked.id, parked.received
FROM unnest(%b, %b, %b) AS given (government_id, at, id)
JOIN clocking_parked AS parked USING (government_id, at, id)
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An authentic tap on its way to the ledger."""

    identity: bytes
    tap: Tap
    canonical: bytes
    signature: bytes
    phone_key: bytes
    judgement: Judgement
    received: datetime
    address: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the ledger holds of a tap: of a repeat, when it first came and how it was judged then."""

    received: datetime
    reason: Reason


async def record(connection: AsyncConnection, entries: Sequence[Entry]) -> list[Kept]:
    """Keep taps of open months, durably, each once; return what is kept of each, in the order given."""
    cursor = await connection.execute(_RECORD, [*_event_columns(entries), *_evidence_columns(entries)], prepare=True)
    kept = {entry.identity: Kept(entry.received, entry.judgement.reason) for entry in entries}
    if cursor.rowcount != len(entries):
        cursor = await connection.execute(_RECALL, _key_columns(entries), prepare=True)
        kept |= {bytes(found): Kept(received, Reason(reason)) async for found, received, reason in cursor}
    return [kept[entry.identity] for entry in entries]


async def park(connection: AsyncConnection, entries: Sequence[Entry]) -> list[Kept]:
    """Keep taps of months that are not open, durably, each once; return what is kept of each, in the order given."""
    columns = [
        *_key_columns(entries),
        Longs.of([entry.tap.person for entry in entries]),
        Smalls.of([entry.tap.mark for entry in entries]),
        Smalls.of([entry.tap.kind for entry in entries]),
        Instants.of([entry.received for entry in entries]),
        Blobs.of([entry.canonical for entry in entries]),
        Blobs.of([entry.signature for entry in entries]),
        Blobs.of([entry.phone_key for entry in entries]),
    ]
    await connection.execute(_PARK, columns)
    cursor = await connection.execute(_RECALL_PARKED, _key_columns(entries))
    kept = {bytes(found): Kept(received, Reason.PARKED) async for found, received in cursor}
    return [kept[entry.identity] for entry in entries]


def _key_columns(entries: Sequence[Entry]) -> list[Column]:
    return [
        Integers.of([entry.tap.government for entry in entries]),
        Instants.of([entry.tap.at for entry in entries]),
        Blobs.of([entry.identity for entry in entries]),
    ]


def _event_columns(entries: Sequence[Entry]) -> list[Column]:
    return [
        *_key_columns(entries),
        Longs.of([entry.tap.person for entry in entries]),
        Smalls.of([entry.tap.mark for entry in entries]),
        Smalls.of([entry.tap.kind for entry in entries]),
        Flags.of([entry.judgement.reason is Reason.NONE for entry in entries]),
        Smalls.of([entry.judgement.reason for entry in entries]),
        Instants.of([entry.received for entry in entries]),
        Instants.of([entry.judgement.proven_from for entry in entries]),
        Longs.of([_site(entry.judgement) for entry in entries]),
    ]


def _evidence_columns(entries: Sequence[Entry]) -> list[Column]:
    positions = [entry.tap.position for entry in entries]
    standings = [entry.judgement.standing for entry in entries]
    return [
        Blobs.of([entry.canonical for entry in entries]),
        Blobs.of([entry.signature for entry in entries]),
        Blobs.of([entry.phone_key for entry in entries]),
        Integers.of([position.latitude if position else None for position in positions]),
        Integers.of([position.longitude if position else None for position in positions]),
        Integers.of([position.accuracy if position else None for position in positions]),
        Integers.of([standing.distance if standing else None for standing in standings]),
        Texts.of([entry.address for entry in entries]),
        Texts.of([entry.user_agent for entry in entries]),
        Blobs.of([entry.tap.selfie for entry in entries]),
        Texts.of([entry.tap.note for entry in entries]),
    ]


def _site(judgement: Judgement) -> int | None:
    standing = judgement.standing
    return None if standing is None or standing.side is Side.OUTSIDE else standing.site
