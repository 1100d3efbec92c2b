"""What the pages of terminals show beside the rows themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from hadir.terminals.models import Terminal
from hadir.terminals.queries import DRIFT_TO_MEND, drifts_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hadir.org.models import Placement
    from hadir.terminals.models import BadRow, Punch

_SILENT_AFTER = timedelta(minutes=10)
_FAULTS = {
    "too_long": _("The row is too long"),
    "control_bytes": _("The row holds bytes that are no text"),
    "foreign_line": _("The row belongs to another table"),
    "too_few_fields": _("Fields are missing"),
    "no_pin": _("The PIN is missing"),
    "long_pin": _("The PIN is too long"),
    "bad_time": _("The time does not exist"),
    "epoch_time": _("The time is a count of seconds, and nothing says in which zone"),
    "bad_status": _("The status is no number"),
    "bad_verify": _("The way of recognition is no number"),
}


@dataclass(frozen=True, slots=True)
class FleetRow:
    """A terminal as the fleet shows it; `drift` is how far its clock is behind, None while nothing tells."""

    terminal: Any
    drift: timedelta | None
    is_silent: bool

    @property
    def drift_seconds(self) -> int | None:
        """Whole seconds that the clock is behind."""
        return None if self.drift is None else self.drift // timedelta(seconds=1)

    @property
    def seconds_off(self) -> int:
        """Whole seconds that the clock is wrong, in either direction."""
        return abs(self.drift_seconds or 0)

    @property
    def is_drifting(self) -> bool:
        """Whether the clock is so wrong that somebody must set it."""
        return self.drift is not None and abs(self.drift) > DRIFT_TO_MEND

    @property
    def is_blocked(self) -> bool:
        """Whether the terminal is turned away."""
        return bool(self.terminal.state == Terminal.State.BLOCKED)


@dataclass(frozen=True, slots=True)
class PunchRow:
    """A punch as the page of its terminal shows it."""

    punch: Punch
    reason: str


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row that could not be read, with why in words."""

    received: datetime
    text: str
    reason: str


def faulty_rows(rows: Iterable[BadRow]) -> list[FaultyRow]:
    """Return rows that could not be read, their bytes as far as they are text."""
    return [
        FaultyRow(row.received, bytes(row.raw).decode(errors="replace"), str(_FAULTS.get(row.why, row.why)))
        for row in rows
    ]


def fleet_rows(terminals: Iterable[Any], at: datetime) -> list[FleetRow]:
    """Return terminals, as `approved_terminals` gives them, with their clocks and whether they are silent."""
    shown = list(terminals)
    drifts = drifts_of([terminal.pk for terminal in shown])
    return [
        FleetRow(
            terminal,
            drifts.get(terminal.pk),
            terminal.last_seen is None or at - terminal.last_seen > _SILENT_AFTER,
        )
        for terminal in shown
    ]


def punch_rows(punches: Iterable[Punch]) -> list[PunchRow]:
    """Return punches with the reason, in words, for which one was kept aside."""
    return [PunchRow(punch, punch.get_parked_display() if punch.parked else "") for punch in punches]


def person_choices(people: Iterable[Placement]) -> list[tuple[int, str]]:
    """Return people as choices: name and unit."""
    return [(each.person_id, f"{each.person.name}, {each.unit.name}") for each in people]
