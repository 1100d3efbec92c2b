from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hadir.audit.commands import note_act, note_acts
from hadir.kernel.clock import now
from hadir.org.models import Person
from hadir.org.queries import last_path, last_paths
from hadir.org.rights import Right
from hadir.requests.kinds import effect_of, kind_label
from hadir.requests.models import Cover
from hadir.requests.refusals import AlreadyEnded, Overlap, WrongSpan
from hadir.rules import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from hadir.org.rights import Actor

ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=366 * 4)
HELD = (Cover.State.APPROVED, Cover.State.UNDECIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The document that a superior signed."""

    number: str
    date: date
    signed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An absence as an operator reads it off its document.

    `hours` are the two instants of a permit for hours, None for every other kind; `is_decided` is False while a
    second approval is still awaited.
    """

    person: Person
    kind: str
    first: date
    last: date
    letter: Letter
    hours: tuple[datetime, datetime] | None = None
    is_decided: bool = True
    note: str = ""


def enter_cover(entry: Entry, *, actor: Actor) -> Cover:
    """Enter an absence that a superior approved on paper; in force at once, never one's own.

    UnknownKind, WrongSpan, Overlap (another absence that fills the same days), NotAllowed, OwnCase.
    """
    (cover,) = enter_covers([entry], actor=actor)
    return cover


def enter_covers(entries: Sequence[Entry], *, actor: Actor) -> list[Cover]:
    """Enter many absences, all of them or none, in a handful of statements; refused as `enter_cover` refuses one."""
    people = {entry.person.pk for entry in entries}
    for person_id, path in last_paths(people).items():
        actor.require(Right.ENTER_DOCUMENTS, path)
        actor.require_other(person_id)
    # Two operators enter the same letter at once: the second one waits here and then sees the first one's.
    list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    covers = [_cover(entry, actor) for entry in entries]
    for cover, others in zip(covers, _others(covers), strict=True):
        _require_free(cover, others)
    made = Cover.objects.bulk_create(covers, batch_size=2000)
    note_acts("cover.entered", [(cover, _told(cover)) for cover in made], actor=actor)
    return made


def _cover(entry: Entry, actor: Actor) -> Cover:
    effect = effect_of(entry.kind)
    _require_span(entry, effect)
    begins, ends = entry.hours or (None, None)
    return Cover(
        person=entry.person,
        kind=entry.kind,
        effect=effect,
        valid_from=entry.first,
        valid_until=entry.last + ONE_DAY,
        starts_at=begins,
        ends_at=ends,
        state=Cover.State.APPROVED if entry.is_decided else Cover.State.UNDECIDED,
        letter_number=entry.letter.number,
        letter_date=entry.letter.date,
        signed_by=entry.letter.signed_by,
        decided_by_id=actor.person_id if entry.is_decided else None,
        decided_at=now() if entry.is_decided else None,
        note=entry.note,
    )


def _told(cover: Cover) -> dict[str, Any]:
    span = {"first": cover.valid_from.isoformat(), "last": _last_of(cover).isoformat(), "state": cover.state}
    return {"person": cover.person_id, "kind": cover.kind, "letter": cover.letter_number, **span}


def _require_span(entry: Entry, effect: Effect) -> None:
    if not timedelta(0) <= entry.last - entry.first <= LONGEST:
        raise WrongSpan
    if (entry.hours is not None) != (effect is Effect.HOURS):
        raise WrongSpan
    if entry.hours and not (entry.hours[0] < entry.hours[1] and entry.first == entry.last):
        raise WrongSpan


def _others(covers: Sequence[Cover]) -> Iterator[list[Cover]]:
    """For each of the covers, those of its person that are held or entered before it."""
    held = Cover.objects.filter(person_id__in={cover.person_id for cover in covers}, state__in=HELD)
    first = min((cover.valid_from for cover in covers), default=None)
    known: dict[int, list[Cover]] = {}
    for other in held.filter(valid_until__gt=first).select_related("person") if first else ():
        known.setdefault(other.person_id, []).append(other)
    for cover in covers:
        others = known.setdefault(cover.person_id, [])
        yield list(others)
        others.append(cover)


def _require_free(cover: Cover, others: Sequence[Cover]) -> None:
    """Two absences with one effect cannot share a day; hours of one day may follow each other."""
    if cover.effect == Effect.HOURS:
        return
    for other in others:
        is_met = other.valid_from <= _last_of(cover) and cover.valid_from <= _last_of(other)
        if is_met and other.effect == cover.effect:
            raise Overlap(
                name=cover.person.name,
                kind=kind_label(other.kind),
                first=other.valid_from.isoformat(),
                last=_last_of(other).isoformat(),
            )


def _last_of(cover: Cover) -> date:
    """The last work date of an absence; every absence has one."""
    assert cover.valid_until is not None
    return cover.valid_until - ONE_DAY


def withdraw_cover(cover: Cover, *, reason: str, actor: Actor) -> Cover:
    """Take an absence back: its days are judged by their taps again. AlreadyEnded where somebody was quicker."""
    actor.require(Right.ENTER_DOCUMENTS, last_path(cover.person_id))
    actor.require_other(cover.person_id)
    changed = _succeed(cover, Cover.State.WITHDRAWN, actor=actor)
    note_act("cover.withdrawn", changed, actor=actor, was=cover.pk, person=cover.person_id, reason=reason)
    return changed


def decide_cover(cover: Cover, *, is_approved: bool, actor: Actor) -> Cover:
    """Enter the decision on an absence that was still undecided; never one's own."""
    actor.require(Right.ENTER_DOCUMENTS, last_path(cover.person_id))
    actor.require_other(cover.person_id)
    if cover.state != Cover.State.UNDECIDED:
        raise AlreadyEnded
    changed = _succeed(cover, Cover.State.APPROVED if is_approved else Cover.State.REFUSED, actor=actor)
    note_act("cover.decided", changed, actor=actor, was=cover.pk, person=cover.person_id, state=changed.state)
    return changed


def _succeed(cover: Cover, state: Cover.State, *, actor: Actor) -> Cover:
    instant = now()
    if cover.state not in HELD or not Cover.objects.filter(pk=cover.pk).update(superseded_at=instant):
        raise AlreadyEnded
    kept = {
        field.attname: getattr(cover, field.attname)
        for field in cover._meta.concrete_fields
        if field.name not in {"id", "recorded_at", "superseded_at", "state", "decided_by", "decided_at"}
    }
    changed: Cover = Cover.objects.create(**kept, state=state, decided_by_id=actor.person_id, decided_at=instant)
    return changed
