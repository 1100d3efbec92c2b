from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.db import connection

from hadir.clocking.commands import PunchEvent, append_punch_events
from hadir.kernel.clock import now
from hadir.kernel.zones import Zone
from hadir.tenancy.current import acting_in, government_id
from hadir.tenancy.models import Government
from hadir.terminals.identity import PunchKey, identify
from hadir.terminals.models import BadRow, Contact, Pin, Punch, RawMessage, Terminal
from hadir.terminals.pinbook import Mapping, PinBook, is_number, stripped
from hadir.terminals.reading import Reading, instant_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from django.db.models import QuerySet

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
    """Read what terminals of every government sent, make events of what is mapped; return how many messages."""
    absorbed = 0
    for government in Government.objects.order_by("id").values_list("id", flat=True):
        while found := _absorb_some(government):
            absorbed += found
        _settle_mapped(government)
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
        if not messages:
            return 0
        terminals = Terminal.objects.in_bulk({message.terminal_id for message in messages})
        reading = Reading()
        for message in messages:
            reading.add(message, terminals[message.terminal_id])
        Punch.objects.bulk_create(reading.punches, _PUNCHES_AT_ONCE, ignore_conflicts=True)
        BadRow.objects.bulk_create(reading.bad_rows, _PUNCHES_AT_ONCE, ignore_conflicts=True)
        numbers = [message.pk for message in messages]
        RawMessage.objects.filter(pk__in=numbers).update(absorbed_at=now())
        _settle(_waiting().filter(message__in=numbers))
        return len(messages)


def _settle_mapped(government: int) -> None:
    """Make events of the punches that waited for a PIN that has been mapped since."""
    with acting_in(government):
        mapped = list(Pin.objects.filter(settled_at=None).select_for_update(skip_locked=True))
        for pin in {each.pin for each in mapped}:
            same = _waiting().filter(pin__endswith=stripped(pin)) if is_number(pin) else _waiting().filter(pin=pin)
            _settle(same)
        Pin.objects.filter(pk__in=[each.pk for each in mapped]).update(settled_at=now())


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
