from __future__ import annotations

from dataclasses import dataclass
from json import dumps
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from hadir.daybook.documents import policy_of as parsed_policy
from hadir.daybook.nearest import Setting, Settings
from hadir.daybook.reading import read_roll
from hadir.daybook.sources import sources
from hadir.daybook.targets import TargetedModel
from hadir.policies.models import Binding, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hadir.daybook.roll import Roll
    from hadir.rules import Policy, Shift

WEEK = 7

T = TypeVar("T", bound=TargetedModel)


@dataclass(frozen=True, slots=True)
class Held:
    """The policy that holds for a person on a date, and why."""

    binding: Binding
    is_enforced: bool
    scope: Scope | None
    """One of the rows by which the person is in scope; None: not in scope on that date."""
    farther: tuple[Binding, ...]
    """Bindings that reach the person as well, and that the nearer one beats, the nearest first."""


def policy_of(person_id: int, on: date) -> Held | None:
    """Which policy holds for a person on a date; None where none is bound, or the person belongs nowhere."""
    roll = read_roll(np.array([person_id]), np.array([np.datetime64(on, "D")]))
    bindings = list(Binding.objects.on(on).select_related("version", "unit", "group").order_by("pk"))
    reaching = _reaching(bindings, roll)
    if not reaching:
        return None
    nearest, *farther = reversed(reaching)
    scopes = list(Scope.objects.on(on).select_related("unit", "group").order_by("pk"))
    joined = _reaching(scopes, roll)
    return Held(nearest, nearest.enforced_from <= on, joined[-1] if joined else None, tuple(farther))


def policy_held(held: Held) -> Policy:
    """The clauses of the policy that holds, parsed from its document."""
    return parsed_policy(dumps(held.binding.version.document))


def shifts_promised(person_id: int, on: date) -> tuple[Shift, ...]:
    """The shifts that calendar, patterns and rosters promise a person in the week that begins on a date."""
    first = np.datetime64(on, "D")
    promised = sources().duties(read_roll(np.array([person_id]), np.arange(first, first + WEEK)))
    return tuple(promised.shifts[which] for which in dict.fromkeys(promised.which.tolist()))


def _reaching(rows: Sequence[T], roll: Roll) -> list[T]:
    """The rows that reach the one person of a roll on its one date, the nearest last."""
    key = int(roll.key[0, 0])
    if key < 0:
        return []
    settings = Settings(
        [Setting(row.unit_id, row.group_id, row.staff_class, row.valid_from, row.valid_until) for row in rows]
    )
    return [rows[number] for number in settings.reaching(roll.keys[key])]
