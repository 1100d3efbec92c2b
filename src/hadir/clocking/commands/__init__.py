"""Writes of the room: events are appended, never changed; months are opened by the worker."""

from hadir.clocking.commands.appending import ManualTap, TapRow, append_events, record_manual_tap
from hadir.clocking.commands.dropping import drop_evidence, drop_old_evidence
from hadir.clocking.commands.months import move_parked_taps, open_month, open_months_ahead
from hadir.clocking.commands.outages import OutageSpan, declare_outage, withdraw_outage
from hadir.clocking.commands.punches import PunchEvent, append_punch_events

__all__ = [
    "ManualTap",
    "OutageSpan",
    "PunchEvent",
    "TapRow",
    "append_events",
    "append_punch_events",
    "declare_outage",
    "drop_evidence",
    "drop_old_evidence",
    "move_parked_taps",
    "open_month",
    "open_months_ahead",
    "record_manual_tap",
    "withdraw_outage",
]
