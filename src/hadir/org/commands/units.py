from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from hadir.audit.commands import note_act
from hadir.kernel.zones import Zone
from hadir.org.models import Placement, Site, Unit
from hadir.org.refusals import CodeTaken, NameTaken, StillInUse, WrongPlace
from hadir.org.rights import Right

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hadir.org.rights import Actor

ROOT = "/"
RADII = range(20, 5001)
# Indonesia with its seas, in units of 1e-7 degree.
_LATITUDES = range(-115_000_000, 65_000_000)
_LONGITUDES = range(940_000_000, 1_415_000_000)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit to be made; `parent` is the code of a unit that exists or of an earlier row, empty for the root."""

    code: str
    name: str
    parent: str = ""
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A circle on the map: positions in units of 1e-7 degree, radius in metres."""

    name: str
    latitude: int
    longitude: int
    radius: int = 100
    zone: Zone = Zone.WIB


def add_unit(code: str, name: str, *, parent: Unit | None = None, short_name: str = "", actor: Actor) -> Unit:
    """Make a unit below another, or the root of the government."""
    actor.require(Right.EDIT_UNITS, parent.path if parent else ROOT)
    try:
        with transaction.atomic():
            unit = Unit.objects.create(code=code, name=name, short_name=short_name, parent=parent, path="")
    except IntegrityError as error:
        raise CodeTaken(value=code) from error
    unit.path = f"{parent.path if parent else ROOT}{unit.pk}/"
    unit.save(update_fields=["path"])
    note_act("unit.added", unit, actor=actor, code=code, name=name, parent=parent.code if parent else "")
    return unit


def load_units(rows: Sequence[UnitRow], *, actor: Actor) -> dict[str, Unit]:
    """Make many units, each parent before its children; return all units of the government by code."""
    known = {unit.code: unit for unit in Unit.objects.all()}
    for row in rows:
        known[row.code] = add_unit(
            row.code,
            row.name,
            parent=known[row.parent] if row.parent else None,
            short_name=row.short_name,
            actor=actor,
        )
    return known


def change_unit(unit: Unit, *, name: str, short_name: str, actor: Actor) -> None:
    """Give a unit another name."""
    actor.require(Right.EDIT_UNITS, unit.path)
    before = {"name": unit.name, "short_name": unit.short_name}
    unit.name, unit.short_name = name, short_name
    unit.save(update_fields=["name", "short_name"])
    note_act("unit.changed", unit, actor=actor, before=before, after={"name": name, "short_name": short_name})


def close_unit(unit: Unit, *, on: date, actor: Actor) -> None:
    """Close a unit from a date on; StillInUse while people or open units belong to it then."""
    actor.require(Right.EDIT_UNITS, unit.path)
    is_used = Unit.objects.filter(parent=unit, closed_on=None).exists() or Placement.objects.on(on).filter(unit=unit)
    if is_used:
        raise StillInUse
    unit.closed_on = on
    unit.save(update_fields=["closed_on"])
    note_act("unit.closed", unit, actor=actor, on=on.isoformat())


def add_site(spot: Spot, *, unit: Unit, actor: Actor) -> Site:
    """Make a place of work of a unit."""
    actor.require(Right.EDIT_SITES, unit.path)
    site = Site(unit=unit)
    _save_spot(site, spot)
    note_act("site.added", site, actor=actor, **_told(spot))
    return site


def change_site(site: Site, spot: Spot, *, actor: Actor) -> None:
    """Move, resize or rename a place of work."""
    actor.require(Right.EDIT_SITES, site.unit.path)
    before = _told(Spot(site.name, site.latitude, site.longitude, site.radius, Zone[site.zone]))
    _save_spot(site, spot)
    note_act("site.changed", site, actor=actor, before=before, after=_told(spot))


def close_site(site: Site, *, on: date, actor: Actor) -> None:
    """Take a place of work out of use; the gate no longer counts taps there."""
    actor.require(Right.EDIT_SITES, site.unit.path)
    site.closed_on = on
    site.save(update_fields=["closed_on"])
    note_act("site.closed", site, actor=actor, on=on.isoformat())


def _save_spot(site: Site, spot: Spot) -> None:
    if spot.latitude not in _LATITUDES or spot.longitude not in _LONGITUDES or spot.radius not in RADII:
        raise WrongPlace
    site.name, site.latitude, site.longitude = spot.name, spot.latitude, spot.longitude
    site.radius, site.zone = spot.radius, spot.zone.name
    try:
        with transaction.atomic():
            site.save()
    except IntegrityError as error:
        raise NameTaken(value=spot.name) from error


def _told(spot: Spot) -> dict[str, object]:
    return asdict(spot) | {"zone": spot.zone.name}
