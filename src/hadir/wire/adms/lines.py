"""Lines, texts and device-local times, shared by every table of the protocol."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

LocalTime = NewType("LocalTime", datetime)
"""Wall time of a terminal, without zone: an instant only once the zone of that terminal is known."""

_TIME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2}):(\d{2})", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)
_BLANKS = b" \t\r"


class Fault(StrEnum):
    """Why a line could not be read as what its table promises."""

    TOO_LONG = "too_long"
    CONTROL_BYTES = "control_bytes"
    FOREIGN_LINE = "foreign_line"
    TOO_FEW_FIELDS = "too_few_fields"
    NO_PIN = "no_pin"
    LONG_PIN = "long_pin"
    BAD_TIME = "bad_time"
    EPOCH_TIME = "epoch_time"
    BAD_STATUS = "bad_status"
    BAD_VERIFY = "bad_verify"
    BAD_CODE = "bad_code"
    BAD_RETURN = "bad_return"
    NOT_KEYED = "not_keyed"
    STRAY_LINE = "stray_line"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that was kept aside for a person to look at, templates, photos and passwords taken out."""

    line_number: int
    raw: bytes
    why: Fault


def filled_lines(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Lines of a body that hold anything, counted from 1, without LF and the CR before it.

    Only LF parts lines: a time holds a space, and a foreign name may hold any other blank.
    """
    for number, line in enumerate(body.split(b"\n"), start=1):
        if line.strip(_BLANKS):
            yield number, line.removesuffix(b"\r")


def text_of(raw: bytes) -> str:
    """Text of bytes in UTF-8, else GB18030 (Chinese firmware), else Latin-1, which never fails."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def has_control(text: str) -> bool:
    """Whether a text holds a control character other than TAB, which a database may refuse to store."""
    return _CONTROL.search(text) is not None


def without_control(text: str) -> str:
    """The text with every control character shown as the replacement character."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def whole_number(text: str) -> int | None:
    """The whole number a field holds, nine digits at most so that it fits 32 bits, or None."""
    cleaned = text.strip()
    return int(cleaned) if _WHOLE.fullmatch(cleaned) else None


def local_time(text: str) -> LocalTime | None:
    """Device-local wall time of `YYYY-MM-DD HH:MM:SS`, or None where it is not a time that exists."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    try:
        wall = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 (the terminal sends no zone)
    except ValueError:
        return None
    return LocalTime(wall)
