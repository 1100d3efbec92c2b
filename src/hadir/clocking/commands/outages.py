from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hadir.audit.commands import note_act
from hadir.clocking.models import Outage
from hadir.clocking.refusals import AlreadyWithdrawn, WrongOutage
from hadir.kernel.clock import now
from hadir.org.reach import require_everywhere
from hadir.org.rights import Right

if TYPE_CHECKING:
    from datetime import datetime

    from hadir.org.models import Site, Unit
    from hadir.org.rights import Actor


@dataclass(frozen=True, slots=True)
class OutageSpan:
    """When taps could not be made, and where: at one site, in one unit and below, or everywhere (neither)."""

    starts_at: datetime
    ends_at: datetime
    cause: str
    site: Site | None = None
    unit: Unit | None = None


def declare_outage(span: OutageSpan, *, actor: Actor) -> Outage:
    """Declare that taps could not be made; WrongOutage where the span or the place makes no sense."""
    _require_right(span.site, span.unit, actor)
    if span.ends_at <= span.starts_at or (span.site and span.unit):
        raise WrongOutage
    outage = Outage.objects.create(
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        site=span.site,
        unit=span.unit,
        cause=span.cause,
        declared_at=now(),
    )
    told = {"from": span.starts_at.isoformat(), "to": span.ends_at.isoformat(), "cause": span.cause}
    note_act("outage.declared", outage, actor=actor, **told)
    return outage


def withdraw_outage(outage: Outage, *, reason: str, actor: Actor) -> None:
    """Take an outage back: nobody is excused by it any longer."""
    _require_right(outage.site, outage.unit, actor)
    if not Outage.objects.filter(pk=outage.pk, withdrawn_at=None).update(withdrawn_at=now()):
        raise AlreadyWithdrawn
    note_act("outage.withdrawn", outage, actor=actor, reason=reason)


def _require_right(site: Site | None, unit: Unit | None, actor: Actor) -> None:
    place = site.unit if site else unit
    if place:
        actor.require(Right.DECLARE_OUTAGE, place.path)
    else:
        require_everywhere(Right.DECLARE_OUTAGE, actor)
