"""The canonical bytes of a tap: what the phone signs, what its identity is the hash of.

docs/tap-format.md shows the layout; tests/kernel/tap_vectors.json holds examples that the phone's code must meet too.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from hadir.kernel.clock import from_milliseconds, to_milliseconds
from hadir.kernel.refusals import InvalidData

if TYPE_CHECKING:
    from datetime import datetime

MAGIC = b"HTP1"
NONCE_BYTES = 24
SALT_BYTES = 16
HASH_BYTES = 32
NOTE_BYTES = 500
NONE_I32 = -(2**31)
NONE_U16 = 2**16 - 1
_HEAD = struct.Struct(">4sIQqiiHHBB32s24s16sH")
SMALLEST = _HEAD.size
LARGEST = SMALLEST + NOTE_BYTES

_GOVERNMENTS = range(1, 2**31)
_PERSONS = range(1, 2**63)
_INSTANTS = range(253_402_300_800_000)
_LATITUDES = range(-900_000_000, 900_000_001)
_LONGITUDES = range(-1_800_000_000, 1_800_000_001)
_NO_HASH = bytes(HASH_BYTES)


class Kind(IntEnum):
    """What the person meant the tap to be: practice never counts, khusus waits for a decision."""

    ORDINARY = 0
    PRACTICE = 1
    KHUSUS = 2


class Mark(IntEnum):
    """What the person said the tap is for: a hint that breaks ties and never the truth."""

    NONE = 0
    IN = 1
    OUT = 2
    PRESENT = 3


@dataclass(frozen=True, slots=True)
class Position:
    """Where the phone believed to be: degrees in units of 1e-7, accuracy in metres, age of the fix."""

    latitude: int
    longitude: int
    accuracy: int | None
    age: timedelta | None


@dataclass(frozen=True, slots=True)
class Tap:
    """One tap as its phone signed it; `at` is cut to milliseconds, `selfie` is the SHA-256 of the coming photo."""

    government: int
    person: int
    at: datetime
    position: Position | None
    kind: Kind
    mark: Mark
    selfie: bytes | None
    nonce: bytes
    salt: bytes
    note: str = ""


def identify(canonical: bytes) -> bytes:
    """Return the identity of a tap: the SHA-256 of its canonical bytes, without the signature."""
    return hashlib.sha256(canonical).digest()


def encode(tap: Tap) -> bytes:
    """Return the canonical bytes of a tap; InvalidData where a field cannot be written."""
    note = tap.note.encode()
    try:
        head = _HEAD.pack(
            MAGIC,
            tap.government,
            tap.person,
            to_milliseconds(tap.at),
            *_position_fields(tap.position),
            tap.kind,
            tap.mark,
            tap.selfie or _NO_HASH,
            tap.nonce,
            tap.salt,
            len(note),
        )
    except struct.error as error:
        raise InvalidData("tap", tap.person, str(error)) from error
    canonical = head + note
    if decode(canonical) != tap:
        raise InvalidData("tap", tap.person, "a field does not survive the encoding")
    return canonical


def decode(canonical: bytes) -> Tap:
    """Return the tap of canonical bytes; InvalidData names the field of anything that is not exactly canonical."""
    if not SMALLEST <= len(canonical) <= LARGEST:
        raise InvalidData("tap", len(canonical), f"{SMALLEST} to {LARGEST} bytes")
    head = _HEAD.unpack_from(canonical)
    magic, government, person, at, latitude, longitude, accuracy, age, kind, mark, selfie, nonce, salt, length = head
    if magic != MAGIC:
        raise InvalidData("tap.magic", magic, "unknown version")
    _within("tap.government", government, _GOVERNMENTS)
    _within("tap.person", person, _PERSONS)
    _within("tap.at", at, _INSTANTS)
    _within("tap.kind", kind, _KINDS)
    _within("tap.mark", mark, _MARKS)
    return Tap(
        government,
        person,
        from_milliseconds(at),
        _position(latitude, longitude, accuracy, age),
        _KIND_OF[kind],
        _MARK_OF[mark],
        None if selfie == _NO_HASH else selfie,
        nonce,
        salt,
        _note(canonical, length) if length or len(canonical) > SMALLEST else "",
    )


_KIND_OF = tuple(Kind)
_MARK_OF = tuple(Mark)
_KINDS = range(len(_KIND_OF))
_MARKS = range(len(_MARK_OF))


def _within(place: str, value: int, allowed: range) -> None:
    if value not in allowed:
        raise InvalidData(place, value, f"{allowed.start} to {allowed.stop - 1}")


def _position_fields(position: Position | None) -> tuple[int, int, int, int]:
    if position is None:
        return NONE_I32, NONE_I32, NONE_U16, NONE_U16
    accuracy = NONE_U16 if position.accuracy is None else position.accuracy
    age = NONE_U16 if position.age is None else position.age // timedelta(seconds=1)
    return position.latitude, position.longitude, accuracy, age


def _position(latitude: int, longitude: int, accuracy: int, age: int) -> Position | None:
    if latitude == NONE_I32 == longitude:
        if accuracy != NONE_U16 or age != NONE_U16:
            raise InvalidData("tap.accuracy", accuracy, "a tap without a position has neither accuracy nor age")
        return None
    _within("tap.latitude", latitude, _LATITUDES)
    _within("tap.longitude", longitude, _LONGITUDES)
    return Position(
        latitude,
        longitude,
        None if accuracy == NONE_U16 else accuracy,
        None if age == NONE_U16 else timedelta(seconds=age),
    )


def _note(canonical: bytes, length: int) -> str:
    encoded = canonical[SMALLEST:]
    if len(encoded) != length:
        raise InvalidData("tap.note", length, f"{len(encoded)} bytes follow")
    try:
        note = encoded.decode()
    except UnicodeDecodeError as error:
        raise InvalidData("tap.note", error.start, "not UTF-8") from error
    if "\0" in note:
        raise InvalidData("tap.note", note.index("\0"), "holds a NUL character")
    return note
