"""Rights: a role over a subtree of units, asked by every command and query that a person can reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from django.db.models import Q

from hadir.kernel.refusals import Refusal, gettext_noop
from hadir.org.models import Appointment, Placement, Role

if TYPE_CHECKING:
    from datetime import date


class NotAllowed(Refusal):
    """The acting person lacks the right, in that part of the tree, to do this."""

    code = "not_allowed"
    status = 403
    sentence = gettext_noop("You do not have the right to do this here.")


class OwnCase(Refusal):
    """Somebody tries to decide about themselves."""

    code = "own_case"
    status = 403
    sentence = gettext_noop("Nobody decides about themselves. Somebody else with the same right must do this.")


class Right(Enum):
    """What may be done; `HOLDERS` tells by which roles."""

    SEE_BOARD = auto()
    SEE_DAYS = auto()
    SEE_RECAP = auto()
    EDIT_PEOPLE = auto()
    EDIT_UNITS = auto()
    EDIT_SITES = auto()
    EDIT_CALENDAR = auto()
    EDIT_POLICIES = auto()
    EDIT_ROSTERS = auto()
    ENTER_DOCUMENTS = auto()
    APPROVE_TERMINALS = auto()
    HELP_SIGN_IN = auto()
    APPOINT = auto()
    READ_JOURNAL = auto()
    DECLARE_OUTAGE = auto()


_DESK = frozenset({Role.OPERATOR, Role.UNIT_ADMIN, Role.HEAD, Role.BKD})
_ADMINS = frozenset({Role.UNIT_ADMIN, Role.BKD})

HOLDERS: dict[Right, frozenset[Role]] = {
    Right.SEE_BOARD: _DESK | {Role.AUDITOR},
    Right.SEE_DAYS: _DESK | {Role.AUDITOR},
    Right.SEE_RECAP: _DESK | {Role.AUDITOR},
    Right.EDIT_PEOPLE: _ADMINS,
    Right.EDIT_UNITS: frozenset({Role.BKD}),
    Right.EDIT_SITES: _ADMINS,
    Right.EDIT_CALENDAR: frozenset({Role.BKD}),
    Right.EDIT_POLICIES: frozenset({Role.BKD}),
    Right.EDIT_ROSTERS: frozenset({Role.OPERATOR, Role.UNIT_ADMIN, Role.BKD}),
    Right.ENTER_DOCUMENTS: frozenset({Role.OPERATOR, Role.UNIT_ADMIN, Role.BKD}),
    Right.APPROVE_TERMINALS: _ADMINS,
    Right.HELP_SIGN_IN: frozenset({Role.HELPDESK}),
    Right.APPOINT: frozenset({Role.BKD}),
    Right.READ_JOURNAL: frozenset({Role.AUDITOR, Role.BKD}),
    Right.DECLARE_OUTAGE: frozenset({Role.BKD}),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A role over the subtree whose root has this path."""

    role: Role
    path: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the roles held on that day. The system itself holds everything and has no account."""

    account_id: int | None
    person_id: int | None
    held: tuple[Held, ...] = ()
    address: str | None = None
    is_system: bool = False
    subordinates: frozenset[int] = field(default=frozenset())

    def may(self, right: Right, path: str) -> bool:
        """Say whether the actor has a right over the unit with this path."""
        return self.is_system or any(held.role in HOLDERS[right] and path.startswith(held.path) for held in self.held)

    def may_anywhere(self, right: Right) -> bool:
        """Say whether the actor has a right over any unit at all."""
        return self.is_system or any(held.role in HOLDERS[right] for held in self.held)

    def require(self, right: Right, path: str) -> None:
        """Refuse with NotAllowed where the actor lacks the right over the unit with this path."""
        if not self.may(right, path):
            raise NotAllowed

    def require_anywhere(self, right: Right) -> None:
        """Refuse with NotAllowed where the actor has the right over no unit at all."""
        if not self.may_anywhere(right):
            raise NotAllowed

    def require_other(self, person_id: int) -> None:
        """Refuse with OwnCase where the actor is that person."""
        if self.person_id == person_id:
            raise OwnCase

    def roots(self, right: Right) -> tuple[str, ...]:
        """Return the paths of the subtrees over which the actor has a right, none of them inside another."""
        if self.is_system:
            return ("/",)
        paths = sorted({held.path for held in self.held if held.role in HOLDERS[right]})
        return tuple(path for path in paths if not any(path != other and path.startswith(other) for other in paths))

    def within(self, right: Right, path_field: str) -> Q:
        """Return the condition that keeps rows of the subtrees over which the actor has a right."""
        condition = Q(pk__in=[])
        for path in self.roots(right):
            condition |= Q(**{f"{path_field}__startswith": path})
        return condition


SYSTEM = Actor(account_id=None, person_id=None, is_system=True)
"""The installation itself: loading the demo, jobs, the command line of its owner."""


def actor_of(person_id: int, *, account_id: int, on: date, address: str | None = None) -> Actor:
    """Return a person as actor with the roles and the subordinates of a date, in two queries."""
    held = tuple(
        Held(Role(role), path)
        for role, path in Appointment.objects.on(on).filter(person_id=person_id).values_list("role", "unit__path")
    )
    below = frozenset(Placement.objects.on(on).filter(superior_id=person_id).values_list("person_id", flat=True))
    return Actor(account_id, person_id, held, address, subordinates=below)
