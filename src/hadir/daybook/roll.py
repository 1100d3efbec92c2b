"""Who belongs where on which date: the frame that every source of facts fills."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from hadir.kernel.zones import Zone
    from hadir.rules.columns import Dates, Ints, Lengths

Matrix = npt.NDArray[np.int64]
"""(people, dates)."""
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Key:
    """What decides about a person on a date, beside the person: everybody with the same key is bound alike."""

    unit: int
    path: tuple[int, ...]
    """Ids of units from the root down to `unit`."""
    staff_class: str
    groups: tuple[int, ...]
    sites: tuple[int, ...]
    """Open sites of the nearest unit upwards that has any."""
    zone: Zone
    """Of the first of those sites, else of the government."""


@dataclass(frozen=True)
class Roll:
    """People, dates (padded by some on each side of the span that is asked for) and where everybody belongs."""

    people: Ints
    """Ids of persons; a person's number within the chunk is the position here."""
    dates: Dates
    keys: tuple[Key, ...]
    key: Matrix
    """Which of `keys`; -1 before the first placement, between two, and after the last."""
    zone: Zone
    """Of the government, for dates on which somebody belongs nowhere."""

    @cached_property
    def offset(self) -> Lengths:
        """(people, dates): local time minus UTC, `timedelta64[s]`."""
        of_keys = [int(key.zone.offset.total_seconds()) for key in self.keys]
        table = np.array([*of_keys, int(self.zone.offset.total_seconds())], "timedelta64[s]")
        found: Lengths = table[self.key]
        return found

    def spread(self, table: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """(people, dates) of a table (keys and one for nowhere, dates)."""
        return table[self.key, np.arange(len(self.dates))]

    def numbers(self, person_ids: Ints) -> Ints:
        """The numbers of persons within the chunk, all of whom are on the roll."""
        order = self._order
        found: Ints = order[np.searchsorted(self.people, person_ids, sorter=order)]
        return found

    def clipped(self, dates: Dates) -> Ints:
        """The column of each date; dates beyond the roll get its first or last column."""
        found: Ints = np.clip((dates - self.dates[0]).view(np.int64), 0, len(self.dates) - 1)
        return found

    @cached_property
    def _order(self) -> Ints:
        return np.argsort(self.people, kind="stable")
