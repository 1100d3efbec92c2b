"""What a source of facts is: the rooms above implement these, the settings list them, nothing here knows them.

A source reads in a fixed number of queries, whatever the number of people and dates, inside `acting_in`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from hadir.daybook.roll import Matrix, Roll
    from hadir.rules import Covers, Policy, Shift
    from hadir.rules.columns import Bools, Codes, Ints


@dataclass(frozen=True)
class Promised:
    """What calendar, shifts and rosters promise for every person and date of a roll."""

    kind: Codes
    """(people, dates): `DayKind`."""
    shifts: tuple[Shift, ...]
    person: Ints
    """Per duty: number on the roll; duties are in the order of person, then date, then start."""
    column: Ints
    """Per duty: column of the roll's dates. The shift works on that weekday."""
    which: Ints
    """Per duty: which of `shifts`."""


@dataclass(frozen=True)
class Ruled:
    """Which policy holds for every person and date of a roll, and whether it has consequences yet."""

    policies: tuple[Policy, ...]
    policy: Matrix
    """(people, dates): which of `policies`; there always is one."""
    in_scope: Bools
    """(people, dates)."""
    enforced: Bools
    """(people, dates): False during a trial."""


class DutySource(Protocol):
    """Calendar, shifts and rosters."""

    def __call__(self, roll: Roll) -> Promised:
        """Return what is promised on every date of the roll."""


class PolicySource(Protocol):
    """Policies, their bindings, phases and trials."""

    def __call__(self, roll: Roll) -> Ruled:
        """Return what rules every date of the roll."""


class CoverSource(Protocol):
    """Approved and undecided absences."""

    def __call__(self, roll: Roll) -> Covers:
        """Return the covers that touch the dates of the roll; persons are numbers on the roll."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of this installation."""

    duties: DutySource
    policies: PolicySource
    covers: CoverSource


@cache
def sources() -> Sources:
    """Resolve the names in the setting HADIR_FACT_SOURCES, once: dotted paths of `duties`, `policies`, `covers`."""
    named: dict[str, str] = settings.HADIR_FACT_SOURCES
    return Sources(
        duties=cast("DutySource", import_string(named["duties"])),
        policies=cast("PolicySource", import_string(named["policies"])),
        covers=cast("CoverSource", import_string(named["covers"])),
    )
