"""People with phones, made up for the bench and the gate's tests: keys, passes and signed taps."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hadir.kernel import passes, tap
from hadir.kernel.clock import from_milliseconds, now, to_milliseconds
from hadir.kernel.nonces import make_nonce

if TYPE_CHECKING:
    from hadir.kernel.keys import Keys

OFFICE = (-62_087_634, 1_068_455_990)


@dataclass(frozen=True)
class Phone:
    """A person's phone: its key and the pass it holds."""

    key: EllipticCurvePrivateKey
    granted: passes.Pass

    def tap(self, keys: Keys, **given: object) -> tap.Tap:
        """Return an ordinary tap at the office made now, with a fresh nonce, changed as given."""
        made = now()
        ordinary = tap.Tap(
            government=self.granted.government,
            person=self.granted.person,
            at=from_milliseconds(to_milliseconds(made)),
            position=tap.Position(*OFFICE, 12, timedelta(seconds=2)),
            kind=tap.Kind.ORDINARY,
            mark=tap.Mark.NONE,
            selfie=secrets.token_bytes(32),
            nonce=make_nonce(keys.for_nonces, made),
            salt=secrets.token_bytes(tap.SALT_BYTES),
        )
        return replace(ordinary, **given)  # type: ignore[arg-type]  # the fields of a tap

    def body(self, canonical: bytes) -> bytes:
        """Return the body of a request: length, canonical bytes, signature."""
        r, s = decode_dss_signature(self.key.sign(canonical, ECDSA(SHA256())))
        return len(canonical).to_bytes(2) + canonical + r.to_bytes(32) + s.to_bytes(32)


def make_phone(government: int, person: int, sites: tuple[int, ...] | None) -> Phone:
    """Return a new phone with a pass of 36 hours from now."""
    key = generate_private_key(SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    issued = from_milliseconds(to_milliseconds(now()) // 1000 * 1000)
    serial = secrets.randbits(62)
    return Phone(key, passes.Pass(government, person, serial, point, sites, issued, issued + passes.LONGEST))


def request_of(keys: Keys, phone: Phone, body: bytes) -> bytes:
    """Return the bytes of a whole HTTP request."""
    text = passes.issue(keys.for_passes, phone.granted)
    head = (
        "POST /gate/tap HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (Linux; Android 8.1; Redmi 5A)\r\n"
        f"Authorization: Hadir {text}\r\nContent-Type: application/octet-stream\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
