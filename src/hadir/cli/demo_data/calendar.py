"""The span of the demo and the duties in it, as columns of UTC instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from hadir.cli.demo_data.habits import Turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FRIDAY = 4
ROTATION = ("hospital_morning",) * 2 + ("hospital_afternoon",) * 2 + ("hospital_night",) * 2 + (None,) * 2
_HOURS = {"hospital_morning": (7, 14), "hospital_afternoon": (14, 21), "hospital_night": (21, 31)}


@dataclass(frozen=True, slots=True)
class Span:
    """The last whole month and the present one: its first and last date, and today."""

    first: date
    today: date
    last: date

    @classmethod
    def around(cls, today: date) -> Span:
        """Return the span that a demo loaded on a date shows."""
        this_month = today.replace(day=1)
        next_month = (this_month + timedelta(days=32)).replace(day=1)
        return cls((this_month - timedelta(days=1)).replace(day=1), today, next_month - timedelta(days=1))

    def dates(self) -> NDArray[np.datetime64]:
        """Return every date of the span."""
        days = (self.last - self.first).days + 1
        return np.datetime64(self.first, "D") + np.arange(days).astype("timedelta64[D]")


def office_days(span: Span, holidays: Sequence[date]) -> NDArray[np.datetime64]:
    """Return the working days of offices in the span: Monday to Friday without holidays."""
    dates = span.dates()
    off = np.array(sorted(holidays), dtype="datetime64[D]")
    return dates[np.is_busday(dates, holidays=off)]


def office_turns(
    people: NDArray[np.int64], hours_east: NDArray[np.int64], part_time: NDArray[np.bool_], days: NDArray[np.datetime64]
) -> Turns:
    """Return office duties of people (places in a list): 07.30 to 16.00, Friday 16.30, half days to 11.30."""
    count = len(days)
    day = np.tile(days, len(people))
    midnight: NDArray[Any] = _midnights(day, np.repeat(hours_east, count))
    is_friday = (day.astype(np.int64) + 3) % 7 == FRIDAY
    minutes = np.where(np.repeat(part_time, count), 690, np.where(is_friday, 990, 960))
    start = midnight + np.timedelta64(450 * 60, "s")
    return Turns(np.repeat(people, count), day, start, midnight + minutes * np.timedelta64(60, "s"))


def roster_turns(people: NDArray[np.int64], hours_east: int, span: Span) -> tuple[Turns, list[str | None]]:
    """Return the duties of people on rotation, and for each person and date of the span its shift or None."""
    dates = span.dates()
    codes: list[str | None] = []
    person: list[int] = []
    day: list[np.datetime64] = []
    hours: list[tuple[int, int]] = []
    for place, who in enumerate(people.tolist()):
        for number, on in enumerate(dates):
            code = ROTATION[(number + place * 3) % len(ROTATION)]
            codes.append(code)
            if code is not None:
                person.append(who)
                day.append(on)
                hours.append(_HOURS[code])
    work = np.array(day, dtype="datetime64[D]")
    midnight: NDArray[Any] = _midnights(work, np.full(len(work), hours_east))
    edges = np.array(hours, dtype=np.int64).reshape(-1, 2) * np.timedelta64(3600, "s")
    return Turns(np.array(person, dtype=np.int64), work, midnight + edges[:, 0], midnight + edges[:, 1]), codes


def _midnights(day: NDArray[np.datetime64], hours_east: NDArray[np.int64]) -> NDArray[Any]:
    """Return the UTC instants of local midnights."""
    instants: NDArray[Any] = day.astype("datetime64[s]") - hours_east.astype("timedelta64[h]")
    return instants


def joined(parts: Sequence[Turns]) -> Turns:
    """Return several sets of duties as one."""
    return Turns(
        np.concatenate([part.person for part in parts]),
        np.concatenate([part.day for part in parts]),
        np.concatenate([part.start for part in parts]),
        np.concatenate([part.end for part in parts]),
    )
