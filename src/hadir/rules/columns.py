"""Columns of facts.

Every array of one table has the same length. Instants are `datetime64[s]` UTC (NaT: none), lengths are
`timedelta64[s]`, people are whole numbers from 0 within the chunk, and a row is named by its position.
"""

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]
Instants = npt.NDArray[np.datetime64]
Lengths = npt.NDArray[np.timedelta64]
Dates = npt.NDArray[np.datetime64]

INSTANT = np.dtype("datetime64[s]")
LENGTH = np.dtype("timedelta64[s]")
NOTHING = np.iinfo(np.int64).min
"""NaT seen as seconds."""


def seconds(column: Instants | Lengths) -> Ints:
    """The whole seconds under a column of instants or lengths, without a copy."""
    return column.view(np.int64)


def as_instants(column: Ints) -> Instants:
    """Seconds since 1970 as instants, without a copy."""
    return column.view(INSTANT)


def as_lengths(column: Ints) -> Lengths:
    """Seconds as lengths, without a copy."""
    return column.view(LENGTH)


def _require_columns(table: Any, types: dict[str, np.dtype[Any]], length: int) -> None:
    for name, dtype in types.items():
        column = getattr(table, name)
        if column.dtype != dtype or column.shape != (length,):
            message = f"{type(table).__name__}.{name}: {column.dtype}{column.shape}, wanted {dtype}({length},)"
            raise ValueError(message)


@dataclass(frozen=True)
class Checkpoints:
    """The same checkpoint of every duty: its window is `[opens, closes)`, judged against `due`."""

    need: Codes
    """`Need`: none (the other columns are then ignored), optional, required."""
    opens: Instants
    due: Instants
    closes: Instants

    def __post_init__(self) -> None:
        types = {"need": np.dtype(np.int8), "opens": INSTANT, "due": INSTANT, "closes": INSTANT}
        _require_columns(self, types, len(self.need))

    def __len__(self) -> int:
        return len(self.need)


@dataclass(frozen=True)
class Duties:
    """One shift promised on one work date of one person; touching and overlapping duties are allowed.

    Give whole persons with one duty of padding on each side of the span, so that windows are cut against their
    real neighbours. Windows of one duty are in order and do not overlap.
    """

    person: Ints
    start: Instants
    end: Instants
    arrival: Checkpoints
    """The `in` checkpoint: keeps the earliest tap."""
    departure: Checkpoints
    """The `out` checkpoint: keeps the latest tap."""
    flex: Lengths
    """Tolerance after the arrival's due that must be worked back; zero: none."""
    half: Instants
    """Where a half-day cover divides the duty."""
    break_start: Instants
    """The fixed unpaid break; equal to `break_end` where there is none."""
    break_end: Instants
    presences: tuple[Checkpoints, ...] = ()
    """The `present` checkpoints between arrival and departure, in order: each keeps the earliest tap."""

    def __post_init__(self) -> None:
        length = len(self.person)
        instants = ("start", "end", "half", "break_start", "break_end")
        types: dict[str, np.dtype[Any]] = {"person": np.dtype(np.int64), "flex": LENGTH}
        types |= dict.fromkeys(instants, INSTANT)
        _require_columns(self, types, length)
        for slot in self.slots:
            if len(slot) != length:
                raise ValueError(f"Duties: a checkpoint has {len(slot)} rows, wanted {length}")

    def __len__(self) -> int:
        return len(self.person)

    @property
    def slots(self) -> tuple[Checkpoints, ...]:
        """All checkpoints in order: arrival, presences, departure. A slot number counts in here."""
        return (self.arrival, *self.presences, self.departure)


@dataclass(frozen=True)
class Taps:
    """Clock events in any order. Repeats of the same tap may be given and change nothing."""

    person: Ints
    at: Instants
    identity: Ints
    """The same number for the same tap, whatever the order of rows; breaks ties of the same second."""
    channel: Codes
    """The caller's own code of phone, terminal, kiosk, manual, imported; kept, not judged."""
    mark: Codes
    """`Mark`."""
    counts: Bools
    """False: outside, rejected or practice. Kept, placed in its window and never chosen (see `admit`)."""
    outside: Bools
    """Outside the allowed area and for that reason alone not counting; `admit` may let it count."""
    attempted: Bools
    """The phone shows an attempt during an outage, so that a later tap may count as made then."""

    def __post_init__(self) -> None:
        integer, code, flag = np.dtype(np.int64), np.dtype(np.int8), np.dtype(np.bool_)
        types = {"person": integer, "at": INSTANT, "identity": integer, "channel": code, "mark": code}
        _require_columns(self, types | dict.fromkeys(("counts", "outside", "attempted"), flag), len(self.person))

    def __len__(self) -> int:
        return len(self.person)

    @classmethod
    def plain(cls, person: Ints, at: Instants) -> Self:
        """Unmarked taps that count, identified by their position."""
        length = len(person)
        code, flag = np.zeros(length, np.int8), np.zeros(length, np.bool_)
        return cls(person, at, np.arange(length), code, code, ~flag, flag, flag)


