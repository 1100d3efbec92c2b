"""The nearest of several dated settings wins: group, unit upwards, government; with a staff class before without."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from hadir.daybook.roll import Key, Matrix, Roll
    from hadir.rules.columns import Bools


@dataclass(frozen=True, slots=True)
class Setting:
    """One dated row that is bound to a target; `unit` and `group` None: the government."""

    unit: int | None
    group: int | None
    staff_class: str
    first: date
    until: date | None
    """The first date on which it no longer holds; None: it goes on."""


class Settings:
    """Dated settings, to be asked which of them hold for a key."""

    def __init__(self, rows: Sequence[Setting]) -> None:
        self.rows = rows
        self._of_place: dict[tuple[str, int | None], list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            place = ("group", row.group) if row.group is not None else ("unit", row.unit)
            self._of_place[place].append(number)

    def nearest(self, roll: Roll) -> Matrix:
        """(keys and one for nowhere, dates): number of the setting that wins, -1: none."""
        table = np.full((len(roll.keys) + 1, len(roll.dates)), -1)
        columns = [span_of(roll, row.first, row.until) for row in self.rows]
        for row, key in enumerate(roll.keys):
            for number in self.reaching(key):
                table[row, columns[number]] = number
        return table

    def any(self, roll: Roll) -> Bools:
        """(keys and one for nowhere, dates): whether at least one setting reaches there."""
        return self.nearest(roll) >= 0

    def reaching(self, key: Key) -> Iterator[int]:
        """Numbers of the settings that reach a key, the nearest last."""
        places = (("unit", None), *(("unit", unit) for unit in key.path), *(("group", group) for group in key.groups))
        for place in places:
            here = self._of_place.get(place)
            if here:
                yield from (number for number in here if not self.rows[number].staff_class)
                yield from (number for number in here if self.rows[number].staff_class == key.staff_class)


def span_of(roll: Roll, first: date, until: date | None) -> slice:
    """The columns of a roll from a date to before another."""
    begin = (first - roll.dates[0].item()).days
    end = len(roll.dates) if until is None else (until - roll.dates[0].item()).days
    return slice(max(begin, 0), max(end, 0))
