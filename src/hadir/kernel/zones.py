"""The three time zones of Indonesia: a site has one, a work date is a date of it."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from zoneinfo import ZoneInfo


class Zone(Enum):
    """A zone by the short name people use; its value is the IANA name. None of them knows summer time."""

    WIB = "Asia/Jakarta"
    WITA = "Asia/Makassar"
    WIT = "Asia/Jayapura"

    @property
    def info(self) -> ZoneInfo:
        """Zone rules for aware datetimes."""
        return ZoneInfo(self.value)

    @property
    def offset(self) -> timedelta:
        """Distance east of UTC."""
        return _OFFSETS[self]


_OFFSETS = {
    Zone.WIB: timedelta(hours=7),
    Zone.WITA: timedelta(hours=8),
    Zone.WIT: timedelta(hours=9),
}
