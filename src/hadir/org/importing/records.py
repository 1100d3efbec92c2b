"""What is on record and bears upon a sheet of people, read in a handful of queries however long the sheet is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hadir.org.models import Identifier, Placement, Unit
from hadir.org.rights import Right

if TYPE_CHECKING:
    from datetime import date

    from hadir.org.rights import Actor


@dataclass(slots=True)
class Records:
    """Units by code and name, people with their placements and identifiers on a date, and what the actor may edit."""

    actor: Actor
    units: dict[str, list[Unit]] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)
    placements: dict[int, Placement] = field(default_factory=dict)
    holders: dict[tuple[str, str], int] = field(default_factory=dict)
    identifiers: dict[int, dict[str, str]] = field(default_factory=dict)
    namesakes: dict[str, list[int]] = field(default_factory=dict)

    def may_edit_unit(self, unit: Unit) -> bool:
        """Say whether the actor may put people into a unit."""
        return self.actor.may(Right.EDIT_PEOPLE, unit.path)

    def may_edit_person(self, person_id: int) -> bool:
        """Say whether the actor may change somebody."""
        return self.actor.may(Right.EDIT_PEOPLE, self.paths.get(person_id, "/"))

    def visible_namesakes(self, name: str) -> list[int]:
        """Return the people with this name of whom the actor may know."""
        return [person for person in self.namesakes.get(folded(name), ()) if self.may_edit_person(person)]


def records(actor: Actor, on: date) -> Records:
    """Return what is on record of the whole government on a date: numbers are unique across its units."""
    found = Records(actor)
    for unit in Unit.objects.filter(closed_on=None):
        for key in {folded(unit.code), folded(unit.name), folded(unit.short_name)} - {""}:
            found.units.setdefault(key, []).append(unit)
    latest = Placement.objects.select_related("person", "unit").order_by("valid_from")
    for placement in latest:
        found.paths[placement.person_id] = placement.unit.path
        if placement.valid_from <= on and (placement.valid_until is None or placement.valid_until > on):
            found.placements[placement.person_id] = placement
            found.namesakes.setdefault(folded(placement.person.name), []).append(placement.person_id)
    for person_id, kind, value in Identifier.objects.on(on).values_list("person_id", "kind", "value"):
        found.holders[kind, value] = person_id
        found.identifiers.setdefault(person_id, {})[kind] = value
    return found


def folded(text: str) -> str:
    """Return a name as it is compared."""
    return " ".join(text.casefold().split())
