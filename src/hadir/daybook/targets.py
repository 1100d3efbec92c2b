"""What a dated setting is bound to, and which of several wins: the nearest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

from hadir.org.models import StaffClass
from hadir.org.reach import require_everywhere
from hadir.tenancy.models import DatedModel, TenantForeignKey

if TYPE_CHECKING:
    from hadir.org.models import Group, Unit
    from hadir.org.rights import Actor, Right


@dataclass(frozen=True, slots=True)
class Target:
    """A government (nothing named), a unit with everything below it, or a group; of one staff class, or of all."""

    unit: Unit | None = None
    group: Group | None = None
    staff_class: str = ""

    @property
    def name(self) -> str:
        """One text for equal targets, by which the database keeps two from holding at one time."""
        place = f"group:{self.group.pk}" if self.group else f"unit:{self.unit.pk}" if self.unit else "government"
        return f"{place}/{self.staff_class}" if self.staff_class else place


class TargetedModel(DatedModel):
    """A dated setting bound to a government, a unit, a group, and possibly to one staff class there."""

    unit = TenantForeignKey("org.Unit", null=True, blank=True, related_name="+")
    group = TenantForeignKey("org.Group", null=True, blank=True, related_name="+")
    staff_class = models.CharField(max_length=8, choices=StaffClass.choices, blank=True)
    target = models.CharField(max_length=60, editable=False)

    class Meta:
        abstract = True


def require_reach(target: Target, right: Right, actor: Actor) -> None:
    """Refuse with NotAllowed where the actor lacks a right over all that a target reaches."""
    if target.group:
        actor.require(right, target.group.unit.path)
    elif target.unit:
        actor.require(right, target.unit.path)
    else:
        require_everywhere(right, actor)
