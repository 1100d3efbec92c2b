"""Receipts: what the server signed about a tap it has kept, checkable by anyone who has the public key.

Ed25519 is deterministic, so that a repeated tap gets the identical receipt.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hadir.kernel.clock import from_milliseconds, to_milliseconds
from hadir.kernel.text import from_text, to_text

if TYPE_CHECKING:
    from datetime import datetime

_MAGIC = b"HRC1"
_PAYLOAD = struct.Struct(">4s4sIQqq32s32sBB")
_SIGNATURE_BYTES = 64
_TOKEN_BYTES = _PAYLOAD.size + _SIGNATURE_BYTES
_NO_HASH = bytes(32)


class Reason(IntEnum):
    """Why a stored tap does not count; NONE where it does."""

    NONE = 0
    OUTSIDE = 1
    PASS_EXPIRED = 2
    DOUBTFUL_TIME = 3
    PRACTICE = 4
    KHUSUS_UNDECIDED = 5
    REVOKED = 6
    PARKED = 7


_REASON_OF = tuple(Reason)


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a tap was kept: whose, when it says it was made, when it came, which photo belongs to it, does it count."""

    government: int
    person: int
    tap: bytes
    at: datetime
    received: datetime
    selfie: bytes | None
    reason: Reason

    @property
    def counts(self) -> bool:
        """Whether the tap counts; where it does not, `reason` says why."""
        return self.reason is Reason.NONE


class ReceiptKey:
    """The key of an installation that signs receipts; `key_id` is the first four bytes of its public key's hash."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key().public_bytes_raw()
        self.key_id = key_id_of(self.public)

    def write(self, receipt: Receipt) -> str:
        """Return the receipt as text: payload and signature in base64url; equal receipts give equal text."""
        payload = _PAYLOAD.pack(
            _MAGIC,
            self.key_id,
            receipt.government,
            receipt.person,
            to_milliseconds(receipt.at),
            to_milliseconds(receipt.received),
            receipt.tap,
            receipt.selfie or _NO_HASH,
            receipt.counts,
            receipt.reason,
        )
        return to_text(payload + self._private.sign(payload))

    @cached_property
    def reader(self) -> ReceiptReader:
        """The reader of this key's own receipts."""
        return ReceiptReader(self.public)


class ReceiptReader:
    """Checks receipts with a public key alone."""

    def __init__(self, public: bytes) -> None:
        self._public = Ed25519PublicKey.from_public_bytes(public)
        self._key_id = key_id_of(public)

    def read(self, text: str) -> Receipt | None:
        """Return what an authentic receipt says, None for any other text."""
        token = from_text(text)
        if token is None or len(token) != _TOKEN_BYTES:
            return None
        payload = token[: _PAYLOAD.size]
        try:
            self._public.verify(token[_PAYLOAD.size :], payload)
        except InvalidSignature:
            return None
        return self._parse(payload)

    def _parse(self, payload: bytes) -> Receipt | None:
        magic, key_id, government, person, at, received, tap, selfie, _counts, reason = _PAYLOAD.unpack(payload)
        if magic != _MAGIC or key_id != self._key_id:
            return None
        return Receipt(
            government,
            person,
            tap,
            from_milliseconds(at),
            from_milliseconds(received),
            None if selfie == _NO_HASH else selfie,
            _REASON_OF[reason],
        )


def key_id_of(public: bytes) -> bytes:
    """Return the four bytes by which a receipt names the key that signed it."""
    return hashlib.sha256(public).digest()[:4]