@dataclass(frozen=True)
class Covers:
    """Absences asked for or approved, each over `[start, end)`; refused and withdrawn ones are not given.

    A whole-day effect covers the duties that start in the span; `hours` covers the span itself; the others touch the
    duties that start in the span.
    """

    person: Ints
    start: Instants
    end: Instants
    effect: Codes
    """`Effect`."""
    kind: Ints
    """Which of `kinds`."""
    decided: Bools
    """True: finally approved. False: a decision is pending."""
    kinds: tuple[str, ...] = ()
    """Codes of the legal kinds, e.g. `cuti_tahunan`."""

    def __post_init__(self) -> None:
        integer, code, flag = np.dtype(np.int64), np.dtype(np.int8), np.dtype(np.bool_)
        types = {"person": integer, "start": INSTANT, "end": INSTANT, "effect": code, "kind": integer, "decided": flag}
        _require_columns(self, types, len(self.person))

    def __len__(self) -> int:
        return len(self.person)

    @classmethod
    def none(cls) -> Self:
        """No absences at all."""
        whole, instant = np.zeros(0, np.int64), np.zeros(0, INSTANT)
        return cls(whole, instant, instant, np.zeros(0, np.int8), whole, np.zeros(0, np.bool_))


@dataclass(frozen=True)
class Outages:
    """Declared outages, one row per person hit (-1: everybody in the chunk), each over `[start, end]`."""

    person: Ints
    start: Instants
    end: Instants

    def __post_init__(self) -> None:
        types = {"person": np.dtype(np.int64), "start": INSTANT, "end": INSTANT}
        _require_columns(self, types, len(self.person))

    def __len__(self) -> int:
        return len(self.person)

    @classmethod
    def none(cls) -> Self:
        """No outage at all."""
        return cls(np.zeros(0, np.int64), np.zeros(0, INSTANT), np.zeros(0, INSTANT))


@dataclass(frozen=True)
class Assigned:
    """Which tap belongs to which duty and checkpoint; made by `assign`. Tap -1: none."""

    first: tuple[Ints, ...]
    """Per slot, per duty: the earliest counting tap in the window."""
    last: tuple[Ints, ...]
    """Per slot, per duty: the latest counting tap in the window."""
    opens: tuple[Instants, ...]
    """Per slot, per duty: the window after cutting between neighbours."""
    closes: tuple[Instants, ...]
    tap_window: Ints
    """Per tap, counting or not: duty times number of slots plus slot, -1 where it lies outside every window."""

    @property
    def tap_duty(self) -> Ints:
        """Per tap, counting or not: its duty, -1 where it lies outside every window."""
        return np.where(self.tap_window < 0, -1, self.tap_window // len(self.first))

    @property
    def tap_slot(self) -> Ints:
        """Per tap, counting or not: its slot within the duty, -1 where unassigned."""
        return np.where(self.tap_window < 0, -1, self.tap_window % len(self.first))


@dataclass(frozen=True)
class Days:
    """Person-days to judge, in any order, with the facts they point into.

    One row for each duty, and one for each date without a duty. A person with two duties on a date has two rows.
    """

    person: Ints
    date: Dates
    """The work date, `datetime64[D]`: the local date on which the duty starts."""
    kind: Codes
    """`DayKind`; a duty is judged whatever the kind (a nurse on a holiday)."""
    duty: Ints
    """Row of `duties`, -1 where none is promised."""
    in_scope: Bools
    """False before the unit or the staff class has joined."""
    policy: Ints
    """Which of the policies given to `judge`."""
    known_until: Instants
    """Up to when facts are known: now, or the last word of a silent terminal."""
    explain_until: Instants
    """While this lies after `known_until` nobody is finally absent; NaT: no such deadline."""
    offset: Lengths
    """Local time minus UTC at the work location."""
    duties: Duties
    taps: Taps
    assigned: Assigned
    covers: Covers
    outages: Outages

    def __post_init__(self) -> None:
        integer, code, flag = np.dtype(np.int64), np.dtype(np.int8), np.dtype(np.bool_)
        types: dict[str, np.dtype[Any]] = {"person": integer, "duty": integer, "policy": integer, "kind": code}
        types |= {"date": np.dtype("datetime64[D]"), "in_scope": flag, "offset": LENGTH}
        types |= {"known_until": INSTANT, "explain_until": INSTANT}
        _require_columns(self, types, len(self.person))

    def __len__(self) -> int:
        return len(self.person)

    def pick(self, rows: Ints) -> Self:
        """The same facts with only these rows, in this order."""
        table = {item.name: getattr(self, item.name) for item in fields(self)}
        columns = {name: column[rows] for name, column in table.items() if isinstance(column, np.ndarray)}
        return type(self)(**{**table, **columns})
