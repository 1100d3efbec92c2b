"""The request target: which call, by which terminal, with which parameters."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote_to_bytes

from hadir.wire.adms.lines import text_of, without_control

_SERIAL = re.compile(r"[A-Za-z0-9._-]{4,32}", re.ASCII)
_NAME = re.compile(r"[a-z0-9_]{1,32}", re.ASCII)
_ORIGIN = re.compile(r"https?://[^/?]*", re.IGNORECASE)
_ROOT = "/iclock/"
_SECRET_PARAMETERS = frozenset({"pushcommkey", "token"})


class Call(StrEnum):
    """What a terminal may call below `/iclock/`."""

    CDATA = "cdata"
    FDATA = "fdata"
    GETREQUEST = "getrequest"
    DEVICECMD = "devicecmd"
    PING = "ping"
    REGISTRY = "registry"
    PUSH = "push"
    QUERYDATA = "querydata"
    RTDATA = "rtdata"
    EXCHANGE = "exchange"
    UNKNOWN = "unknown"
    ELSEWHERE = "elsewhere"


_CALLS = {call.value: call for call in Call if call not in {Call.UNKNOWN, Call.ELSEWHERE}}


@dataclass(frozen=True, slots=True)
class Target:
    """A request target, read. `query` holds lower-case keys in the order sent, values without control characters.

    `serial` is the validated serial number in upper case, by which terminals are told apart; `serial_sent` is the same
    as it was sent, the only text of a request that may be echoed. Both are None where it is missing or malformed.
    """

    call: Call
    serial: str | None
    serial_sent: str | None
    query: tuple[tuple[str, str], ...] = field(repr=False)

    def first(self, key: str) -> str | None:
        """The first value of a parameter, whose name is compared without regard to case; None where absent."""
        wanted = key.lower()
        return next((value for name, value in self.query if name == wanted), None)

    @property
    def table(self) -> str:
        """The `table` parameter in lower case; empty where absent or not a plain name."""
        return self._name("table")

    @property
    def table_name(self) -> str:
        """The `tablename` parameter of a bulk upload in lower case; empty where absent or not a plain name."""
        return self._name("tablename")

    @property
    def archived(self) -> str:
        """The parameters as one line of text that may be kept: keys and tokens are left out."""
        return "&".join(f"{name}={value}" for name, value in self.query if name not in _SECRET_PARAMETERS)

    def _name(self, key: str) -> str:
        name = (self.first(key) or "").strip().lower()
        return name if _NAME.fullmatch(name) else ""


def is_serial(text: str) -> bool:
    """Whether a text has the form of a serial number: 4 to 32 of `A-Z a-z 0-9 . _ -`."""
    return _SERIAL.fullmatch(text) is not None


def parse_target(raw_target: bytes | str) -> Target:
    """Read a request target such as `/iclock/cdata.aspx?SN=...&table=ATTLOG`; never raises.

    Path and parameter names are compared without regard to case, `.aspx`, doubled and trailing slashes are ignored,
    blanks that old firmware leaves unencoded are kept, `+` stays a plus, and of a repeated parameter the first holds.
    """
    raw = raw_target.encode("utf-8", "replace") if isinstance(raw_target, str) else raw_target
    path, _, query = raw.partition(b"?")
    pairs = tuple(_pair(part) for part in query.split(b"&") if part.strip())
    sent = next((value.strip() for name, value in pairs if name == "sn"), "")
    serial = sent if is_serial(sent) else None
    return Target(
        call=_call(_unquoted(path)),
        serial=None if serial is None else serial.upper(),
        serial_sent=serial,
        query=pairs,
    )


def _pair(part: bytes) -> tuple[str, str]:
    name, _, value = part.partition(b"=")
    return _unquoted(name).strip().lower(), _unquoted(value)


def _unquoted(raw: bytes) -> str:
    return without_control(text_of(unquote_to_bytes(raw)))


def _call(path: str) -> Call:
    folded = re.sub("/{2,}", "/", _ORIGIN.sub("", path.strip(), count=1).lower())
    if not folded.startswith(_ROOT):
        return Call.ELSEWHERE
    name = folded.removeprefix(_ROOT).rstrip("/").removesuffix(".aspx")
    return _CALLS.get(name, Call.UNKNOWN)
