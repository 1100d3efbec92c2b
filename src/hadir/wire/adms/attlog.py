"""The table of punches, in every form seen."""

import re
from dataclasses import dataclass
from enum import StrEnum

from hadir.wire.adms.lines import (
    BadRow,
    Fault,
    LocalTime,
    filled_lines,
    has_control,
    local_time,
    text_of,
    whole_number,
)
from hadir.wire.adms.redaction import kind_of, redact, redact_line

_LONGEST_LINE = 4096
_LONGEST_PIN = 64
_FEWEST_FIELDS = 4
_WORKCODE = 4
_FOREIGN_KINDS = frozenset(
    {"oplog", "user", "fp", "face", "fvein", "userpic", "biophoto", "biodata", "idcard", "errorlog", "templatev10"}
)
_KEYED = re.compile(r"\s*[A-Za-z]+ *=")
_EPOCH = re.compile(r"\d{9,13}", re.ASCII)
_FIRST_BELIEVED_YEAR = 2000
_FIRST_ABSURD_YEAR = 2070


class ClockDoubt(StrEnum):
    """Why the time of a punch cannot be believed whoever sent it; what to do with the punch is the caller's to say."""

    BEFORE_2000 = "before_2000"
    CLOCK_RESET = "clock_reset"
    FAR_FUTURE = "far_future"


@dataclass(frozen=True, slots=True)
class Punch:
    """One row of ATTLOG. `raw` is the line as `redact` leaves it, which is as sent, without its line end.

    `pin` and `workcode` are texts as sent (leading zeros stay). `status` (0 in, 1 out, ... 255 none chosen) is a hint;
    `verify` is the terminal's number for how the person was known, and its meaning varies with firmware. `extra` holds
    the fields from the sixth on: reserved, mask and temperature, national id or job codes, by kind of terminal.
    """

    line_number: int
    raw: bytes
    pin: str
    local_time: LocalTime
    status: int
    verify: int
    workcode: str
    extra: tuple[str, ...]

    @property
    def doubt(self) -> ClockDoubt | None:
        """Why the time is absurd in itself; a time merely ahead of the server's needs a clock, which is not here."""
        year = self.local_time.year
        if year < _FIRST_BELIEVED_YEAR:
            return ClockDoubt.BEFORE_2000
        if year == _FIRST_BELIEVED_YEAR:
            return ClockDoubt.CLOCK_RESET
        return ClockDoubt.FAR_FUTURE if year >= _FIRST_ABSURD_YEAR else None


@dataclass(frozen=True, slots=True)
class _Fields:
    """The texts of one row before they are checked, whichever form it came in."""

    pin: str
    time: str
    status: str
    verify: str
    workcode: str
    extra: tuple[str, ...]


def parse_attlog(body: bytes) -> tuple[tuple[Punch, ...], tuple[BadRow, ...]]:
    """Punches and rows that are none, in the order sent; every line that holds anything is in one of the two.

    Takes LF or CRLF, trailing TAB, a last line without end, 4 to 16 fields, and the keyed form `PIN=...<TAB>DateTime=`.
    """
    punches: list[Punch] = []
    bad_rows: list[BadRow] = []
    for number, line in filled_lines(body):
        row = _row(number, line)
        if isinstance(row, Punch):
            punches.append(row)
        else:
            bad_rows.append(BadRow(number, redact_line(line), row))
    return tuple(punches), tuple(bad_rows)


def _row(number: int, line: bytes) -> Punch | Fault:
    fault = _line_fault(line)
    if fault is not None:
        return fault
    text = text_of(line)
    fields = _keyed(text) if _KEYED.match(text) else _positional(text)
    return fields if isinstance(fields, Fault) else _punch(number, line, fields)


def _line_fault(line: bytes) -> Fault | None:
    if len(line) > _LONGEST_LINE:
        return Fault.TOO_LONG
    if kind_of(line) in _FOREIGN_KINDS:
        return Fault.FOREIGN_LINE
    return Fault.CONTROL_BYTES if has_control(text_of(line)) else None


def _positional(text: str) -> _Fields | Fault:
    fields = text.split("\t")
    if len(fields) < _FEWEST_FIELDS:
        return Fault.TOO_FEW_FIELDS
    workcode = fields[_WORKCODE] if len(fields) > _WORKCODE else ""
    return _Fields(fields[0], fields[1], fields[2], fields[3], workcode, tuple(fields[_WORKCODE + 1 :]))


def _keyed(text: str) -> _Fields | Fault:
    found: dict[str, str] = {}
    for part in text.split("\t"):
        name, _, value = part.partition("=")
        found.setdefault(name.strip().lower(), value)
    time = found.get("datetime", found.get("time"))
    verify = found.get("verified", found.get("verify"))
    if "pin" not in found or time is None or verify is None or "status" not in found:
        return Fault.TOO_FEW_FIELDS
    return _Fields(found["pin"], time, found["status"], verify, found.get("workcode", ""), ())


def _punch(number: int, line: bytes, fields: _Fields) -> Punch | Fault:
    fault = _pin_fault(fields.pin)
    if fault is not None:
        return fault
    time = local_time(fields.time)
    if time is None:
        return Fault.EPOCH_TIME if _EPOCH.fullmatch(fields.time.strip()) else Fault.BAD_TIME
    status = whole_number(fields.status)
    verify = whole_number(fields.verify)
    if status is None:
        return Fault.BAD_STATUS
    if verify is None:
        return Fault.BAD_VERIFY
    return Punch(number, redact("attlog", line), fields.pin, time, status, verify, fields.workcode, fields.extra)


def _pin_fault(pin: str) -> Fault | None:
    if not pin.strip():
        return Fault.NO_PIN
    return Fault.LONG_PIN if len(pin) > _LONGEST_PIN else None
