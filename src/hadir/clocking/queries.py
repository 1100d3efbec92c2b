from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Q

from hadir.clocking.models import Event, Evidence, Outage, Photo
from hadir.org.models import Placement, Site, Unit
from hadir.org.queries import open_sites
from hadir.org.reach import root_paths
from hadir.org.refusals import NotFound
from hadir.org.rights import Right
from hadir.tenancy.columns import BOOL, INSTANT, INT2, INT8, fetch_columns, id_array
from hadir.tenancy.current import acting_in, government_id
from hadir.tenancy.models import Government

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hadir.org.rights import Actor

MONTHS_LATE = 6
"""Months before the present one that a late tap may still open: three that are open from the start, three more."""
Ints = npt.NDArray[np.int64]

# Every column stands in the covering index, so that the table itself is not visited.
_TAPS = """
SELECT person_id, at, channel, mark, kind, counts, reason, coalesce(site_id, -1) FROM clocking_event
WHERE government_id = %s AND person_id = ANY(%s) AND at >= %s AND at <= %s
"""
_KINDS = {
    "person": INT8,
    "at": INSTANT,
    "channel": INT2,
    "mark": INT2,
    "kind": INT2,
    "counts": BOOL,
    "reason": INT2,
    "site": INT8,
}
_MISSING_PHOTOS = """
SELECT evidence.at, evidence.event_id FROM clocking_parked parked
JOIN clocking_evidence evidence
  ON (evidence.government_id, evidence.at, evidence.event_id) = (parked.government_id, parked.at, parked.id)
WHERE parked.government_id = %s AND evidence.selfie_sha256 IS NOT NULL AND NOT EXISTS (
    SELECT FROM clocking_photo photo
    WHERE (photo.government_id, photo.at, photo.event_id) = (parked.government_id, parked.at, parked.id))
"""
_SIGNED_PARKED = """
SELECT id FROM clocking_parked
WHERE government_id = %s AND at >= %s AND at < %s AND channel = 1 AND canonical <> ''
"""
# Row-level security leaves the rows of one government.
_MONTHS_WITH_PROOF = """
SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC')::date FROM (
    SELECT at FROM clocking_evidence WHERE at < %s
    UNION ALL SELECT at FROM clocking_photo WHERE at < %s
    UNION ALL SELECT at FROM clocking_parked WHERE at < %s AND channel = 1 AND canonical <> '') AS proof
"""


@dataclass(frozen=True)
class TapColumns:
    """Taps of many people, in no order."""

    person: Ints
    """Ids of persons."""
    at: npt.NDArray[np.datetime64]
    """`datetime64[us]`, UTC, as stored."""
    channel: Ints
    """`Channel`."""
    mark: Ints
    """`hadir.kernel.tap.Mark`."""
    kind: Ints
    """`hadir.kernel.tap.Kind`."""
    counts: npt.NDArray[np.bool_]
    reason: Ints
    """`Reason`."""
    site: Ints
    """Id of the site in whose circle it was made, -1: none."""

    def __len__(self) -> int:
        return len(self.person)


def taps_between(people: Ints, start: datetime, end: datetime) -> TapColumns:
    """The taps of some people (ids) from `start` to `end`, both included, counting or not; one query."""
    return TapColumns(**fetch_columns(_TAPS, [government_id(), id_array(people), start, end], _KINDS))


@dataclass(frozen=True, slots=True)
class ProvenTap:
    """A tap with what proves it; evidence and photo are None where there is none, or its time is over."""

    event: Event
    evidence: Evidence | None
    photo: Photo | None


def proven_taps(person_id: int, start: datetime, end: datetime) -> list[ProvenTap]:
    """The taps of one person in `[start, end)` with evidence and photo, in the order of time; three queries."""
    events = list(Event.objects.filter(person_id=person_id, at__gte=start, at__lt=end).order_by("at", "id"))
    about = Q(at__in={event.at for event in events}, event_id__in=[event.id for event in events])
    evidence = {bytes(row.event_id): row for row in Evidence.objects.filter(about)}
    photos = {bytes(row.event_id): row for row in Photo.objects.filter(about)}
    return [ProvenTap(event, evidence.get(bytes(event.id)), photos.get(bytes(event.id))) for event in events]


def outages_between(start: datetime, end: datetime) -> QuerySet[Outage]:
    """The declared outages that touch a span, in the order of time."""
    return Outage.objects.filter(withdrawn_at=None, starts_at__lte=end, ends_at__gte=start).order_by("starts_at", "pk")


def outages_in_reach(actor: Actor) -> QuerySet[Outage]:
    """Every outage that was not withdrawn where the actor may declare one, the latest first, with its place."""
    found = Outage.objects.filter(withdrawn_at=None)
    if not all(actor.may(Right.DECLARE_OUTAGE, path) for path in root_paths()):
        at_unit = actor.within(Right.DECLARE_OUTAGE, "unit__path")
        found = found.filter(at_unit | actor.within(Right.DECLARE_OUTAGE, "site__unit__path"))
    return found.select_related("site__unit", "unit").order_by("-starts_at", "-pk")


