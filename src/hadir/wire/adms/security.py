"""The access-control dialect (3.x), recognised so that it is refused without losing anything, and not read yet."""

from dataclasses import dataclass

from hadir.wire.adms.handshake import parse_handshake
from hadir.wire.adms.reply import NOT_APPROVED, NOT_FOUND, REGISTRY_REFUSED, Reply, count_rows
from hadir.wire.adms.target import Call, Target

_CALLS = frozenset({Call.REGISTRY, Call.PUSH, Call.QUERYDATA, Call.RTDATA, Call.EXCHANGE})
_TABLES = frozenset({"rtlog", "rtstate", "tabledata"})


@dataclass(frozen=True, slots=True)
class SecurityPush:
    """A request of the access-control dialect; `rows` counts the filled lines that stay on the terminal."""

    call: Call
    table: str
    table_name: str
    rows: int


def is_security_push(target: Target) -> bool:
    """Whether a request shows by its path, its table or its own word that the terminal speaks the 3.x dialect.

    A table of the 2.x dialect is taken as what it is, whatever the terminal calls itself.
    """
    if target.call in _CALLS:
        return True
    if target.table:
        return target.call is Call.CDATA and target.table in _TABLES
    return target.call is Call.CDATA and parse_handshake(target).speaks_security_push


def security_push(target: Target, body: bytes) -> SecurityPush:
    """The request as far as it is read: its call, its table and the number of its rows."""
    return SecurityPush(target.call, target.table, target.table_name, count_rows(target.table, body))


def refusal(request: SecurityPush) -> Reply:
    """The reply that makes the terminal keep its rows and try again later; never a success that would drop them."""
    if request.call is Call.REGISTRY:
        return REGISTRY_REFUSED
    return NOT_FOUND if request.call is Call.EXCHANGE else NOT_APPROVED
