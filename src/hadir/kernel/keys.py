"""The keys of an installation, all derived from its one secret, so that web and gate agree without a word."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hadir.kernel.refusals import InvalidData

SHORTEST_SECRET = 32


class Purpose(Enum):
    """What a derived key is for; the value is its label in the derivation and must never change."""

    PASS = b"hadir pass hmac 1"
    NONCE = b"hadir nonce hmac 1"
    RECEIPT = b"hadir receipt ed25519 1"


@dataclass(frozen=True, slots=True)
class Keys:
    """Purpose keys of 32 bytes: passes and nonces by HMAC-SHA256, receipts by an Ed25519 seed."""

    for_passes: bytes = field(repr=False)
    for_nonces: bytes = field(repr=False)
    receipt_seed: bytes = field(repr=False)


def derive_keys(secret: bytes) -> Keys:
    """Return the keys of an installation secret of at least 32 random bytes."""
    return Keys(derive(secret, Purpose.PASS), derive(secret, Purpose.NONCE), derive(secret, Purpose.RECEIPT))


def derive(secret: bytes, purpose: Purpose) -> bytes:
    """Return the 32-byte key of one purpose by HKDF-SHA256."""
    if len(secret) < SHORTEST_SECRET:
        raise InvalidData("secret", len(secret), f"at least {SHORTEST_SECRET} bytes")
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.value).derive(secret)
