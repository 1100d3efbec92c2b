"""The first exchange after a terminal starts: what it says of itself, and the options it is given."""

from dataclasses import dataclass, field
from enum import StrEnum

from hadir.wire.adms.reply import Reply
from hadir.wire.adms.target import Target, is_serial

_SERVER_VERSION = "2.4.1"
_WEST_MOST, _EAST_MOST = -12, 14
_LONGEST_PERIOD_SECONDS = 600
_ASKED_OPTIONS = (
    "~DeviceName,FWVersion,~Platform,MAC,UserCount,~MaxUserCount,TransactionCount,~MaxAttLogCount,"
    "FingerFunOn,FPVersion,FPCount,FaceFunOn,FaceVersion,FaceCount,PIN2Width,StringPinFunOn"
)


class Backlog(StrEnum):
    """From where a terminal uploads its stored rows; a stamp is never taken from a request or kept as a watermark."""

    FROM_START = "None"
    CONTINUE = "9999"


@dataclass(frozen=True, slots=True)
class Handshake:
    """What a terminal says of itself in `cdata?options=all`; texts as sent, empty where it says nothing.

    `push_version` does not tell the dialect. `comm_key` is a secret to be compared and never written down.
    """

    push_version: str
    language: str
    device_type: str
    push_options_flag: str
    comm_key: str = field(repr=False)

    @property
    def speaks_security_push(self) -> bool:
        """Whether the terminal says itself that it speaks the access-control dialect (3.x)."""
        return self.device_type.strip().lower() == "acc"


def parse_handshake(target: Target) -> Handshake:
    """The handshake in a target; the order of parameters has no meaning and any may be absent."""
    return Handshake(
        push_version=target.first("pushver") or "",
        language=target.first("language") or "",
        device_type=target.first("devicetype") or "",
        push_options_flag=target.first("pushoptionsflag") or "",
        comm_key=target.first("pushcommkey") or "",
    )


def handshake_reply(
    serial: str, zone_hours: int, *, backlog: Backlog = Backlog.CONTINUE, poll_seconds: int = 10
) -> Reply:
    """The options of an attendance terminal (2.x), every line ended by LF as the terminal's reader demands.

    Args:
        serial: the validated serial number as the terminal sent it, the only word of a request that is repeated.
        zone_hours: the terminal's zone in whole hours east of Greenwich (7 WIB, 8 WITA, 9 WIT): by it and the `Date`
            header it sets its clock.
        backlog: whether stored rows are wanted from the first on, as after approval, or only new ones.
        poll_seconds: how often it asks for commands.

    Only punches and the operation log are asked for: what this server would have to throw away is not requested.

    Raises:
        ValueError: a serial, zone or period outside its range; these come from the caller, never from a request.
    """
    if not is_serial(serial):
        raise ValueError("The serial number is malformed.")
    if not _WEST_MOST <= zone_hours <= _EAST_MOST:
        raise ValueError("A zone lies between -12 and 14 whole hours.")
    if not 1 <= poll_seconds <= _LONGEST_PERIOD_SECONDS:
        raise ValueError("A terminal polls every 1 to 600 seconds.")
    lines = _lines(serial, zone_hours, backlog, poll_seconds)
    return Reply(200, "".join(f"{line}\n" for line in lines).encode("ascii"))


def _lines(serial: str, zone_hours: int, backlog: Backlog, poll_seconds: int) -> tuple[str, ...]:
    return (
        f"GET OPTION FROM: {serial}",
        f"ATTLOGStamp={backlog.value}",
        f"OPERLOGStamp={backlog.value}",
        f"ATTPHOTOStamp={Backlog.CONTINUE.value}",
        "ErrorDelay=30",
        f"Delay={poll_seconds}",
        "TransTimes=00:00;14:05",
        "TransInterval=1",
        "TransFlag=TransData AttLog\tOpLog",
        f"TimeZone={zone_hours}",
        "Realtime=1",
        "Encrypt=None",
        f"ServerVer={_SERVER_VERSION}",
        f"PushProtVer={_SERVER_VERSION}",
        "PushOptionsFlag=1",
        f"PushOptions={_ASKED_OPTIONS}",
        "SupportPing=1",
    )