def accessible_outage(outage_id: int, *, actor: Actor) -> Outage:
    """One of the outages that `outages_in_reach` lists; NotFound for any other."""
    found: Outage | None = outages_in_reach(actor).filter(pk=outage_id).first()
    if found is None:
        raise NotFound
    return found


def people_hit(first: date, last: date, place: Site | Unit | None) -> int:
    """How many people an outage of these dates touches: all, those of a unit and below, those nearest to a site."""
    placed = Placement.objects.during(first, last)
    if isinstance(place, Unit):
        placed = placed.filter(unit__path__startswith=place.path)
    if not isinstance(place, Site):
        return int(placed.values("person").distinct().count())
    owners = set(open_sites(first).values_list("unit_id", flat=True))
    return len(
        {
            person
            for person, path in placed.values_list("person", "unit__path")
            if next((unit for unit in lineage_of(path) if unit in owners), None) == place.unit_id
        }
    )


def lineage_of(path: str) -> list[int]:
    """The units of a path, from the unit itself up to its root."""
    return [int(pk) for pk in reversed(path.split("/")[1:-1])]


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """The months in which taps are stored, from `lower` to before `upper`."""

    lower: datetime
    upper: datetime

    def holds(self, at: datetime) -> bool:
        """Whether a tap of this instant can be stored."""
        return self.lower <= at < self.upper


def open_span() -> OpenSpan:
    """The open months, which have no gap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower, upper FROM clocking_open_span()")
        return OpenSpan(*cursor.fetchone())


def reached_from(at: datetime) -> datetime:
    """From when on a tap that arrives at an instant is taken in: half a year back, or what is open already.

    One tap of long ago would open every month between it and now. Counted from the arrival and not from the open
    months, or else a backlog would open them a few at a time.
    """
    count = at.year * 12 + at.month - 1 - MONTHS_LATE
    return min(open_span().lower, datetime(count // 12, count % 12 + 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class ParkedTap:
    """A tap that waits for its month to be opened."""

    at: datetime
    id: bytes
    person_id: int
    channel: int
    received: datetime
    canonical: bytes


def parked_taps(limit: int) -> list[ParkedTap]:
    """Taps of the current government that are no events yet, the oldest first."""
    return _parked(limit, "true")


def movable_taps(limit: int) -> list[ParkedTap]:
    """Those parked taps whose month is open by now."""
    return _parked(limit, "parked.at >= span.lower AND parked.at < span.upper")


def _parked(limit: int, condition: str) -> list[ParkedTap]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT parked.at, parked.id, parked.person_id, parked.channel, parked.received, parked.canonical
            FROM clocking_parked parked, clocking_open_span() span
            WHERE parked.government_id = %s AND {condition} AND NOT EXISTS (
                SELECT FROM clocking_event event
                WHERE (event.government_id, event.at, event.id) = (parked.government_id, parked.at, parked.id))
            ORDER BY parked.at, parked.id LIMIT %s
            """,  # noqa: S608 - the condition is one of two above
            [government_id(), limit],
        )
        rows = cursor.fetchall()
    return [
        ParkedTap(at, bytes(number), person, channel, received, bytes(canonical))
        for at, number, person, channel, received, canonical in rows
    ]


def missing_photos() -> list[tuple[datetime, bytes]]:
    """Instant and identity of taps that had been parked, announced a photo, and have no row of one."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING_PHOTOS, [government_id()])
        return [(at, bytes(tap)) for at, tap in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class MonthlyProof:
    """What proves the taps of one month of the current government: numbers of rows, and taps that may have a photo."""

    evidence: int
    photos: int
    parked: int
    with_photo: frozenset[bytes]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return self.evidence + self.photos + self.parked


def proof_of_month(month: date) -> MonthlyProof:
    """What proves the taps of a month, given by its first day; three queries."""
    start = datetime(month.year, month.month, 1, tzinfo=UTC)
    end = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=UTC)
    inside = Q(at__gte=start, at__lt=end)
    evidence = Evidence.objects.filter(inside)
    announced = {bytes(tap) for tap in evidence.exclude(selfie_sha256=None).values_list("event_id", flat=True)}
    photos = [bytes(tap) for tap in Photo.objects.filter(inside).values_list("event_id", flat=True)]
    with connection.cursor() as cursor:
        cursor.execute(_SIGNED_PARKED, [government_id(), start, end])
        parked = [bytes(tap) for (tap,) in cursor.fetchall()]
    return MonthlyProof(evidence.count(), len(photos), len(parked), frozenset(announced.union(photos, parked)))


def months_with_proof(before: date) -> list[date]:
    """First days of months before a date in which any government has something that proves a tap."""
    found: set[date] = set()
    for government in Government.objects.values_list("pk", flat=True):
        with acting_in(government), connection.cursor() as cursor:
            cursor.execute(_MONTHS_WITH_PROOF, [datetime(before.year, before.month, before.day, tzinfo=UTC)] * 3)
            found.update(month for (month,) in cursor.fetchall())
    return sorted(found)
