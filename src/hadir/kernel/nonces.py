"""Server nonces: what a phone puts in a tap to prove that it was not made before the server said so."""

from __future__ import annotations

import hmac
import struct
from typing import TYPE_CHECKING

from hadir.kernel.clock import from_milliseconds, to_milliseconds

if TYPE_CHECKING:
    from datetime import datetime

_ISSUED = struct.Struct(">q")
_TAG_BYTES = 16


def make_nonce(key: bytes, at: datetime) -> bytes:
    """Return a nonce of 24 bytes: when it was issued and the tag that only the server can make."""
    issued = _ISSUED.pack(to_milliseconds(at))
    return issued + _tag(key, issued)


def nonce_issued(key: bytes, nonce: bytes) -> datetime | None:
    """Return when an authentic nonce was issued, None for any other bytes."""
    issued = nonce[: _ISSUED.size]
    if not hmac.compare_digest(nonce[_ISSUED.size :], _tag(key, issued)):
        return None
    return from_milliseconds(_ISSUED.unpack(issued)[0])


def _tag(key: bytes, issued: bytes) -> bytes:
    return hmac.digest(key, issued, "sha256")[:_TAG_BYTES]
