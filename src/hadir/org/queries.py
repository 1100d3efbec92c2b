from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from hadir.org.models import Appointment, Group, GroupMembership, Identifier, Person, Placement, Site, Unit
from hadir.org.refusals import NotFound
from hadir.org.rights import NotAllowed, Right

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from hadir.org.rights import Actor

# What everybody may see of themselves, and a direct superior of theirs.
NEAR = frozenset({Right.SEE_BOARD, Right.SEE_DAYS, Right.SEE_RECAP})


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree as it is shown: `depth` counts from the root of what is visible."""

    unit: Unit
    depth: int
    people: int = 0

    @property
    def indent(self) -> str:
        """What stands before the name in a list of choices, where nothing else can show the depth."""
        return "\N{EM SPACE}" * self.depth


def visible_units(actor: Actor, right: Right) -> QuerySet[Unit]:
    """The open units over which the actor has a right, parents before children."""
    return Unit.objects.filter(actor.within(right, "path"), closed_on=None).order_by("path")


def tree_of(units: Iterable[Unit], people: Mapping[int, int] | None = None) -> list[Node]:
    """The units as a tree in one list: each unit is followed by what is below it, siblings by their codes."""
    known = {unit.pk: unit for unit in units}
    order = {pk: _codes(unit, known) for pk, unit in known.items()}
    counted = people or {}
    return [
        Node(known[pk], len(order[pk]) - 1, counted.get(pk, 0)) for pk in sorted(known, key=lambda each: order[each])
    ]


def _codes(unit: Unit, known: Mapping[int, Unit]) -> tuple[str, ...]:
    return tuple(known[int(pk)].code for pk in unit.path.split("/")[1:-1] if int(pk) in known)


def accessible_unit(unit_id: int, *, actor: Actor, right: Right) -> Unit:
    """A unit over which the actor has a right; NotFound for one that does not exist or lies outside."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None or not actor.may(right, unit.path):
        raise NotFound
    return unit


def placements_below(roots: str | Collection[str], on: date) -> QuerySet[Placement]:
    """The placements of a date in the subtrees with these paths, with person and unit, by name."""
    below = Q(pk__in=[])
    for path in [roots] if isinstance(roots, str) else roots:
        below |= Q(unit__path__startswith=path)
    found: QuerySet[Placement] = Placement.objects.on(on).filter(below)
    return found.select_related("person", "unit").order_by("person__name", "person_id")


def placement_on(person_id: int, day: date) -> Placement | None:
    """Where somebody belongs on a date, with unit and superior; None outside their time here."""
    found: Placement | None = (
        Placement.objects.on(day).filter(person_id=person_id).select_related("person", "unit", "superior").first()
    )
    return found


def placements_of(person_id: int) -> QuerySet[Placement]:
    """Every placement of a person that is believed now, the latest first."""
    found: QuerySet[Placement] = Placement.objects.filter(person_id=person_id)
    return found.select_related("unit", "superior").order_by("-valid_from")


def subordinates_of(person_id: int, on: date) -> QuerySet[Placement]:
    """The placements of those whose direct superior somebody is on a date, by name."""
    found: QuerySet[Placement] = Placement.objects.on(on).filter(superior_id=person_id)
    return found.select_related("person", "unit").order_by("person__name", "person_id")


def superiors_on(day: date) -> dict[int, int | None]:
    """The direct superior of everybody on a date."""
    return dict(Placement.objects.on(day).values_list("person_id", "superior_id"))


def last_paths(person_ids: Collection[int]) -> dict[int, str]:
    """The path of the unit where each person belongs by their latest placement; people without one are left out."""
    rows = Placement.objects.filter(person_id__in=person_ids).order_by("valid_from")
    return dict(rows.values_list("person_id", "unit__path"))


def last_path(person_id: int) -> str:
    """The path of the unit of somebody's latest placement; NotFound where there is none."""
    path = last_paths([person_id]).get(person_id)
    if path is None:
        raise NotFound
    return path


def accessible_person(person_id: int, *, actor: Actor, right: Right, on: date) -> Person:
    """A person whom the actor may meet with a right on a date.

    Everybody may see their own days and those of their subordinates. NotFound for somebody of whom the actor may
    know nothing, NotAllowed where the actor knows the person, but lacks this right.
    """
    placement = _placement_nearest(person_id, on)
    path = placement.unit.path if placement else "/"
    is_near = actor.person_id == person_id or person_id in actor.subordinates
    if placement and (actor.may(right, path) or (is_near and right in NEAR)):
        return placement.person  # type: ignore[no-any-return]
    if placement and (is_near or any(actor.may(other, path) for other in Right)):
        raise NotAllowed
    raise NotFound


def _placement_nearest(person_id: int, on: date) -> Placement | None:
    rows = Placement.objects.filter(person_id=person_id).select_related("person", "unit")
    known: list[Placement] = list(rows.order_by("valid_from"))
    earlier = [row for row in known if row.valid_from <= on]
    return earlier[-1] if earlier else next(iter(known), None)


