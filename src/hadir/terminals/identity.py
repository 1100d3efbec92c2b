"""The identity of a punch: a resend, in another batch and years later, is the same event."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_VERSION = "HPU1"


@dataclass(frozen=True, slots=True)
class PunchKey:
    """What makes two rows the same punch: texts as sent, wall time as sent, the numbers of status and verify."""

    government: int
    serial: str
    pin: str
    local_time: datetime
    status: int
    verify: int


def identify(key: PunchKey) -> bytes:
    """Return SHA-256 over `HPU1`, government, serial, PIN, wall time, status and verify, one on each line.

    Neither a serial nor a PIN can hold a line end, the wall time is written as 2026-08-03T07:12:09.
    """
    parts = (
        _VERSION,
        str(key.government),
        key.serial.upper(),
        key.pin,
        key.local_time.isoformat(timespec="seconds"),
        str(key.status),
        str(key.verify),
    )
    return hashlib.sha256("\n".join(parts).encode()).digest()
