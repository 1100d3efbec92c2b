"""What a terminal says of itself: its options and the INFO of its polls."""

import re
from dataclasses import dataclass

from hadir.wire.adms.fields import Fields, read_fields
from hadir.wire.adms.lines import text_of, whole_number

_NEXT_OPTION = re.compile(r",(?=~?\w+=)|\r?\n", re.ASCII)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}", re.ASCII)
_FIELDS_BEFORE_ADDRESS = 4
_COUNTS_BEFORE_ADDRESS = 3
_FIELDS = 9  # from the number of users to the flags


def parse_options(body: bytes) -> Fields:
    """Options of a body parted by commas or lines; a comma inside a value stays, since no `name=` follows it."""
    return read_fields(_NEXT_OPTION.split(text_of(body)))


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """The INFO of a poll. Counts are None where absent or unreadable; -1 says the terminal has no such thing.

    `flags` holds one digit each for fingerprint, face, user photo, comparison photo and visible-light template;
    `rest` holds what newer firmware adds (cards, user photos, attendance photos).
    """

    firmware: str
    users: int | None
    fingerprints: int | None
    punches: int | None
    address: str
    finger_version: str
    face_version: str
    face_parts: int | None
    faces: int | None
    flags: str
    rest: tuple[str, ...]


def parse_info(text: str) -> DeviceInfo:
    """The INFO parameter of `getrequest`, blanks around fields dropped.

    Very old firmware leaves out the number of faces and sends nine fields in all; then the last is `flags`.
    """
    fields = [part.strip() for part in text.split(",")]
    at = next((i for i, part in enumerate(fields) if i >= _FIELDS_BEFORE_ADDRESS and _ADDRESS.fullmatch(part)), 4)
    first_count = at - _COUNTS_BEFORE_ADDRESS
    before, after = fields[:first_count], fields[first_count:]
    if len(after) == _FIELDS - 1:
        after.insert(-1, "")
    after += [""] * (_FIELDS - len(after))
    return DeviceInfo(
        firmware=",".join(before),
        users=whole_number(after[0]),
        fingerprints=whole_number(after[1]),
        punches=whole_number(after[2]),
        address=after[3],
        finger_version=after[4],
        face_version=after[5],
        face_parts=whole_number(after[6]),
        faces=whole_number(after[7]),
        flags=after[8],
        rest=tuple(after[_FIELDS:]),
    )
