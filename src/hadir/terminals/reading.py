"""From raw messages to rows: nothing is believed that the terminal's own clock makes absurd."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from hadir.kernel.zones import Zone
from hadir.terminals.models import BadRow, Parked, Punch
from hadir.wire import adms

if TYPE_CHECKING:
    from hadir.terminals.models import RawMessage, Terminal

_DAY_AHEAD = timedelta(days=1)
_AT_ONCE = timedelta(hours=12)
_FIRST_DAY = date(2015, 1, 1)
_PUNCHES = "attlog"


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows of messages, not yet kept."""

    punches: list[Punch] = field(default_factory=list)
    bad_rows: list[BadRow] = field(default_factory=list)

    def add(self, message: RawMessage, terminal: Terminal) -> None:
        """Read one message of a terminal; only the table of punches has rows that are read."""
        if message.table_name != _PUNCHES:
            return
        punches, bad_rows = adms.parse_attlog(bytes(message.body))
        is_alone = len(punches) == 1
        self.punches.extend(_punch(each, message, terminal, is_alone=is_alone) for each in punches)
        self.bad_rows.extend(
            BadRow(
                terminal=terminal,
                message=message,
                line_number=each.line_number,
                raw=each.raw,
                why=each.why.value,
                received=message.received,
            )
            for each in bad_rows
        )


def instant_of(local_time: datetime, zone: Zone) -> datetime:
    """Return the UTC instant of a terminal's wall time."""
    return local_time.replace(tzinfo=zone.info).astimezone(UTC)


def _punch(read: adms.Punch, message: RawMessage, terminal: Terminal, *, is_alone: bool) -> Punch:
    at = instant_of(read.local_time, Zone[terminal.zone])
    return Punch(
        terminal=terminal,
        message=message,
        pin=read.pin,
        local_time=read.local_time,
        zone=terminal.zone,
        status=read.status,
        verify=read.verify,
        workcode=read.workcode,
        raw=read.raw,
        received=message.received,
        drift=_drift(message.received - at) if is_alone else None,
        parked=_why_parked(read, at, message.received),
    )


def _drift(behind: timedelta) -> int | None:
    """Seconds that the clock is behind, where the punch came at once; a row that waited for a network tells nothing."""
    return behind // timedelta(seconds=1) if abs(behind) <= _AT_ONCE else None


def _why_parked(read: adms.Punch, at: datetime, received: datetime) -> Parked:
    if read.doubt is not None:
        return Parked(read.doubt.value)
    if at > received + _DAY_AHEAD:
        return Parked.AHEAD
    return Parked.LONG_AGO if read.local_time.date() < _FIRST_DAY else Parked.NO
