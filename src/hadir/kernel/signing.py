"""The signature of a phone under a tap: P-256 with SHA-256, as the browser's WebCrypto writes it."""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from hadir.kernel.refusals import InvalidData

SIGNATURE_BYTES = 64
_HALF = SIGNATURE_BYTES // 2
_CURVE: Final = SECP256R1()
_ALGORITHM: Final = ECDSA(SHA256())


def read_public_key(point: bytes) -> EllipticCurvePublicKey:
    """Return the P-256 key of a SEC1 point of 33 or 65 bytes; InvalidData where it is not on the curve."""
    try:
        return EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
    except ValueError as error:
        raise InvalidData("phone_key", len(point), "not a point of P-256") from error


def is_signed_by(point: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the raw `r || s` signature of 64 bytes under the message was made by the key of this point."""
    if len(signature) != SIGNATURE_BYTES:
        return False
    r, s = int.from_bytes(signature[:_HALF]), int.from_bytes(signature[_HALF:])
    try:
        read_public_key(point).verify(encode_dss_signature(r, s), message, _ALGORITHM)
    except InvalidSignature:
        return False
    return True
