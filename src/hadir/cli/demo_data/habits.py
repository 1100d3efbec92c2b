"""How the made-up people come and go: columns of taps and absences over the days of a span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

MINUTE = np.timedelta64(60, "s")
_KINDS = ("dinas_luar_kota", "sakit", "cuti_tahunan", "diklat", "cuti_alasan_penting", "wfh", "dinas_dalam_kota")
_KIND_SHARES = (0.30, 0.22, 0.22, 0.08, 0.05, 0.05, 0.08)
# Shares of duties on which people do what is not quite in order, before each one's habit.
_IN_TOLERANCE, _LATE, _MAKES_UP, _LEAVES_EARLY, _STAYS_AWAY, _FORGETS_IN, _FORGETS_OUT = (
    0.14,
    0.035,
    0.8,
    0.02,
    0.006,
    0.006,
    0.012,
)
_LENGTHS = {"dinas_luar_kota": 4, "sakit": 3, "cuti_tahunan": 5, "diklat": 5, "cuti_alasan_penting": 4}


@dataclass(frozen=True, slots=True)
class Turns:
    """Duties to be lived through: person (place in the list), work date, start and end as UTC instants."""

    person: NDArray[np.int64]
    day: NDArray[np.datetime64]
    start: NDArray[Any]
    end: NDArray[Any]


@dataclass(frozen=True, slots=True)
class MadeTaps:
    """Taps in the order of time: person, instant (UTC), mark (1 in, 2 out)."""

    person: NDArray[np.int64]
    at: NDArray[np.datetime64]
    mark: NDArray[np.int64]

    def only(self, wanted: NDArray[np.bool_]) -> MadeTaps:
        """Return some of the taps."""
        return MadeTaps(self.person[wanted], self.at[wanted], self.mark[wanted])


@dataclass(frozen=True, slots=True)
class MadeAbsence:
    """An absence by document: person, kind of the catalogue, first and last date, and whether it is decided."""

    person: int
    kind: str
    first: date
    last: date
    is_decided: bool


def made_absences(people: int, days: NDArray[np.datetime64], seed: int) -> list[MadeAbsence]:
    """Return absences of about one person in nine at a time, none overlapping for one person."""
    chance = np.random.default_rng(seed)
    begins = np.argwhere(chance.random((people, len(days))) < 0.035)  # noqa: PLR2004
    kinds = chance.choice(_KINDS, len(begins), p=_KIND_SHARES)
    busy: dict[int, np.datetime64] = {}
    made: list[MadeAbsence] = []
    for (person, start), kind in zip(begins.tolist(), kinds.tolist(), strict=True):
        length = int(chance.integers(1, _LENGTHS.get(kind, 2) + 1))
        first, last = days[start], days[min(start + length, len(days)) - 1]
        if person in busy and first <= busy[person]:
            continue
        busy[person] = last
        is_recent = start >= len(days) - 3
        decided = not (is_recent and chance.random() < 0.25)  # noqa: PLR2004
        made.append(MadeAbsence(person, kind, first.item(), last.item(), decided))
    return made


def made_taps(turns: Turns, away: NDArray[np.bool_], until: np.datetime64, seed: int) -> MadeTaps:
    """Return what people did on their turns up to an instant; `away` says on which turns nobody is expected.

    Most come a little early. Some come within the tolerance and work the minutes back, exactly or not; a few are late,
    leave early, forget a tap, or stay away without a word. Each person has habits of its own.
    """
    chance = np.random.default_rng(seed + 1)
    size = len(turns.person)
    habit = chance.gamma(2.0, 0.5, int(turns.person.max(initial=-1)) + 1)[turns.person]
    luck = chance.random(size) / np.maximum(habit, 0.15)
    minutes = chance.normal(-16, 6, size).clip(-55, -1)
    minutes = np.where(luck < _IN_TOLERANCE, chance.uniform(0, 30, size), minutes)
    minutes = np.where(luck < _LATE, chance.gamma(2.0, 22.0, size) + 31, minutes)
    stay = chance.gamma(2.0, 9.0, size)
    owed = minutes.clip(0, 30)
    stay = np.where((owed > 0) & (chance.random(size) < _MAKES_UP), owed + stay / 4, stay)
    stay = np.where(chance.random(size) < _LEAVES_EARLY * habit, -chance.uniform(5, 100, size), stay)
    present = ~away & (chance.random(size) > _STAYS_AWAY * habit)
    came = present & (chance.random(size) > _FORGETS_IN)
    left = present & (chance.random(size) > _FORGETS_OUT)
    arrivals = turns.start + _seconds(minutes)
    departures = turns.end + _seconds(stay)
    person = np.concatenate([turns.person[came], turns.person[left]])
    at = np.concatenate([arrivals[came], departures[left]])
    mark = np.concatenate([np.full(came.sum(), 1), np.full(left.sum(), 2)])
    order = np.argsort(at, kind="stable")
    order = order[at[order] <= until]
    return MadeTaps(person[order], at[order], mark[order])


def _seconds(minutes: NDArray[np.float64]) -> NDArray[np.timedelta64]:
    return np.rint(minutes * 60).astype("timedelta64[s]")
