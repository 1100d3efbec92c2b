from __future__ import annotations

import logging
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from django.db import DatabaseError, OperationalError, connection, transaction

from hadir.clocking.commands import PunchEvent, append_punch_events
from hadir.clocking.queries import reached_from
from hadir.kernel.clock import now
from hadir.kernel.refusals import Refusal
from hadir.kernel.zones import Zone
from hadir.tenancy.current import acting_in, government_id
from hadir.tenancy.models import Government
from hadir.terminals.identity import PunchKey, identify
from hadir.terminals.models import LONGEST_FAILURE, BadRow, Contact, Pin, Punch, RawMessage, Terminal
from hadir.terminals.pinbook import Mapping, PinBook, is_number, stripped
from hadir.terminals.reading import Reading, instant_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import timedelta

    from django.db.models import QuerySet

_LOG = logging.getLogger(__name__)
# What one message, PIN or government can go wrong with; a server that is gone is everybody's trouble.
_FAULTS = (DatabaseError, Refusal, ValueError, ArithmeticError, LookupError)
_MESSAGES_AT_ONCE = 10  # each may hold tens of thousands of rows
_PUNCHES_AT_ONCE = 2000
_MARK_IN, _MARK_OUT = 1, 2
_MARKS = {0: _MARK_IN, 1: _MARK_OUT}  # a hint that breaks ties; breaks and overtime keys hint at nothing

_SETTLE = """
UPDATE terminals_punch AS punch SET person_id = given.person_id, event_id = given.event_id, event_at = given.event_at
FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[], %s::timestamptz[]) AS given (id, person_id, event_id, event_at)
WHERE punch.id = given.id
"""


def absorb_messages() -> int:
    """Read what terminals of every government sent, make events of what is mapped; return how many messages.

    What cannot be read is marked and passed over: nobody's trouble keeps what others sent waiting.
    """
    absorbed = 0
    for government in Government.objects.order_by("id").values_list("id", flat=True):
        try:
            while found := _absorb_some(government):
                absorbed += found
            _settle_mapped(government)
        except OperationalError:
            raise
        except _FAULTS as fault:
            _LOG.error("Terminals of government %s wait: %s", government, _kind_of(fault))
    return absorbed


def forget_contacts(age: timedelta) -> int:
    """Forget strangers that have been silent for this long; return how many."""
    forgotten, _ = Contact.objects.filter(last_seen__lt=now() - age).delete()
    return forgotten


def _absorb_some(government: int) -> int:
    """Absorb some messages in one transaction; another worker's are passed over."""
    with acting_in(government):
        waiting = RawMessage.objects.filter(absorbed_at=None).order_by("id")
        messages = list(waiting.select_for_update(skip_locked=True)[:_MESSAGES_AT_ONCE])
        if messages and _attempted(lambda: _absorb(messages)) is not None:
            _absorb_each(messages)
        return len(messages)


def _absorb_each(messages: Sequence[RawMessage]) -> None:
    """Absorb messages one by one, and mark those of which nothing can be kept."""
    for message in messages:
        fault = _attempted(partial(_absorb, [message]))
        if fault is not None:
            failure = f"{_kind_of(fault)}: {fault}".partition("\n")[0][:LONGEST_FAILURE]
            RawMessage.objects.filter(pk=message.pk).update(absorbed_at=now(), failure=failure)
            _LOG.error("Message %s of terminal %s passed over: %s", message.pk, message.terminal_id, _kind_of(fault))


def _absorb(messages: Sequence[RawMessage]) -> None:
    terminals = Terminal.objects.in_bulk({message.terminal_id for message in messages})
    reading = Reading(reached_from(now()))
    for message in messages:
        reading.add(message, terminals[message.terminal_id])
    Punch.objects.bulk_create(reading.punches, _PUNCHES_AT_ONCE, ignore_conflicts=True)
    BadRow.objects.bulk_create(reading.bad_rows, _PUNCHES_AT_ONCE, ignore_conflicts=True)
    numbers = [message.pk for message in messages]
    RawMessage.objects.filter(pk__in=numbers).update(absorbed_at=now())
    _settle(_waiting().filter(message__in=numbers))


def _settle_mapped(government: int) -> None:
    """Make events of the punches that waited for a PIN that has been mapped since."""
    with acting_in(government):
        mapped = list(Pin.objects.filter(settled_at=None).select_for_update(skip_locked=True))
        for pin in {each.pin for each in mapped}:
            same = _waiting().filter(pin__endswith=stripped(pin)) if is_number(pin) else _waiting().filter(pin=pin)
            numbers = [each.pk for each in mapped if each.pin == pin]
            fault = _attempted(partial(_settle, same))
            if fault is None:
                Pin.objects.filter(pk__in=numbers).update(settled_at=now())
            else:
                _LOG.error("Mappings %s of government %s wait: %s", numbers, government, _kind_of(fault))


def _attempted(work: Callable[[], None]) -> Exception | None:
    """Do some work whole or not at all; return what it failed for."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            work()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or the fault would show only at the end, for everybody
    except OperationalError:
        raise
    except _FAULTS as fault:
        return fault
    return None


def _kind_of(fault: Exception) -> str:
    """Say what a fault is without its sentence, which may repeat what somebody's row holds."""
    state = getattr(fault.__cause__, "sqlstate", None)
    return f"{type(fault).__name__} {state}" if state else type(fault).__name__


def _waiting() -> QuerySet[Punch]:
    return Punch.objects.filter(event_id=None, parked="")


def _settle(punches: QuerySet[Punch]) -> None:
    """Make events of those punches whose PIN is somebody's on their date."""
    book = PinBook(
        Mapping(*row) for row in Pin.objects.values_list("pin", "terminal_id", "person_id", "valid_from", "valid_until")
    )
    events = _events_of(punches, book)
    while some := list(islice(events, _PUNCHES_AT_ONCE)):
        append_punch_events([event for _, event in some])
        with connection.cursor() as cursor:
            cursor.execute(
                _SETTLE,
                [
                    [number for number, _ in some],
                    [event.person_id for _, event in some],
                    [event.id for _, event in some],
                    [event.at for _, event in some],
                ],
            )


def _events_of(punches: QuerySet[Punch], book: PinBook) -> Iterator[tuple[int, PunchEvent]]:
    government = government_id()
    for punch in list(punches.select_related("terminal").defer("raw").order_by("id")):
        person = book.person_of(punch.pin, punch.terminal_id, punch.local_time.date())
        if person is None:
            continue
        key = PunchKey(government, punch.terminal.serial, punch.pin, punch.local_time, punch.status, punch.verify)
        yield (
            punch.pk,
            PunchEvent(
                id=identify(key),
                at=instant_of(punch.local_time, Zone[punch.zone]),
                person_id=person,
                mark=_MARKS.get(punch.status, 0),
                received=punch.received,
                site_id=punch.terminal.site_id,
            ),
        )
