from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Max, Min, OuterRef, Q, QuerySet, Subquery

from hadir.org.models import Identifier, Placement, Site
from hadir.org.refusals import NotFound
from hadir.org.rights import Right
from hadir.terminals.models import BadRow, Contact, Pin, Punch, RawMessage, Seen, Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hadir.org.models import Person
    from hadir.org.rights import Actor

_CONTACT = "SELECT serial, first_seen, last_seen, address, options, dialect FROM terminals_contact_for(%s)"
# Of the last punches that came at once: one that waited for a network must not look like a wrong clock.
_DRIFTS = """
SELECT terminal.id, percentile_disc(0.5) WITHIN GROUP (ORDER BY latest.drift)
FROM terminals_terminal terminal CROSS JOIN LATERAL (
    SELECT drift FROM terminals_punch punch
    WHERE punch.government_id = terminal.government_id AND punch.terminal_id = terminal.id AND drift IS NOT NULL
    ORDER BY received DESC LIMIT 9) latest
WHERE terminal.id = ANY(%s) GROUP BY terminal.id
"""
_MOST_SHOWN = 50
_MOST_PEOPLE = 20
DRIFT_TO_MEND = timedelta(seconds=60)


def contact_for(serial: str) -> Contact | None:
    """What is known of a terminal by its whole serial number; None where it has not spoken or is another's."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTACT, [serial])
        row = cursor.fetchone()
    names = ("serial", "first_seen", "last_seen", "address", "options", "dialect")
    return Contact(**dict(zip(names, row, strict=True))) if row else None


def approved_terminals(actor: Actor) -> QuerySet[Terminal]:
    """The terminals of the units in which the actor approves terminals, approved and blocked, by name.

    Each row has `last_seen`, `seen_from`, `waiting` (punches whose PIN is nobody's) and `has_bad_rows`.
    """
    seen = Seen.objects.filter(terminal=OuterRef("pk"))
    waiting = (
        Punch.objects.filter(terminal=OuterRef("pk"), event_id=None, parked="")
        .order_by()
        .values("terminal")
        .annotate(number=Count("pk"))
    )
    return (
        Terminal.objects.filter(actor.within(Right.APPROVE_TERMINALS, "site__unit__path"))
        .select_related("site__unit")
        .annotate(
            last_seen=Subquery(seen.values("last_seen")),
            seen_from=Subquery(seen.values("address")),
            waiting=Subquery(waiting.values("number")),
            has_bad_rows=Exists(BadRow.objects.filter(terminal=OuterRef("pk"))),
        )
        .order_by("name", "serial")
    )


def accessible_terminal(terminal_id: int, *, actor: Actor) -> Terminal:
    """One of the actor's terminals, as `approved_terminals` shows it; NotFound for any other."""
    found = approved_terminals(actor).filter(pk=terminal_id).first()
    if found is None:
        raise NotFound
    return found


def drifts_of(terminal_ids: Sequence[int]) -> dict[int, timedelta]:
    """How far the clock of each terminal is behind, the median of its last punches that came at once."""
    with connection.cursor() as cursor:
        cursor.execute(_DRIFTS, [list(terminal_ids)])
        return {terminal: timedelta(seconds=seconds) for terminal, seconds in cursor.fetchall()}


def latest_messages(terminal: Terminal) -> QuerySet[RawMessage]:
    """What a terminal sent last, without the bodies; before all, what had to be passed over."""
    failed_first = ExpressionWrapper(Q(failure=""), output_field=BooleanField())
    return RawMessage.objects.filter(terminal=terminal).defer("body").order_by(failed_first, "-received")[:_MOST_SHOWN]


def latest_bad_rows(terminal: Terminal) -> QuerySet[BadRow]:
    """The last rows that could not be read."""
    return BadRow.objects.filter(terminal=terminal).order_by("-id")[:_MOST_SHOWN]


def latest_punches(terminal: Terminal) -> QuerySet[Punch]:
    """The last punches that arrived, with whose they are."""
    return Punch.objects.filter(terminal=terminal).select_related("person").order_by("-id")[:_MOST_SHOWN]


@dataclass(frozen=True, slots=True)
class WaitingPin:
    """A PIN at a terminal whose punches are nobody's yet: how many, the first and the last by the terminal's clock."""

    pin: str
    terminal: Terminal
    punches: int
    first: datetime
    last: datetime


def waiting_pins(actor: Actor, words: str = "") -> list[WaitingPin]:
    """PINs at the actor's terminals whose punches wait for a person, those with the latest punch first."""
    terminals = {terminal.pk: terminal for terminal in approved_terminals(actor)}
    rows = (
        Punch.objects.filter(event_id=None, parked="", terminal__in=terminals)
        .filter(Q(pin__icontains=words) | Q(terminal__name__icontains=words) | Q(terminal__serial__icontains=words))
        .order_by()
        .values_list("pin", "terminal")
        .annotate(punches=Count("pk"), first=Min("local_time"), last=Max("local_time"))
        .order_by("-last", "pin")
    )
    return [WaitingPin(pin, terminals[terminal], *rest) for pin, terminal, *rest in rows]


def mappings_of(pin: str, terminal: Terminal) -> QuerySet[Pin]:
    """Whose a PIN is and was at a terminal, as believed now, the latest first."""
    here = Q(terminal=terminal) | Q(terminal=None)
    found: QuerySet[Pin] = Pin.objects.filter(here, pin=pin)
    return found.select_related("person", "terminal").order_by("-valid_from")


def people_to_map(actor: Actor, words: str, on: date) -> list[Placement]:
    """People in whose units the actor approves terminals, found by name or number, themselves left out."""
    if not words.strip():
        return []
    named = Identifier.objects.on(on).filter(value__startswith=words.strip()).values("person")
    found = (
        Placement.objects.on(on)
        .filter(actor.within(Right.APPROVE_TERMINALS, "unit__path"))
        .filter(Q(person__name__icontains=words.strip()) | Q(person__in=named))
        .exclude(person=actor.person_id)
        .select_related("person", "unit")
        .order_by("person__name")
    )
    return list(found[:_MOST_PEOPLE])


def person_among(people: Sequence[Placement], person_id: int) -> Person:
    """One of the people whom `people_to_map` found; NotFound for any other."""
    found: Person | None = next((each.person for each in people if each.person_id == person_id), None)
    if found is None:
        raise NotFound
    return found


def sites_to_mount(actor: Actor, on: date, present: Site | None = None) -> list[Site]:
    """The open sites at which the actor may hang a terminal, and the one where it hangs."""
    condition = actor.within(Right.APPROVE_TERMINALS, "unit__path") & (Q(closed_on=None) | Q(closed_on__gt=on))
    if present is not None:
        condition |= Q(pk=present.pk)
    return list(Site.objects.filter(condition).select_related("unit").order_by("name"))


def days_waiting(terminal: Terminal, pin: str) -> tuple[date | None, date | None]:
    """The first and the last day of the punches of a PIN at a terminal that wait for a person."""
    rows = Punch.objects.filter(terminal=terminal, pin=pin, event_id=None, parked="")
    span = rows.aggregate(first=Min("local_time"), last=Max("local_time"))
    return tuple(span[name].date() if span[name] else None for name in ("first", "last"))  # type: ignore[return-value]


def mapping_at(terminal: Terminal, pin_id: int) -> Pin:
    """A mapping that counts at a terminal, as believed now; NotFound for any other."""
    found: Pin | None = (
        Pin.objects.filter(Q(terminal=terminal) | Q(terminal=None), pk=pin_id)
        .select_related("person", "terminal__site__unit")
        .first()
    )
    if found is None:
        raise NotFound
    return found
