"""From raw messages to rows: nothing is believed that the terminal's own clock makes absurd."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hadir.kernel.zones import Zone
from hadir.terminals.models import BadRow, Parked, Punch
from hadir.wire import adms

if TYPE_CHECKING:
    from hadir.terminals.models import RawMessage, Terminal

_DAY_AHEAD = timedelta(days=1)
_AT_ONCE = timedelta(hours=12)
_FIRST = datetime(2015, 1, 1, tzinfo=UTC)  # months are cut in UTC, and none before this one can be opened
_PUNCHES = "attlog"


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows of messages, not yet kept; a punch before `reached` is kept aside."""

    reached: datetime
    punches: list[Punch] = field(default_factory=list)
    bad_rows: list[BadRow] = field(default_factory=list)

    def add(self, message: RawMessage, terminal: Terminal) -> None:
        """Read one message of a terminal; only the table of punches has rows that are read."""
        if message.table_name != _PUNCHES:
            return
        punches, bad_rows = adms.parse_attlog(bytes(message.body))
        is_alone = len(punches) == 1
        self.punches.extend(self._punch(each, message, terminal, is_alone=is_alone) for each in punches)
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

    def _punch(self, read: adms.Punch, message: RawMessage, terminal: Terminal, *, is_alone: bool) -> Punch:
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
            parked=self._why_parked(read, at, message.received),
        )

    def _why_parked(self, read: adms.Punch, at: datetime, received: datetime) -> Parked:
        if read.doubt is not None:
            return Parked(read.doubt.value)
        if at > received + _DAY_AHEAD:
            return Parked.AHEAD
        if at < _FIRST:
            return Parked.LONG_AGO
        return Parked.CLOSED_MONTH if at < self.reached else Parked.NO


def instant_of(local_time: datetime, zone: Zone) -> datetime:
    """Return the UTC instant of a terminal's wall time."""
    return local_time.replace(tzinfo=zone.info).astimezone(UTC)


def _drift(behind: timedelta) -> int | None:
    """Seconds that the clock is behind, where the punch came at once; a row that waited for a network tells nothing."""
    return behind // timedelta(seconds=1) if abs(behind) <= _AT_ONCE else None
