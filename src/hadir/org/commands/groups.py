from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q

from hadir.audit.commands import note_act, note_acts
from hadir.org.commands.dated import end_from
from hadir.org.models import Group, GroupMembership
from hadir.org.refusals import NameTaken
from hadir.org.rights import Right

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from hadir.org.models import Person, Unit
    from hadir.org.rights import Actor


def add_group(name: str, *, unit: Unit, actor: Actor) -> Group:
    """Make a group of people who will share a roster."""
    actor.require(Right.EDIT_ROSTERS, unit.path)
    try:
        with transaction.atomic():
            group = Group.objects.create(name=name, unit=unit)
    except IntegrityError as error:
        raise NameTaken(value=name) from error
    note_act("group.added", group, actor=actor, name=name, unit=unit.pk)
    return group


def join_group(person: Person, group: Group, *, on: date, actor: Actor) -> None:
    """Let somebody belong to a group from a date on; whoever does already stays."""
    join_groups([(person, group)], on=on, actor=actor)


def join_groups(pairs: Sequence[tuple[Person, Group]], *, on: date, actor: Actor) -> None:
    """Let many people belong to their groups from a date on."""
    for path in {group.unit.path for _, group in pairs}:
        actor.require(Right.EDIT_ROSTERS, path)
    groups = {group.pk for _, group in pairs}
    held = set(_open_from(on).filter(group_id__in=groups).values_list("person_id", "group_id"))
    joining = [(person, group) for person, group in pairs if (person.pk, group.pk) not in held]
    GroupMembership.objects.bulk_create(
        GroupMembership(person=person, group=group, valid_from=on) for person, group in joining
    )
    note_acts(
        "group.joined", [(group, {"person": person.pk, "from": str(on)}) for person, group in joining], actor=actor
    )


def leave_group(person: Person, group: Group, *, on: date, actor: Actor) -> None:
    """Let somebody no longer belong to a group from a date on."""
    actor.require(Right.EDIT_ROSTERS, group.unit.path)
    end_from(_open_from(on).filter(person=person, group=group), on)
    note_act("group.left", group, actor=actor, person=person.pk, on=on.isoformat())


def _open_from(on: date) -> QuerySet[GroupMembership]:
    return GroupMembership.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on))
