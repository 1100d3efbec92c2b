from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from hadir.audit.commands import note_act
from hadir.kernel.clock import now
from hadir.kernel.refusals import Refusal, gettext_noop
from hadir.org.commands.identifiers import set_identifiers
from hadir.org.commands.people import PersonRow, load_people, rename_person, set_photo
from hadir.org.commands.placements import Posting, place_people
from hadir.org.importing.fields import Field
from hadir.org.importing.photos import key_of, photos_in
from hadir.org.importing.uploads import in_force, plan_upload
from hadir.org.models import PeopleUpload, Person, Placement
from hadir.org.rights import NotAllowed, Right
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from datetime import date

    from hadir.kernel.photos import PhotoStore
    from hadir.org.importing.plan import Line, Plan
    from hadir.org.importing.sheet import Sheet
    from hadir.org.rights import Actor

KEPT = timedelta(hours=2)


class SheetHasFaults(Refusal):
    """A sheet is confirmed while cells of it are wrong."""

    code = "sheet_has_faults"
    status = 409
    sentence = gettext_noop("Cells of the sheet are not accepted. Correct them and upload it again.")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A sheet as it came: read, with the ZIP of photos if there was one, and when and why it shall hold."""

    sheet: Sheet
    file_name: str
    photos: bytes
    on: date
    reason: str


def person_photos() -> PhotoStore:
    """Return the store of people's photos, apart from those of taps."""
    store: PhotoStore = settings.HADIR_PHOTO_STORE
    return store.apart("people")


def keep_upload(uploaded: Uploaded, *, actor: Actor) -> PeopleUpload:
    """Keep what was read until it is confirmed, for two hours, for whoever uploaded it only."""
    if not actor.may_anywhere(Right.EDIT_PEOPLE) or actor.account_id is None:
        raise NotAllowed
    PeopleUpload.objects.filter(expires_at__lt=now()).delete()
    PeopleUpload.objects.filter(account_id=actor.account_id).delete()
    at, sheet = now(), uploaded.sheet
    kept = {
        "on": uploaded.on.isoformat(),
        "reason": uploaded.reason,
        "columns": {column.name: letter for column, letter in sheet.columns.items()},
        "rows": [[row.number, {column.name: text for column, text in row.cells.items()}] for row in sheet.rows],
        "problems": [[each.row, each.column, each.value, each.trouble.name] for each in sheet.problems],
    }
    return PeopleUpload.objects.create(
        account_id=actor.account_id,
        file_name=uploaded.file_name[:120],
        rows=kept,
        photos=_kept_photos(uploaded),
        made_at=at,
        expires_at=at + KEPT,
    )


def apply_upload(upload: PeopleUpload, *, actor: Actor) -> Plan:
    """Do what an upload says, whole or not at all, judged against what is on record at this moment."""
    plan = plan_upload(upload, actor=actor)
    if plan.faults:
        raise SheetHasFaults
    on, reason = in_force(upload), upload.rows["reason"]
    people = _add_new(plan, on, actor)
    _change_known(plan, people, on=on, reason=reason, actor=actor)
    told = {"new": len(plan.new), "changed": len(plan.changed), "unchanged": plan.unchanged}
    note_act("people.imported", upload, actor=actor, file=upload.file_name, **told)
    upload.delete()
    return plan


def drop_upload(upload: PeopleUpload) -> None:
    """Forget an upload that will not be confirmed."""
    upload.delete()


def _kept_photos(uploaded: Uploaded) -> dict[str, str]:
    """Store the photos that the sheet names; return their keys, empty for files that are no photos."""
    wanted = {row.cells.get(Field.PHOTO, "").casefold() for row in uploaded.sheet.rows} - {""}
    kept = {}
    store = person_photos()
    for name, photo in photos_in(uploaded.photos, wanted) if uploaded.photos else ():
        kept[name] = key_of(photo).hex() if photo else ""
        if photo:
            store.put(government_id(), key_of(photo), photo)
    return kept


def _add_new(plan: Plan, on: date, actor: Actor) -> dict[int, Person]:
    """Add the new people; return them by the place of their rows. Superiors among them come by the same places."""
    places = [place for place, line in enumerate(plan.lines) if line.is_new]
    order = {place: number for number, place in enumerate(places)}
    rows = [_person_row(plan.lines[place], order, plan) for place in places]
    people = load_people(rows, on=on, actor=actor) if rows else []
    for place, person in zip(places, people, strict=True):
        if plan.lines[place].photo:
            set_photo(person, plan.lines[place].photo, actor=actor)
    return dict(zip(places, people, strict=True))


def _person_row(line: Line, order: dict[int, int], plan: Plan) -> PersonRow:
    superior = line.superior_row
    known = plan.lines[superior].person_id if superior is not None else None
    assert line.unit is not None
    assert line.draft.staff_class is not None
    return PersonRow(
        name=line.draft.text(Field.NAME),
        unit_id=line.unit.pk,
        staff_class=line.draft.staff_class,
        rank=line.draft.text(Field.RANK),
        post=line.draft.text(Field.POST),
        superior_id=known or line.superior_id,
        superior_row=order.get(superior) if superior is not None else None,
        identifiers=line.draft.identifiers,
    )


def _change_known(plan: Plan, fresh: dict[int, Person], *, on: date, reason: str, actor: Actor) -> None:
    changed = {line.person_id: line for line in plan.changed if line.person_id}
    people = Person.objects.in_bulk(list(changed))
    held = {row.person_id: row for row in Placement.objects.on(on).filter(person_id__in=list(changed))}
    moving = {Field.UNIT, Field.CLASS, Field.RANK, Field.POST, Field.SUPERIOR}
    moves = [
        (people[pk], _posting(line, held.get(pk), plan, fresh)) for pk, line in changed.items() if line.changes & moving
    ]
    place_people(moves, on=on, actor=actor, reason=reason)
    renumbered = [
        (people[pk], kind, value)
        for pk, line in changed.items()
        for kind, value in line.draft.identifiers.items()
        if line.draft.place(kind) in line.changes
    ]
    set_identifiers(renumbered, on=on, actor=actor)
    for pk, line in changed.items():
        if Field.NAME in line.changes:
            rename_person(people[pk], line.draft.text(Field.NAME), actor=actor)
        if Field.PHOTO in line.changes:
            set_photo(people[pk], line.photo, actor=actor)


def _posting(line: Line, held: Placement | None, plan: Plan, fresh: dict[int, Person]) -> Posting:
    superior = held.superior_id if held and not line.has_superior else line.superior_id
    if line.superior_row is not None:
        superior = plan.lines[line.superior_row].person_id or fresh[line.superior_row].pk
    assert line.unit is not None
    assert line.draft.staff_class is not None
    return Posting(
        line.unit.pk,
        line.draft.staff_class,
        superior,
        line.draft.text(Field.RANK) or (held.rank if held else ""),
        line.draft.text(Field.POST) or (held.post if held else ""),
    )
