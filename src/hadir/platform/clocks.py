import socket
import struct
import urllib.request
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import psycopg

from hadir.kernel.clock import now

NTP_PORT = 123
NTP_EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
NTP_ASK = b"\x1b" + 47 * b"\0"  # version 3, client
PATIENCE = 5
TOLERANCE = timedelta(seconds=2)
"""What a clock may differ from another before somebody should be told."""


def ahead_of_database(connection: psycopg.Connection) -> timedelta:
    """How far this machine's clock is ahead of the database server's, half the way of the question allowed for."""
    asked = now()
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    answered = now()
    assert row is not None
    told: datetime = row[0]
    return asked + (answered - asked) / 2 - told


def ahead_of_https(url: str) -> timedelta:
    """How far this machine's clock is ahead of a web server's, to the second that its Date header tells.

    Raises:
        OSError: The server does not answer, or tells no date.
    """
    request = urllib.request.Request(url, method="HEAD")  # noqa: S310 - the administrator gave it
    asked = now()
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        told: str | None = answer.headers.get("Date")
    if not told:
        raise OSError(f"{url} tells no date")
    # The header is cut to the second: on average half a second is missing.
    return asked + (now() - asked) / 2 - parsedate_to_datetime(told) - timedelta(milliseconds=500)


def ahead_of_ntp(host: str) -> timedelta:
    """How far this machine's clock is ahead of a time server's (SNTP, RFC 4330).

    Raises:
        OSError: The server does not answer as one.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(PATIENCE)
        asked = now()
        asking.sendto(NTP_ASK, (host, NTP_PORT) if ":" not in host else _split(host))
        said, _address = asking.recvfrom(1024)
        answered = now()
    if len(said) < len(NTP_ASK):
        raise OSError(f"{host} does not answer as a time server does")
    whole, part = struct.unpack("!II", said[40:48])
    told = NTP_EPOCH + timedelta(seconds=whole, microseconds=part * 1_000_000 >> 32)
    return asked + (answered - asked) / 2 - told


def _split(host: str) -> tuple[str, int]:
    name, _colon, port = host.rpartition(":")
    return name, int(port)
