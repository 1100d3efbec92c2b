"""One request as one typed message."""

from dataclasses import dataclass

from hadir.wire.adms.attlog import Punch, parse_attlog
from hadir.wire.adms.commands import CommandResult, parse_command_results
from hadir.wire.adms.fields import Fields
from hadir.wire.adms.handshake import Handshake, parse_handshake
from hadir.wire.adms.lines import BadRow
from hadir.wire.adms.operlog import OperationLine, parse_operlog
from hadir.wire.adms.options import DeviceInfo, parse_info, parse_options
from hadir.wire.adms.redaction import PHOTO_TABLES, redact
from hadir.wire.adms.reply import count_rows
from hadir.wire.adms.security import SecurityPush, is_security_push, security_push
from hadir.wire.adms.target import Call, Target

_OPERATION_TABLES = frozenset(
    {"operlog", "userinfo", "fingertmp", "face", "fvein", "biodata", "userpic", "biophoto", "idcard", "errorlog"}
)


@dataclass(frozen=True, slots=True)
class Poll:
    """A terminal asks for commands, at times saying how it is."""

    info: DeviceInfo | None


@dataclass(frozen=True, slots=True)
class Ping:
    """A terminal says that it is alive while it uploads."""


@dataclass(frozen=True, slots=True)
class TimeRequest:
    """A terminal asks what time it is."""


@dataclass(frozen=True, slots=True)
class PunchUpload:
    """Rows of ATTLOG."""

    punches: tuple[Punch, ...]
    bad_rows: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True)
class OperationUpload:
    """Lines of OPERLOG or of a table of the same shape."""

    table: str
    lines: tuple[OperationLine, ...]
    bad_rows: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True)
class OptionUpload:
    """The terminal's own settings."""

    options: Fields


@dataclass(frozen=True, slots=True)
class PhotoUpload:
    """A photo taken at a punch: what was said about it; the photo itself is not kept."""

    header: bytes


@dataclass(frozen=True, slots=True)
class CommandReport:
    """Results of commands."""

    results: tuple[CommandResult, ...]
    bad_rows: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True)
class UnknownRequest:
    """Anything else: the call, the table, the number of filled lines, and the body with secrets taken out."""

    call: Call
    table: str
    rows: int
    raw: bytes


Message = (
    Handshake
    | Poll
    | Ping
    | TimeRequest
    | PunchUpload
    | OperationUpload
    | OptionUpload
    | PhotoUpload
    | CommandReport
    | SecurityPush
    | UnknownRequest
)


def read_message(method: str, target: Target, body: bytes) -> Message:
    """What a request of a terminal says; never raises, and what it cannot read it returns as unknown, kept."""
    if is_security_push(target):
        return security_push(target, body)
    if target.call is Call.PING:
        return Ping()
    if target.call is Call.GETREQUEST:
        info = target.first("info")
        return Poll(parse_info(info) if info and info.strip() else None)
    if target.call is Call.DEVICECMD:
        return CommandReport(*parse_command_results(body, target))
    if target.call not in {Call.CDATA, Call.FDATA}:
        return _unknown(target, body)
    return _question(target, body) if method.upper() == "GET" else _upload(target, body)


def _question(target: Target, body: bytes) -> Message:
    if (target.first("type") or "").strip().lower() == "time":
        return TimeRequest()
    if target.table or target.first("options") is None:
        return _unknown(target, body)
    return parse_handshake(target)


def _upload(target: Target, body: bytes) -> Message:
    table = target.table
    if table == "attlog":
        return PunchUpload(*parse_attlog(body))
    if table in PHOTO_TABLES:
        return PhotoUpload(redact(table, body))
    if table == "options":
        return OptionUpload(parse_options(body))
    if table in _OPERATION_TABLES:
        return OperationUpload(table, *parse_operlog(body, table))
    return _unknown(target, body)


def _unknown(target: Target, body: bytes) -> UnknownRequest:
    return UnknownRequest(target.call, target.table, count_rows(target.table, body), redact(target.table, body))
