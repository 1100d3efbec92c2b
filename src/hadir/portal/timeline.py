"""The course of one day, in the order of time: duty, records with where they were made, and absences."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from hadir.clocking.models import Channel, Event, Evidence, Photo, Reason
from hadir.kernel.clock import to_milliseconds
from hadir.kernel.fence import metres_between
from hadir.org.models import Site
from hadir.org.queries import sites_of_person
from hadir.platform.formats import distance_text, short_date_text, time_text
from hadir.portal.dayview import checkpoint_name
from hadir.recaps.codes import page_language
from hadir.rules.catalogue import kind_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from hadir.daybook.days import Checkpoint, Day, DayCover, DayTap
    from hadir.portal.dayview import Judged


_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Item:
    """One thing that happened, or was to happen, at an instant."""

    at: datetime
    time: str
    title: str
    lines: tuple[str, ...] = ()
    state: str = "none"
    is_tap: bool = False
    photo_url: str = ""


@dataclass(frozen=True)
class Proof:
    """What is kept beside the records of a day."""

    identity: dict[datetime, bytes] = field(default_factory=dict)
    distance: dict[bytes, int | None] = field(default_factory=dict)
    note: dict[bytes, str | None] = field(default_factory=dict)
    has_photo: frozenset[bytes] = frozenset()
    sites: dict[int, str] = field(default_factory=dict)
    near: dict[bytes, str] = field(default_factory=dict)
    """Name of the site from whose middle the distance of a tap outside was measured."""


def timeline_of(rows: Sequence[Judged]) -> list[Item]:
    """Return everything of the rows of one date, in seven queries at most."""
    days = [row.day for row in rows]
    taps = {tap.at: tap for day in days for tap in day.taps}
    proof = _proof(days[0], taps.values()) if taps else Proof()
    items = [item for row in rows for item in _items(row, proof)]
    return sorted(items, key=lambda item: item.at)


def _items(row: Judged, proof: Proof) -> Iterator[Item]:
    day = row.day
    if day.start and day.end:
        yield Item(day.start, time_text(day.start, day.zone), gettext("Duty begins"), (day.shift,))
        yield Item(day.end, time_text(day.end, day.zone), gettext("Duty ends"), _moved_end(day))
    for tap in day.taps:
        yield _tap(row, tap, proof)
    for cover in day.covers:
        yield _cover(day, cover)
    for checkpoint in day.checkpoints:
        if checkpoint.is_required and checkpoint.tapped is None:
            yield _missing(day, checkpoint)


def _moved_end(day: Day) -> tuple[str, ...]:
    if day.expected_end is None or day.expected_end == day.end:
        return ()
    return (gettext("Moved to %(time)s") % {"time": time_text(day.expected_end, day.zone)},)


def _tap(row: Judged, tap: DayTap, proof: Proof) -> Item:
    day, identity = row.day, proof.identity.get(tap.at)
    where = checkpoint_name(day.checkpoints[tap.slot].name) if tap.slot >= 0 else gettext("Outside every window")
    url = ""
    if identity in proof.has_photo:
        url = reverse("portal:photo", args=[day.person, to_milliseconds(tap.at), identity])
    return Item(
        tap.at,
        time_text(tap.at, day.zone),
        f"{where}, {str(Channel(tap.channel).label).lower()}",
        tuple(_tap_lines(tap, proof, identity)),
        _tap_state(row, tap),
        is_tap=True,
        photo_url=url,
    )


def _tap_lines(tap: DayTap, proof: Proof, identity: bytes | None) -> Iterator[str]:
    place = proof.sites.get(tap.site_id, "") if tap.site_id else proof.near.get(identity or b"", "")
    distance = proof.distance.get(identity) if identity else None
    if place or distance is not None:
        yield ", ".join(filter(None, [place, distance_text(distance) if distance is not None else ""]))
    if not tap.counts:
        yield gettext("Does not count: %(reason)s") % {"reason": str(Reason(tap.reason).label).lower()}
    if tap.is_repeat:
        yield gettext("Repeated within a minute: counted once")
    note = proof.note.get(identity) if identity else None
    if note:
        yield f"“{note}”"


def _tap_state(row: Judged, tap: DayTap) -> str:
    if not tap.is_chosen or not tap.counts:
        return "none"
    day = row.day
    is_late = tap.at == day.came and day.late
    is_early = tap.at == day.left and day.early
    return "late" if is_late or is_early else "present"


def _cover(day: Day, cover: DayCover) -> Item:
    first, last = (each.astimezone(day.zone.info).date() for each in (cover.start, cover.end - _INSTANT))
    span = " \N{EN DASH} ".join(short_date_text(each) for each in sorted({first, last}))
    decided = gettext("Approved") if cover.is_decided else gettext("Waits for a decision")
    title = kind_name(cover.kind, page_language())
    return Item(
        max(cover.start, day.start or cover.start), "", title, (span, decided), "away" if cover.is_decided else "none"
    )


def _missing(day: Day, checkpoint: Checkpoint) -> Item:
    name = checkpoint_name(checkpoint.name)
    words = {"due": time_text(checkpoint.due, day.zone), "closes": time_text(checkpoint.closes, day.zone)}
    is_open = day.pending is not None and checkpoint.closes >= day.pending.closes
    line = (
        gettext("Due %(due)s, taken until %(closes)s")
        if is_open
        else gettext("Was due %(due)s, taken until %(closes)s")
    )
    title = (
        pgettext("timeline", "%(name)s: not recorded yet")
        if is_open
        else pgettext("timeline", "%(name)s: not recorded")
    )
    return Item(checkpoint.due, words["due"], title % {"name": name}, (line % words,))


def _proof(day: Day, taps: Collection[DayTap]) -> Proof:
    instants = [tap.at for tap in taps]
    events = Event.objects.filter(person_id=day.person, at__in=instants).values_list("at", "id")
    identity = {at: bytes(event) for at, event in events}
    these = {"at__in": instants, "event_id__in": list(identity.values())}
    evidence = [
        (bytes(event), distance, note)
        for event, distance, note in Evidence.objects.filter(**these).values_list("event_id", "distance", "note")
    ]
    outside = [identity[tap.at] for tap in taps if tap.site_id is None and tap.at in identity]
    photos = Photo.objects.filter(**these).values_list("event_id", flat=True)
    sites = Site.objects.filter(pk__in={tap.site_id for tap in taps if tap.site_id})
    return Proof(
        identity,
        {event: distance for event, distance, _ in evidence},
        {event: note for event, _, note in evidence},
        frozenset(map(bytes, photos)),
        dict(sites.values_list("pk", "name")),
        _near(day, these | {"event_id__in": outside}) if outside else {},
    )


def _near(day: Day, these: dict[str, Any]) -> dict[bytes, str]:
    """The site of each tap outside that is as far away as the gate measured."""
    measured = Evidence.objects.filter(**these, distance__isnull=False)
    rows = measured.values_list("event_id", "distance", "latitude", "longitude")
    sites = sites_of_person(day.person, day.date) if rows else []
    return {
        bytes(event): site.name
        for event, distance, latitude, longitude in rows
        if latitude is not None and longitude is not None
        for site in sites
        if metres_between(latitude, longitude, site.latitude, site.longitude) == distance
    }
