"""The identity of a clock event that no phone signed: the digest of its canonical facts.

The bytes: `HTE1`, government (4), channel (1), person (8), microseconds since 1970 (8), all big-endian, then the UTF-8
of the source (the number of a document, the name of an imported file). What may be learned later - mark, place, whether
it counts - is no part of it, so that the same fact told twice is one event.
"""

from __future__ import annotations

import hashlib
import struct
from datetime import timedelta
from typing import TYPE_CHECKING

from hadir.kernel.clock import EPOCH

if TYPE_CHECKING:
    from datetime import datetime

    from hadir.clocking.models import Channel

MAGIC = b"HTE1"
_FACTS = struct.Struct(">4sIBQq")
_MICROSECOND = timedelta(microseconds=1)


def canonical_facts(government: int, channel: Channel, person: int, at: datetime, source: str) -> bytes:
    """The canonical bytes of an event that no phone signed."""
    return _FACTS.pack(MAGIC, government, channel, person, _microseconds(at)) + source.encode()


def identify(canonical: bytes) -> bytes:
    """The identity of an event: the SHA-256 of its canonical bytes."""
    return hashlib.sha256(canonical).digest()


def _microseconds(at: datetime) -> int:
    return (at - EPOCH) // _MICROSECOND
