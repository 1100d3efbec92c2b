"""The only reader of the clock, and instants as whole milliseconds for the wire."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hadir.kernel.zones import Zone

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one place that the rule points to


def today_at(zone: Zone) -> date:
    """Return the date on the wall calendar of a place in `zone`."""
    return now().astimezone(zone.info).date()


def to_milliseconds(at: datetime) -> int:
    """Return whole Unix milliseconds of an aware instant, cut towards the past."""
    return (at - EPOCH) // _MILLISECOND


def from_milliseconds(milliseconds: int) -> datetime:
    """Return the UTC instant of Unix milliseconds; OverflowError beyond the years 1 to 9999."""
    return EPOCH + timedelta(0, 0, 0, milliseconds)
