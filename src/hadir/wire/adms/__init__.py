"""The push protocol of ZKTeco terminals ("ADMS", "iclock"): what arrives, typed, and what is answered.

`parse_target` reads the request target, `read_message` the whole request (`parse_attlog` only its punches), `redact`
takes out what must not be kept, and `handshake_reply`, `acknowledgement`, `refusal` and the `Reply` constants are what
a terminal is told. See docs/terminals.md.
"""

from hadir.wire.adms.attlog import ClockDoubt, Punch, parse_attlog
from hadir.wire.adms.handshake import Backlog, Handshake, handshake_reply, parse_handshake
from hadir.wire.adms.lines import BadRow, Fault, LocalTime
from hadir.wire.adms.message import (
    CommandReport,
    Message,
    OperationUpload,
    OptionUpload,
    PhotoUpload,
    Ping,
    Poll,
    PunchUpload,
    TimeRequest,
    UnknownRequest,
    read_message,
)
from hadir.wire.adms.redaction import is_sensitive, redact
from hadir.wire.adms.reply import (
    ACCEPTED,
    CONTENT_TYPE,
    NOT_APPROVED,
    NOT_FOUND,
    NOT_STORED,
    REGISTRY_REFUSED,
    TOO_LARGE,
    TOO_MANY,
    Reply,
    acknowledgement,
    count_rows,
    time_reply,
)
from hadir.wire.adms.security import SecurityPush, refusal
from hadir.wire.adms.target import Call, Target, is_serial, parse_target

__all__ = [
    "ACCEPTED",
    "CONTENT_TYPE",
    "NOT_APPROVED",
    "NOT_FOUND",
    "NOT_STORED",
    "REGISTRY_REFUSED",
    "TOO_LARGE",
    "TOO_MANY",
    "Backlog",
    "BadRow",
    "Call",
    "ClockDoubt",
    "CommandReport",
    "Fault",
    "Handshake",
    "LocalTime",
    "Message",
    "OperationUpload",
    "OptionUpload",
    "PhotoUpload",
    "Ping",
    "Poll",
    "Punch",
    "PunchUpload",
    "Reply",
    "SecurityPush",
    "Target",
    "TimeRequest",
    "UnknownRequest",
    "acknowledgement",
    "count_rows",
    "handshake_reply",
    "is_sensitive",
    "is_serial",
    "parse_attlog",
    "parse_handshake",
    "parse_target",
    "read_message",
    "redact",
    "refusal",
    "time_reply",
]
