"""The first page: everybody's own day, the team of a superior, the office of who watches one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from hadir.daybook.ledger import read_ledger
from hadir.kernel.clock import now
from hadir.kernel.zones import Zone
from hadir.org.queries import subordinates_of
from hadir.org.rights import Right
from hadir.platform.formats import month_text
from hadir.portal.board import YESTERDAY, Name, board_of, name_rows, place_seen
from hadir.portal.dayview import judged_now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hadir.accounts.pages import PageRequest
    from hadir.org.models import Site
    from hadir.portal.tally import Tally

PLATFORM_PAGE = "accounts:platform"
_MORNING, _MIDDAY, _EVENING = 11, 15, 18


@dataclass(frozen=True, slots=True)
class Tile:
    """A way from the first page to another."""

    label: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """What somebody watches, as it stands now."""

    name: str
    tally: Tally


def zone_of(sites: Sequence[Site], seat: Zone) -> Zone:
    """Return the zone of somebody's places of work, or of the government's seat where there is none."""
    return Zone[sites[0].zone] if sites else seat


def first_page(request: PageRequest, sites: Sequence[Site]) -> dict[str, Any]:
    """Return what the first page of the acting person, who taps at these sites, shows."""
    at, zone = now(), zone_of(sites, request.zone)
    local = at.astimezone(zone.info)
    on, person_id = local.date(), request.home.person_id
    ledger = read_ledger([person_id], on - YESTERDAY, on, known_until=at)
    day = judged_now(ledger, person_id)
    return {
        "greeting": greeting(local.hour) % {"name": request.home.person},
        "now": at,
        "zone": zone,
        "today": on,
        "sites": _told(sites),
        "day": day,
        "day_url": reverse("portal:day", args=[person_id, day.day.date]),
        "tiles": _tiles(request, on),
        "office": _office(request, on, at),
        "team": _team(request, on, at),
    }


def greeting(hour: int) -> str:
    """Return the greeting of an hour of the day, to be filled with a name."""
    if hour < _MORNING:
        return gettext("Good morning, %(name)s")
    if hour < _MIDDAY:
        return pgettext("about noon", "Good afternoon, %(name)s")
    if hour < _EVENING:
        return pgettext("late afternoon", "Good afternoon, %(name)s")
    return gettext("Good evening, %(name)s")


def _told(sites: Sequence[Site]) -> str:
    """The sites as the page's script reads them, in 1e-7 degrees and metres; empty without any."""
    shown = [
        {name: getattr(site, name) for name in ("id", "name", "latitude", "longitude", "radius")} for site in sites
    ]
    return json.dumps(shown) if shown else ""


def _tiles(request: PageRequest, on: date) -> list[Tile]:
    tiles = [Tile(gettext("History"), reverse("portal:history"), month_text(on))]
    if request.actor.may_anywhere(Right.SEE_BOARD):
        tiles.append(Tile(gettext("Live board"), reverse("portal:board"), gettext("Who is here now")))
    if request.actor.may_anywhere(Right.SEE_RECAP):
        tiles.append(Tile(gettext("Monthly recap"), reverse("recaps:recap"), month_text(on)))
    return tiles


def _office(request: PageRequest, on: date, at: datetime) -> Office | None:
    if not request.actor.may_anywhere(Right.SEE_BOARD):
        return None
    place = place_seen(request.actor, None)
    name = place.unit.name if place.unit else gettext("Your units")
    return Office(name, board_of(place, on, known_until=at).tally)


def _team(request: PageRequest, on: date, at: datetime) -> list[Name]:
    placed = list(subordinates_of(request.home.person_id, on)) if request.actor.subordinates else []
    if not placed:
        return []
    ledger = read_ledger([each.person_id for each in placed], on - YESTERDAY, on, known_until=at)
    return name_rows(ledger, [(each.person_id, each.person.name, each.post) for each in placed])
