from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from hadir.audit.commands import note_act
from hadir.org.commands.dated import end_from
from hadir.org.models import Appointment
from hadir.org.rights import Right

if TYPE_CHECKING:
    from datetime import date

    from hadir.org.models import Person, Role, Unit
    from hadir.org.rights import Actor


def appoint_role(person: Person, role: Role, *, unit: Unit, on: date, actor: Actor) -> Appointment:
    """Give somebody a role over a unit and all below it from a date on; nobody appoints themselves."""
    actor.require(Right.APPOINT, unit.path)
    actor.require_other(person.pk)
    still = Q(valid_until=None) | Q(valid_until__gt=on)
    held: Appointment | None = Appointment.objects.filter(still, person=person, role=role, unit=unit).first()
    if held is not None:
        return held
    appointment: Appointment = Appointment.objects.create(person=person, role=role, unit=unit, valid_from=on)
    note_act("role.appointed", person, actor=actor, role=str(role), unit=unit.pk, on=on.isoformat())
    return appointment


def end_appointment(appointment: Appointment, *, on: date, actor: Actor) -> None:
    """Take a role away from a date on."""
    actor.require(Right.APPOINT, appointment.unit.path)
    actor.require_other(appointment.person_id)
    end_from([appointment], on)
    told = {"role": appointment.role, "unit": appointment.unit_id, "on": on.isoformat()}
    note_act("role.ended", appointment.person, actor=actor, **told)
