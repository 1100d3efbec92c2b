from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from hadir.audit.commands import note_act
from hadir.clocking.models import Event, Photo
from hadir.org.queries import accessible_person
from hadir.org.refusals import NotFound
from hadir.org.rights import Right
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from datetime import date, datetime

    from hadir.org.rights import Actor


def open_photo(person_id: int, tap: tuple[datetime, bytes], *, on: date, actor: Actor) -> bytes:
    """Return the selfie of a tap, and write down who looked at it; NotFound for a tap that is not the person's."""
    person = accessible_person(person_id, actor=actor, right=Right.SEE_DAYS, on=on)
    at, identity = tap
    is_theirs = Event.objects.filter(at=at, id=identity, person_id=person_id).exists()
    if not is_theirs or not Photo.objects.filter(at=at, event_id=identity).exists():
        raise NotFound
    image = settings.HADIR_PHOTO_STORE.get(government_id(), identity)
    if image is None:
        raise NotFound
    note_act("photo.opened", person, actor=actor, tap=identity.hex())
    return image
