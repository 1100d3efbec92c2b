"""Passes: what lets a phone tap for up to 36 hours, checked without the database.

Layout, big-endian: magic "HPS1", government u32, person u64, serial u64, issued i64 and expires i64 Unix seconds, key
length u8 and SEC1 point, number of sites u16 (65535: anywhere) and that many u64, HMAC-SHA256 of all before it.
"""

from __future__ import annotations

import hmac
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta

from hadir.kernel.clock import from_milliseconds, to_milliseconds
from hadir.kernel.refusals import InvalidData, Refusal, gettext_noop
from hadir.kernel.signing import read_public_key
from hadir.kernel.text import from_text, to_text

LONGEST = timedelta(hours=36)
MOST_SITES = 64
_MAGIC = b"HPS1"
_HEAD = struct.Struct(">4sIQQqqB")
_COUNT = struct.Struct(">H")
_ANYWHERE = 2**16 - 1
_TAG_BYTES = 32


class PassRefused(Refusal):
    """The pass is not one that this installation issued."""

    code = "pass_refused"
    status = 401
    sentence = gettext_noop("This phone has no valid pass. Sign in again.")


@dataclass(frozen=True, slots=True)
class Pass:
    """Who may tap with which phone key, where (`sites` None: anywhere), until when; `serial` is for revoking it."""

    government: int
    person: int
    serial: int
    phone_key: bytes
    sites: tuple[int, ...] | None
    issued: datetime
    expires: datetime

    def is_valid_at(self, at: datetime) -> bool:
        """Say whether `at` is before the pass expires."""
        return at < self.expires


def issue(key: bytes, granted: Pass) -> str:
    """Return a pass as base64url text; InvalidData where it would last too long, bind no real key or too many sites."""
    if not timedelta(0) < granted.expires - granted.issued <= LONGEST:
        raise InvalidData("pass.expires", granted.expires.isoformat(), f"at most {LONGEST} after it was issued")
    if granted.sites is not None and len(granted.sites) > MOST_SITES:
        raise InvalidData("pass.sites", len(granted.sites), f"at most {MOST_SITES}")
    read_public_key(granted.phone_key)
    sites = () if granted.sites is None else granted.sites
    try:
        body = _HEAD.pack(
            _MAGIC,
            granted.government,
            granted.person,
            granted.serial,
            to_milliseconds(granted.issued) // 1000,
            -(-to_milliseconds(granted.expires) // 1000),
            len(granted.phone_key),
        )
        body += granted.phone_key + _COUNT.pack(_ANYWHERE if granted.sites is None else len(sites))
        body += struct.pack(f">{len(sites)}Q", *sites)
    except struct.error as error:
        raise InvalidData("pass", granted.person, str(error)) from error
    return to_text(body + hmac.digest(key, body, "sha256"))


def check(key: bytes, text: str) -> Pass:
    """Return what an authentic pass grants, expired or not; PassRefused for any other text."""
    token = from_text(text)
    if token is None or len(token) <= _TAG_BYTES:
        raise PassRefused
    body = token[:-_TAG_BYTES]
    if not hmac.compare_digest(hmac.digest(key, body, "sha256"), token[-_TAG_BYTES:]) or body[:4] != _MAGIC:
        raise PassRefused
    return _parse(body)


def _parse(body: bytes) -> Pass:
    _magic, government, person, serial, issued, expires, length = _HEAD.unpack_from(body)
    key_ends = _HEAD.size + length
    (count,) = _COUNT.unpack_from(body, key_ends)
    sites = None if count == _ANYWHERE else struct.unpack_from(f">{count}Q", body, key_ends + _COUNT.size)
    return Pass(
        government,
        person,
        serial,
        body[_HEAD.size : key_ends],
        sites,
        from_milliseconds(issued * 1000),
        from_milliseconds(expires * 1000),
    )
