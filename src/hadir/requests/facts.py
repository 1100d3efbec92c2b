"""Absences as the daybook asks for them: one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hadir.requests.kinds import KINDS
from hadir.requests.models import Cover
from hadir.rules import Covers
from hadir.rules.columns import INSTANT as SECONDS
from hadir.tenancy.columns import BOOL, DATE, INSTANT, INT2, INT8, fetch_columns, id_array
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from hadir.daybook.roll import Roll
    from hadir.rules.columns import Dates, Instants, Ints

_COVERS = """
SELECT person_id, effect, array_position(%s::text[], kind::text)::int2, state = %s, valid_from,
    coalesce(valid_until, 'infinity'), coalesce(starts_at, '-infinity'), coalesce(ends_at, '-infinity'),
    starts_at IS NOT NULL
FROM requests_cover WHERE government_id = %s AND superseded_at IS NULL AND state = ANY(%s) AND person_id = ANY(%s)
    AND valid_from <= %s AND coalesce(valid_until, 'infinity') > %s
"""
_KINDS = {
    "person": INT8,
    "effect": INT2,
    "kind": INT2,
    "decided": BOOL,
    "from": DATE,
    "until": DATE,
    "starts": INSTANT,
    "ends": INSTANT,
    "timed": BOOL,
}


def covers_on(roll: Roll) -> Covers:
    """The approved and undecided absences that touch the roll, from local midnight to local midnight."""
    approved, undecided = Cover.State.APPROVED.value, Cover.State.UNDECIDED.value
    found = fetch_columns(
        _COVERS,
        [
            list(KINDS),
            approved,
            government_id(),
            [approved, undecided],
            id_array(roll.people),
            roll.dates[-1].item(),
            roll.dates[0].item(),
        ],
        _KINDS,
    )
    if not len(found["person"]):
        return Covers.none()
    person = roll.numbers(found["person"])
    # Beyond the roll there is no duty to touch: a cover without end is cut there.
    until = np.minimum(found["until"], roll.dates[-1] + 1)
    start, end = (_midnight(roll, person, dates) for dates in (found["from"], until))
    return Covers(
        person=person,
        start=np.where(found["timed"], found["starts"].astype(SECONDS), start),
        end=np.where(found["timed"], found["ends"].astype(SECONDS), end),
        effect=found["effect"].astype(np.int8),
        kind=found["kind"] - 1,
        decided=found["decided"],
        kinds=KINDS,
    )


def _midnight(roll: Roll, person: Ints, dates: Dates) -> Instants:
    return dates.astype(SECONDS) - roll.offset[person, roll.clipped(dates)]