def sites_of_person(person_id: int, on: date) -> list[Site]:
    """Where somebody may tap on a date: the open sites of the nearest unit, going up, that has any."""
    placement = placement_on(person_id, on)
    return sites_of_path(placement.unit.path, on) if placement else []


def sites_of_path(path: str, on: date) -> list[Site]:
    """The open sites of the unit with this path, or of the nearest above it that has any."""
    lineage = [int(pk) for pk in path.split("/")[1:-1]]
    sites = list(open_sites(on).filter(unit_id__in=lineage).order_by("name"))
    for unit_id in reversed(lineage):
        own = [site for site in sites if site.unit_id == unit_id]
        if own:
            return own
    return []


def open_sites(on: date) -> QuerySet[Site]:
    """The sites that are in use on a date."""
    return Site.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on)).select_related("unit")


def groups_of(unit_paths: Q) -> QuerySet[Group]:
    """The groups of units, given as a condition on `unit__path`."""
    return Group.objects.filter(unit_paths).select_related("unit").order_by("unit__code", "name")


def members_on(group: Group, day: date) -> QuerySet[GroupMembership]:
    """Who belongs to a group on a date, by name."""
    found: QuerySet[GroupMembership] = GroupMembership.objects.on(day).filter(group=group)
    return found.select_related("person").order_by("person__name")


def identifiers_of(person_ids: Collection[int], on: date) -> dict[int, dict[str, str]]:
    """What names each person on a date, by kind."""
    found: dict[int, dict[str, str]] = {person_id: {} for person_id in person_ids}
    rows = Identifier.objects.on(on).filter(person_id__in=person_ids)
    for person_id, kind, value in rows.values_list("person_id", "kind", "value"):
        found[person_id][kind] = value
    return found


def person_named(kind: Identifier.Kind, value: str, on: date) -> Person | None:
    """Whom a number or address names on a date."""
    row = Identifier.objects.on(on).filter(kind=kind, value=value).select_related("person").first()
    return row.person if row else None


def appointments_on(day: date, condition: Q) -> QuerySet[Appointment]:
    """The roles that people hold on a date in units given as a condition on `unit__path`."""
    found: QuerySet[Appointment] = Appointment.objects.on(day).filter(condition)
    return found.select_related("person", "unit").order_by("role", "unit__code", "person__name")


def own_person(actor: Actor) -> Person:
    """The person who acts; NotFound for the system, which is nobody."""
    person = Person.objects.filter(pk=actor.person_id or 0).first()
    if person is None:
        raise NotFound
    return person


def people_found(words: str, roots: str | Collection[str], on: date) -> QuerySet[Placement]:
    """The placements in these subtrees whose name holds the words, or whose number or e-mail they are; all for none."""
    found = placements_below(roots, on)
    if not words.strip():
        return found
    named = Identifier.objects.on(on).filter(value__iexact="".join(words.split())).values("person_id")
    return found.filter(Q(person__name__icontains=words.strip()) | Q(person_id__in=named))


def person_meant(words: str, on: date) -> Person:
    """Whom a number or an office e-mail names on a date, written with or without blanks; else NotFound."""
    kinds = [Identifier.Kind.NIP, Identifier.Kind.NI_PPPK, Identifier.Kind.EMAIL]
    rows = Identifier.objects.on(on).filter(kind__in=kinds, value__iexact="".join(words.split()))
    identifier = rows.select_related("person").first()
    if identifier is None:
        raise NotFound
    person: Person = identifier.person
    return person


def identifiers_held(person_id: int) -> QuerySet[Identifier]:
    """Everything that names or named a person, as believed now, the latest first."""
    found: QuerySet[Identifier] = Identifier.objects.filter(person_id=person_id)
    return found.order_by("kind", "-valid_from")


def roles_of(person_id: int, on: date) -> QuerySet[Appointment]:
    """The roles that somebody holds on a date."""
    found: QuerySet[Appointment] = Appointment.objects.on(on).filter(person_id=person_id)
    return found.select_related("unit").order_by("role", "unit__code")


def people_counts(on: date) -> dict[int, int]:
    """How many people each unit has on a date, without those of units below it."""
    rows = Placement.objects.on(on).values_list("unit_id").annotate(number=Count("id")).order_by()
    return dict(rows)


def accessible_site(site_id: int, *, actor: Actor) -> Site:
    """A site that the actor may edit; else NotFound."""
    site = Site.objects.filter(pk=site_id).select_related("unit").first()
    if site is None or not actor.may(Right.EDIT_SITES, site.unit.path):
        raise NotFound
    return site


def accessible_group(group_id: int, *, actor: Actor) -> Group:
    """A group that the actor may edit; else NotFound."""
    group = Group.objects.filter(pk=group_id).select_related("unit").first()
    if group is None or not actor.may(Right.EDIT_ROSTERS, group.unit.path):
        raise NotFound
    return group


def accessible_appointment(appointment_id: int, *, actor: Actor) -> Appointment:
    """An appointment that the actor may end; else NotFound."""
    appointment: Appointment | None = (
        Appointment.objects.filter(pk=appointment_id).select_related("unit", "person").first()
    )
    if appointment is None or not actor.may(Right.APPOINT, appointment.unit.path):
        raise NotFound
    return appointment
