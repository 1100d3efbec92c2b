from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from hadir.audit.commands import note_act, note_acts
from hadir.org.commands.identifiers import require_free
from hadir.org.commands.placements import Posting, paths_of_units
from hadir.org.models import Identifier, Person, Placement, StaffClass
from hadir.org.queries import last_path
from hadir.org.rights import Right

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from hadir.org.rights import Actor

MANY = 200
"""From how many people on the planner must be told, before the next page asks for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody to be added. The superior is a person that exists, or the place of another of the rows."""

    name: str
    unit_id: int
    staff_class: StaffClass
    rank: str = ""
    post: str = ""
    superior_id: int | None = None
    superior_row: int | None = None
    identifiers: Mapping[Identifier.Kind, str] = field(default_factory=dict)


def load_people(rows: Sequence[PersonRow], *, on: date, actor: Actor) -> list[Person]:
    """Add many people who belong to their units from a date on, in a handful of statements; return them in order."""
    paths = paths_of_units({row.unit_id for row in rows})
    for path in paths.values():
        actor.require(Right.EDIT_PEOPLE, path)
    people = Person.objects.bulk_create(Person(name=row.name) for row in rows)
    given = [
        Identifier(person=person, kind=kind, value=value, valid_from=on)
        for person, row in zip(people, rows, strict=True)
        for kind, value in row.identifiers.items()
        if value
    ]
    require_free(given, on)
    Identifier.objects.bulk_create(given)
    Placement.objects.bulk_create(
        posting.placed(person.pk, on)
        for person, posting in zip(people, (_posting(row, people) for row in rows), strict=True)
    )
    note_acts(
        "person.added",
        [
            (person, {"name": person.name, "unit": row.unit_id, "from": on.isoformat()})
            for person, row in zip(people, rows, strict=True)
        ],
        actor=actor,
    )
    if len(people) >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("SELECT org_refresh_statistics()")
    return people


def add_person(row: PersonRow, *, on: date, actor: Actor) -> Person:
    """Add somebody who belongs to a unit from a date on."""
    (person,) = load_people([row], on=on, actor=actor)
    return person


def rename_person(person: Person, name: str, *, actor: Actor) -> None:
    """Correct somebody's name."""
    _require_editable(person, actor)
    before, person.name = person.name, name
    person.save(update_fields=["name"])
    note_act("person.renamed", person, actor=actor, before=before, after=name)


def set_photo(person: Person, photo: str, *, actor: Actor) -> None:
    """Give a person the photo that the store keeps under this key; an empty key takes it away."""
    _require_editable(person, actor)
    person.photo = photo
    person.save(update_fields=["photo"])
    note_act("person.photo", person, actor=actor, photo=photo)


def _require_editable(person: Person, actor: Actor) -> None:
    actor.require(Right.EDIT_PEOPLE, last_path(person.pk))
    actor.require_other(person.pk)


def _posting(row: PersonRow, people: Sequence[Person]) -> Posting:
    superior = row.superior_id if row.superior_row is None else people[row.superior_row].pk
    return Posting(row.unit_id, row.staff_class, superior, row.rank, row.post)


def see_photo(person: Person, *, actor: Actor) -> None:
    """Note that somebody looked at a person's photo."""
    if person.pk != actor.person_id:
        note_act("person.photo_seen", person, actor=actor)
