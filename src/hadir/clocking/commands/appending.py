from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from hadir.audit.commands import note_act
from hadir.clocking.identity import canonical_facts, identify
from hadir.clocking.models import Channel, Reason
from hadir.clocking.queries import open_span
from hadir.clocking.refusals import NotYet
from hadir.kernel.clock import now
from hadir.org.queries import last_path, last_paths
from hadir.org.rights import Right
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hadir.org.models import Person
    from hadir.org.rights import Actor

AT_ONCE = 10_000

_APPEND = """
INSERT INTO clocking_event (government_id, at, id, person_id, channel, mark, counts, reason, received, site_id)
SELECT %s, at, id, person_id, channel, mark, reason = 0, reason, received, site_id
FROM unnest(%s::timestamptz[], %s::bytea[], %s::bigint[], %s::smallint[], %s::smallint[], %s::smallint[],
    %s::timestamptz[], %s::bigint[]) AS given (at, id, person_id, channel, mark, reason, received, site_id)
ON CONFLICT DO NOTHING
"""
_PARK = """
INSERT INTO clocking_parked (government_id, at, id, person_id, channel, mark, received, canonical, signature, phone_key)
SELECT %s, at, id, person_id, channel, mark, received, canonical, '', ''
FROM unnest(%s::timestamptz[], %s::bytea[], %s::bigint[], %s::smallint[], %s::smallint[], %s::timestamptz[],
    %s::bytea[]) AS given (at, id, person_id, channel, mark, received, canonical)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class TapRow:
    """A tap that no phone signed; `source` tells it from another of the same person, channel and instant."""

    person_id: int
    at: datetime
    channel: Channel
    source: str
    received: datetime
    mark: int = 0
    reason: Reason = Reason.NONE
    site_id: int | None = None

    def canonical(self, government: int) -> bytes:
        """The bytes whose digest is the identity (`clocking.identity`)."""
        return canonical_facts(government, self.channel, self.person_id, self.at, self.source)


@dataclass(frozen=True, slots=True)
class ManualTap:
    """A tap that a document proves: its number and date are the source."""

    person: Person
    at: datetime
    letter_number: str
    letter_date: date
    mark: int = 0


def append_events(rows: Sequence[TapRow], *, actor: Actor) -> int:
    """Append taps of the current government; return how many were new, as a repeat changes nothing.

    Asks the right to enter documents over every person. Taps outside the open months are parked until their month
    is opened; they are not counted among the new ones.
    """
    people = {row.person_id for row in rows}
    for person_id, path in last_paths(people).items():
        actor.require(Right.ENTER_DOCUMENTS, path)
        actor.require_other(person_id)
    span = open_span()
    inside = [row for row in rows if span.holds(row.at)]
    outside = [row for row in rows if not span.holds(row.at)]
    added = sum(_append(inside[begin : begin + AT_ONCE]) for begin in range(0, len(inside), AT_ONCE))
    for begin in range(0, len(outside), AT_ONCE):
        _park(outside[begin : begin + AT_ONCE])
    return added


def record_manual_tap(tap: ManualTap, *, actor: Actor) -> bool:
    """Enter a tap that a document proves; False where the same one was entered before. Never one's own.

    NotYet for an instant in the future.
    """
    actor.require(Right.ENTER_DOCUMENTS, last_path(tap.person.pk))
    actor.require_other(tap.person.pk)
    received = now()
    if tap.at > received:
        raise NotYet
    source = f"{tap.letter_number} {tap.letter_date.isoformat()}"
    row = TapRow(tap.person.pk, tap.at, Channel.MANUAL, source, received, tap.mark)
    is_new = append_events([row], actor=actor) > 0
    told = {"at": tap.at.isoformat(), "letter": source, "mark": tap.mark}
    note_act("tap.entered", tap.person, actor=actor, **told, new=is_new)
    return is_new


def _append(rows: Sequence[TapRow]) -> int:
    government = government_id()
    columns: list[list[Any]] = [
        [row.at for row in rows],
        [identify(row.canonical(government)) for row in rows],
        [row.person_id for row in rows],
        [int(row.channel) for row in rows],
        [row.mark for row in rows],
        [int(row.reason) for row in rows],
        [row.received for row in rows],
        [row.site_id for row in rows],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, [government, *columns])
        return int(cursor.rowcount)


def _park(rows: Sequence[TapRow]) -> None:
    government = government_id()
    canonical = [row.canonical(government) for row in rows]
    columns: list[list[Any]] = [
        [row.at for row in rows],
        [identify(each) for each in canonical],
        [row.person_id for row in rows],
        [int(row.channel) for row in rows],
        [row.mark for row in rows],
        [row.received for row in rows],
        canonical,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_PARK, [government, *columns])
