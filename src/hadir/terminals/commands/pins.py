from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hadir.audit.commands import note_acts
from hadir.kernel.clock import now
from hadir.org.models import Unit
from hadir.org.queries import last_paths
from hadir.org.rights import NotAllowed, Right
from hadir.terminals.models import LONGEST_PIN, Pin
from hadir.terminals.refusals import PinTaken, WrongDates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from hadir.org.models import Person
    from hadir.org.rights import Actor
    from hadir.terminals.models import Terminal

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PinOwner:
    """A PIN is a person's from one day to another, both included; without a terminal, at every one of them."""

    pin: str
    person: Person
    first_day: date
    last_day: date | None = None
    terminal: Terminal | None = None

    @property
    def valid_until(self) -> date | None:
        """The first day on which it is theirs no more."""
        return None if self.last_day is None else self.last_day + _ONE_DAY


def map_pin(owner: PinOwner, *, actor: Actor) -> Pin:
    """Say whose a PIN is; punches that waited for it, made within those days, become events soon after."""
    (pin,) = map_pins([owner], actor=actor)
    return pin


def map_pins(owners: Sequence[PinOwner], *, actor: Actor) -> list[Pin]:
    """Say of many PINs whose they are, in a handful of statements; all of them or none."""
    _require_rights(owners, actor)
    _require_free(owners)
    pins = Pin.objects.bulk_create(
        Pin(
            pin=owner.pin,
            terminal=owner.terminal,
            person=owner.person,
            valid_from=owner.first_day,
            valid_until=owner.valid_until,
        )
        for owner in owners
    )
    note_acts(
        "pin.mapped",
        [
            (pin, {"pin": pin.pin, "terminal": pin.terminal_id, "person": pin.person_id, "from": str(pin.valid_from)})
            for pin in pins
        ],
        actor=actor,
    )
    return pins


def end_pin(pin: Pin, last_day: date, *, actor: Actor) -> None:
    """Let a PIN be somebody's up to a day, so that it can be given to another; events made already stay."""
    owner = PinOwner(pin.pin, pin.person, pin.valid_from, last_day, pin.terminal)
    _require_rights([owner], actor)
    Pin.objects.filter(pk=pin.pk).update(superseded_at=now())
    if last_day >= pin.valid_from:
        Pin.objects.create(
            pin=pin.pin,
            terminal=pin.terminal,
            person=pin.person,
            valid_from=pin.valid_from,
            valid_until=owner.valid_until,
            settled_at=pin.settled_at,
        )
    note_acts("pin.ended", [(pin, {"pin": pin.pin, "last_day": str(last_day)})], actor=actor)


def _require_rights(owners: Iterable[PinOwner], actor: Actor) -> None:
    """Ask the right over the person and over each terminal at which the PIN would count; nobody maps their own."""
    if actor.is_system:
        return
    given = list(owners)
    paths = last_paths([owner.person.pk for owner in given])
    for owner in given:
        actor.require_other(owner.person.pk)
        if owner.person.pk not in paths:
            raise NotAllowed
        actor.require(Right.APPROVE_TERMINALS, paths[owner.person.pk])
        if owner.terminal is not None:
            actor.require(Right.APPROVE_TERMINALS, owner.terminal.site.unit.path)
    if any(owner.terminal is None for owner in given):
        for path in Unit.objects.filter(parent=None).values_list("path", flat=True):
            actor.require(Right.APPROVE_TERMINALS, path)


def _require_free(owners: Collection[PinOwner]) -> None:
    if any(not 0 < len(owner.pin) <= LONGEST_PIN for owner in owners):
        raise ValueError("A PIN has 1 to 64 characters.")
    if any(owner.valid_until is not None and owner.valid_until <= owner.first_day for owner in owners):
        raise WrongDates
    known: dict[tuple[str, int], list[Pin]] = {}
    for pin in Pin.objects.filter(pin__in=[owner.pin for owner in owners]).select_related("person"):
        known.setdefault((pin.pin, pin.terminal_id or 0), []).append(pin)
    for owner in owners:
        for pin in known.get((owner.pin, owner.terminal.pk if owner.terminal else 0), []):
            if _meet(owner, pin):
                raise PinTaken(pin=owner.pin, person=pin.person.name)


def _meet(owner: PinOwner, pin: Pin) -> bool:
    starts_before_its_end = pin.valid_until is None or owner.first_day < pin.valid_until
    return starts_before_its_end and (owner.valid_until is None or pin.valid_from < owner.valid_until)
