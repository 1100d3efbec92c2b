"""What a terminal is answered: always `text/plain`, never HTML, never a redirect."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from hadir.wire.adms.lines import filled_lines
from hadir.wire.adms.redaction import PHOTO_TABLES

CONTENT_TYPE = "text/plain"
_PLAIN_OK = b"OK"
_UNCOUNTED_TABLES = frozenset({"", "options"}) | PHOTO_TABLES


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP status and a body; the caller adds `Content-Type: text/plain`, `Content-Length` and `Date`."""

    status: int
    body: bytes


# A terminal takes a body that begins with UN or RETRY for a refusal, and one that holds OK anywhere for a success.
ACCEPTED = Reply(200, _PLAIN_OK)
NOT_APPROVED = Reply(403, b"UNAUTHORIZED\n")
REGISTRY_REFUSED = Reply(406, b"UNSUPPORTED\n")
NOT_FOUND = Reply(404, b"NOT FOUND\n")
TOO_LARGE = Reply(413, b"TOO LARGE\n")
TOO_MANY = Reply(429, b"RETRY\n")
NOT_STORED = Reply(503, b"RETRY\n")


def count_rows(table: str, body: bytes) -> int:
    """Rows of a body to acknowledge: every line that holds anything, readable or not; a photo's body is one row."""
    if table.lower() in PHOTO_TABLES:
        return 1 if body else 0
    return sum(1 for _ in filled_lines(body))


def acknowledgement(table: str, body: bytes) -> Reply:
    """The reply that lets a terminal forget an upload on `cdata`: `OK: n`, or `OK` where there is nothing to count."""
    if table.lower() in _UNCOUNTED_TABLES:
        return ACCEPTED
    rows = count_rows(table, body)
    return Reply(200, b"OK: %d" % rows) if rows else ACCEPTED


def time_reply(now: datetime, zone_hours: int) -> Reply:
    """The reply to `cdata?type=time`: the aware instant `now` as wall time of a zone of whole hours."""
    wall = now.astimezone(timezone(timedelta(hours=zone_hours)))
    return Reply(200, b"Time=%s" % wall.isoformat(timespec="seconds").encode("ascii"))
