from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from hadir.audit.commands import note_acts
from hadir.org.commands.dated import succeed
from hadir.org.models import Identifier
from hadir.org.queries import last_paths
from hadir.org.refusals import IdentifierTaken
from hadir.org.rights import Right

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from hadir.org.models import Person
    from hadir.org.rights import Actor


def set_identifier(person: Person, kind: Identifier.Kind, value: str, *, on: date, actor: Actor) -> None:
    """Give a person a number or address of a kind from a date on; an empty one takes it away."""
    set_identifiers([(person, kind, value)], on=on, actor=actor)


def set_identifiers(changes: Sequence[tuple[Person, Identifier.Kind, str]], *, on: date, actor: Actor) -> None:
    """Do the same for many at once."""
    paths = last_paths({person.pk for person, _, _ in changes})
    for person, _, _ in changes:
        actor.require(Right.EDIT_PEOPLE, paths[person.pk])
        actor.require_other(person.pk)
    former = list(_former(changes, on))
    latter = [
        Identifier(person=person, kind=kind, value=value, valid_from=on) for person, kind, value in changes if value
    ]
    require_free(latter, on, giving_up={identifier.pk for identifier in former})
    succeed(former, latter, on)
    told = [(person, {"kind": kind.value, "value": value, "from": on.isoformat()}) for person, kind, value in changes]
    note_acts("person.identifier", told, actor=actor)


def require_free(identifiers: Iterable[Identifier], on: date, *, giving_up: Iterable[int] = ()) -> None:
    """Refuse with IdentifierTaken where one of them names somebody from that date on, or two of them are the same."""
    seen: set[tuple[str, str]] = set()
    for identifier in identifiers:
        key = (str(identifier.kind), identifier.value)
        if key in seen:
            raise IdentifierTaken(value=identifier.value)
        seen.add(key)
    values = {value for _, value in seen}
    held = _open_from(on).filter(value__in=values).exclude(pk__in=list(giving_up)).values_list("kind", "value")
    taken = seen & set(held)
    if taken:
        raise IdentifierTaken(value=min(taken)[1])


def _open_from(on: date) -> QuerySet[Identifier]:
    return Identifier.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on))


def _former(changes: Sequence[tuple[Person, Identifier.Kind, str]], on: date) -> Iterable[Identifier]:
    wanted = {(person.pk, kind.value) for person, kind, _ in changes}
    rows = _open_from(on).filter(person_id__in={person for person, _ in wanted})
    return (row for row in rows if (row.person_id, row.kind) in wanted)
