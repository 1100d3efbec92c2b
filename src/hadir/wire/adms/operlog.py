"""The mixed table of operations, people and templates, and the tables whose lines have the same shape."""

from dataclasses import dataclass

from hadir.wire.adms.fields import Fields, read_fields
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
from hadir.wire.adms.redaction import kind_of, redact_line

_FEWEST_FIELDS = 4
_LONGEST_OPLOG = 1024
_FIRST_OBJECT = 3
_BIOMETRIC_KINDS = frozenset({"fp", "face", "fvein", "biodata"})
_PHOTO_KINDS = frozenset({"userpic", "biophoto"})
# In a table of its own, a line of the same shape may come without the word that says what it is.
_KIND_OF_TABLE = {
    "userinfo": "user",
    "fingertmp": "fp",
    "face": "face",
    "fvein": "fvein",
    "biodata": "biodata",
    "userpic": "userpic",
    "biophoto": "biophoto",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """Something done at the terminal (OPLOG): its code, the PIN of who did it, when, and up to four objects."""

    line_number: int
    raw: bytes
    code: int
    admin_pin: str
    local_time: LocalTime
    objects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TerminalUser:
    """A person as the terminal knows them (USER); the password is never kept, only named in `fields.withheld`.

    `privilege`: 0 user, 2 enroller, 6 manager, 10 custom, 14 super; None where absent or not a number.
    """

    line_number: int
    pin: str
    name: str
    privilege: int | None
    card: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class BiometricLine:
    """A template's particulars (`kind`: fp, face, fvein, biodata) without the template itself."""

    line_number: int
    kind: str
    pin: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """A photo's particulars (`kind`: userpic, biophoto) without the photo itself."""

    line_number: int
    kind: str
    pin: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """A line of a kind not known here; `raw` is kept with secrets taken out."""

    line_number: int
    raw: bytes


OperationLine = Operation | TerminalUser | BiometricLine | PhotoLine | UnknownLine


def parse_operlog(body: bytes, table: str = "operlog") -> tuple[tuple[OperationLine, ...], tuple[BadRow, ...]]:
    """Typed lines and lines that are not what their first word promises; every filled line is in one of the two."""
    lines: list[OperationLine] = []
    bad_rows: list[BadRow] = []
    assumed = _KIND_OF_TABLE.get(table.lower(), "")
    for number, line in filled_lines(body):
        read = _line(number, line, assumed)
        if isinstance(read, Fault):
            bad_rows.append(BadRow(number, redact_line(line), read))
        else:
            lines.append(read)
    return tuple(lines), tuple(bad_rows)


def _line(number: int, line: bytes, assumed: str) -> OperationLine | Fault:
    kind = kind_of(line)
    if kind == "oplog":
        return _operation(number, line)
    known = _BIOMETRIC_KINDS | _PHOTO_KINDS | {"user"}
    if kind in known:
        return _particulars(number, kind, line.lstrip(b" ").partition(b" ")[2])
    if assumed:
        return _particulars(number, assumed, line)
    return UnknownLine(number, redact_line(line))


def _operation(number: int, line: bytes) -> Operation | Fault:
    if len(line) > _LONGEST_OPLOG:
        return Fault.TOO_LONG
    text = text_of(line.lstrip(b" ").partition(b" ")[2])
    if has_control(text):
        return Fault.CONTROL_BYTES
    fields = text.split("\t")
    if len(fields) < _FEWEST_FIELDS:
        return Fault.TOO_FEW_FIELDS
    code = whole_number(fields[0])
    if code is None:
        return Fault.BAD_CODE
    time = local_time(fields[2])
    if time is None:
        return Fault.BAD_TIME
    return Operation(number, redact_line(line), code, fields[1], time, tuple(fields[_FIRST_OBJECT:]))


def _particulars(number: int, kind: str, rest: bytes) -> OperationLine | Fault:
    fields = read_fields(text_of(rest).split("\t"))
    pin = fields.first("pin")
    if pin is None:
        return Fault.NOT_KEYED
    if not pin.strip():
        return Fault.NO_PIN
    if kind in _PHOTO_KINDS:
        return PhotoLine(number, kind, pin, fields)
    if kind in _BIOMETRIC_KINDS:
        return BiometricLine(number, kind, pin, fields)
    return TerminalUser(
        line_number=number,
        pin=pin,
        name=fields.first("name") or "",
        privilege=whole_number(fields.first("pri") or ""),
        card=fields.first("card") or "",
        fields=fields,
    )
