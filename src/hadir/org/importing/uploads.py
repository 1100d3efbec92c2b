"""Uploads that wait: whose they are, and what confirming one would do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hadir.kernel.clock import now
from hadir.org.importing.fields import Field
from hadir.org.importing.plan import Plan, plan_of
from hadir.org.importing.records import records
from hadir.org.importing.sheet import Row, Sheet
from hadir.org.importing.troubles import Problem, Trouble
from hadir.org.models import PeopleUpload
from hadir.org.refusals import NotFound

if TYPE_CHECKING:
    from hadir.org.rights import Actor


def own_upload(upload_id: int, *, actor: Actor) -> PeopleUpload:
    """Return an upload of the actor's own that has not expired; else NotFound."""
    found = PeopleUpload.objects.filter(pk=upload_id, account_id=actor.account_id or 0, expires_at__gt=now()).first()
    if found is None:
        raise NotFound
    return found


def plan_upload(upload: PeopleUpload, *, actor: Actor) -> Plan:
    """Return what confirming an upload would do now."""
    kept = upload.rows
    sheet = Sheet(
        {Field[name]: letter for name, letter in kept["columns"].items()},
        [Row(number, {Field[name]: text for name, text in cells.items()}) for number, cells in kept["rows"]],
        [Problem(row, column, value, Trouble[name]) for row, column, value, name in kept["problems"]],
    )
    return plan_of(sheet, records(actor, in_force(upload)), upload.photos)


def in_force(upload: PeopleUpload) -> date:
    """Return the date from which on an upload shall hold."""
    return date.fromisoformat(upload.rows["on"])
