from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from hadir.audit.commands import note_acts
from hadir.org.commands.dated import require_reason, succeed
from hadir.org.models import Person, Placement, StaffClass, Unit
from hadir.org.queries import last_paths, superiors_on
from hadir.org.refusals import LoopOfSuperiors, NotFound
from hadir.org.rights import Right

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from hadir.org.rights import Actor


@dataclass(frozen=True, slots=True)
class Posting:
    """Where somebody belongs and as what."""

    unit_id: int
    staff_class: StaffClass
    superior_id: int | None = None
    rank: str = ""
    post: str = ""

    def placed(self, person_id: int, on: date) -> Placement:
        """Return the placement of a person with this posting from a date on, not yet recorded."""
        return Placement(
            person_id=person_id,
            unit_id=self.unit_id,
            superior_id=self.superior_id,
            staff_class=self.staff_class,
            rank=self.rank,
            post=self.post,
            valid_from=on,
        )


def place_person(person: Person, posting: Posting, *, on: date, actor: Actor, reason: str = "") -> None:
    """Place somebody from a date on; what was known of that time gives way. A date that is over needs a reason."""
    place_people([(person, posting)], on=on, actor=actor, reason=reason)


def place_people(changes: Sequence[tuple[Person, Posting]], *, on: date, actor: Actor, reason: str = "") -> None:
    """Place many people from a date on, in a handful of statements."""
    if not changes:
        return
    require_reason(on, reason)
    _require_rights(changes, actor)
    _require_no_loop(changes, on)
    placed = {person.pk for person, _ in changes}
    former = Placement.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on), person_id__in=placed)
    succeed(former, [posting.placed(person.pk, on) for person, posting in changes], on)
    told = [(person, _told(posting) | {"from": on.isoformat(), "reason": reason}) for person, posting in changes]
    note_acts("person.placed", told, actor=actor)


def paths_of_units(unit_ids: Collection[int]) -> Mapping[int, str]:
    """Return the paths of units that are open; NotFound where one does not exist in this government."""
    paths = dict(Unit.objects.filter(pk__in=unit_ids, closed_on=None).values_list("pk", "path"))
    if len(paths) != len(set(unit_ids)):
        raise NotFound
    return paths


def _require_rights(changes: Iterable[tuple[Person, Posting]], actor: Actor) -> None:
    """Ask the right over both the unit that is left and the one that is entered."""
    changes = list(changes)
    entered = paths_of_units({posting.unit_id for _, posting in changes})
    left = last_paths({person.pk for person, _ in changes})
    for person, posting in changes:
        actor.require_other(person.pk)
        actor.require(Right.EDIT_PEOPLE, entered[posting.unit_id])
        actor.require(Right.EDIT_PEOPLE, left.get(person.pk, entered[posting.unit_id]))


def _require_no_loop(changes: Iterable[tuple[Person, Posting]], on: date) -> None:
    changes = list(changes)
    above = superiors_on(on) | {person.pk: posting.superior_id for person, posting in changes}
    for person, posting in changes:
        step, met = posting.superior_id, set()
        while step is not None and step not in met:
            if step == person.pk:
                raise LoopOfSuperiors(name=person.name)
            met.add(step)
            step = above.get(step)


def _told(posting: Posting) -> dict[str, object]:
    return {
        "unit": posting.unit_id,
        "superior": posting.superior_id,
        "class": str(posting.staff_class),
        "rank": posting.rank,
        "post": posting.post,
    }
