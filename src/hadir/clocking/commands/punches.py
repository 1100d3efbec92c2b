from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from django.db import connection

from hadir.clocking.models import Channel
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

_OPEN_MONTHS = """
SELECT clocking_open_month(wanted) FROM unnest(%s::date[]) AS wanted
WHERE wanted NOT IN (SELECT month FROM clocking_open_months() AS month)
"""
_APPEND = """
INSERT INTO clocking_event (government_id, at, id, person_id, channel, mark, kind, counts, reason, received, site_id)
SELECT %s, at, id, person_id, %s, mark, 0, true, 0, received, site_id
FROM unnest(%s::timestamptz[], %s::bytea[], %s::bigint[], %s::smallint[], %s::timestamptz[], %s::bigint[])
  AS given (at, id, person_id, mark, received, site_id)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class PunchEvent:
    """A punch of a terminal as an event; `mark` is 0 none, 1 in, 2 out; `id` is the digest that identifies it."""

    id: bytes
    at: datetime
    person_id: int
    mark: int
    received: datetime
    site_id: int | None


def append_punch_events(punches: Sequence[PunchEvent]) -> None:
    """Append punches of the current government to the record, a repeat once; only the worker may open their months."""
    months = {_month_of(punch.at) for punch in punches}
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_MONTHS, [sorted(months)])
        cursor.execute(
            _APPEND,
            [
                government_id(),
                Channel.TERMINAL.value,
                [punch.at for punch in punches],
                [punch.id for punch in punches],
                [punch.person_id for punch in punches],
                [punch.mark for punch in punches],
                [punch.received for punch in punches],
                [punch.site_id for punch in punches],
            ],
        )


def _month_of(at: datetime) -> date:
    """Return the first day of the month in UTC, by which the record is parted."""
    return at.astimezone(UTC).date().replace(day=1)
