from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from hadir.org.models import StaffClass, Unit
from hadir.recaps.queries import Chosen, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

Choice = tuple[str, str]
"""Value and words."""


@dataclass(frozen=True, slots=True)
class Choices:
    """One thing that can be chosen: its name in the address, its label, what there is, and what was chosen of it."""

    name: str
    label: str
    options: list[Choice]
    value: str


class Filter:
    """Which part of a unit's subtree a recap shows; what does not exist there cannot be chosen.

    It is no form of Django's: whatever stands in the address there is nothing to complain of, only to pass over.
    """

    def __init__(self, unit: Unit, given: QueryDict) -> None:
        self._unit, self._given = unit, given
        units, groups = parts_of(unit)
        self.unit = self._choices("unit", gettext("Unit"), unit.name, _numbered(units))
        self.group = self._choices("group", gettext("Group"), gettext("All"), _numbered(groups))
        classes = [(value, str(word)) for value, word in StaffClass.choices]
        self.staff_class = self._choices("staff_class", gettext("Class"), gettext("All"), classes)

    @property
    def fields(self) -> tuple[Choices, ...]:
        """Return everything that can be chosen, in the order of the page."""
        return self.unit, self.group, self.staff_class

    @property
    def unit_chosen(self) -> Unit:
        """Return the unit whose people are wanted: the page's own where nothing sensible was chosen."""
        return Unit.objects.get(pk=int(self.unit.value)) if self.unit.value else self._unit

    @property
    def chosen(self) -> Chosen:
        """Return who is wanted; everybody where nothing sensible was chosen."""
        return Chosen(self.staff_class.value, int(self.group.value) if self.group.value else None)

    def _choices(self, name: str, label: str, everything: str, options: list[Choice]) -> Choices:
        """What can be chosen; a value that is none of the options counts as everything."""
        asked = self._given.get(name, "")
        known = any(value == asked for value, _ in options)
        return Choices(name, label, [("", everything), *options], asked if known else "")


def _numbered(rows: Iterable[tuple[int, str]]) -> list[Choice]:
    return [(str(number), word) for number, word in rows]
