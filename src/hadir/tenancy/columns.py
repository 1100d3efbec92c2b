"""Many rows of the current government as columns: PostgreSQL's binary COPY, parsed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from psycopg import DatabaseError
from psycopg.errors import error_from_result

from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from psycopg import Copy, Error
    from psycopg.abc import Buffer
    from psycopg.pq.abc import PGconn

INT2, INT4, INT8, BOOL = "int2", "int4", "int8", "bool"
DATE, INSTANT = "date", "timestamptz"
_WIRE = {INT2: ">i2", INT4: ">i4", INT8: ">i8", BOOL: "?", DATE: ">i4", INSTANT: ">i8"}
_MICROSECONDS = np.dtype("datetime64[us]")
_EPOCH_DAYS = int(np.datetime64("2000-01-01").astype(np.int64))
_EPOCH_MICROSECONDS = _EPOCH_DAYS * 86_400_000_000
_HEAD = 19
_TRAILER = b"\xff\xff"
"""What PostgreSQL sends after the last row."""
_ENDS = (_TRAILER, b"PGCOPY\n\xff\r\n\0" + bytes(8) + _TRAILER)
"""It comes alone, or with the head where there is no row."""

Columns = dict[str, npt.NDArray[Any]]


class UnevenRowsError(ValueError):
    """A row of the answer has another width than its columns say: a NULL, or another type."""


def fetch_columns(select: str, given: Sequence[object], kinds: Mapping[str, str]) -> Columns:
    """Fetch the rows of a SELECT as one array per column.

    Args:
        select: the statement, with placeholders; row-level security applies to it as to any other.
        given: what fills the placeholders.
        kinds: name and PostgreSQL type of every column of the statement, in order. None may be NULL.

    Whole numbers come as int64, `bool` as bool, `date` as datetime64[D], `timestamptz` as datetime64[us] UTC.
    NoGovernment outside `acting_in`.
    """
    government_id()
    with connection.wrap_database_errors, connection.cursor() as cursor:
        statement = cursor.mogrify(f"COPY ({select}) TO STDOUT (FORMAT BINARY)", given)
        with cursor.copy(statement) as copy:
            raw = _drained(copy)
    return _parsed(raw, kinds)


def id_array(ids: npt.NDArray[np.int64]) -> str:
    """Ids as PostgreSQL's text of an array: for `= ANY(%s)`, where the driver would write thousands one by one."""
    return "{" + ",".join(map(str, ids.tolist())) + "}"


def _drained(copy: Copy) -> bytes:
    """The rows of a COPY as they lie in the connection's buffer: the driver's own loop wakes up anew for each."""
    connected = copy.connection.pgconn
    blocks: list[Buffer] = []
    block: Buffer = b""
    while block not in _ENDS:
        try:
            size, block = connected.get_copy_data(1)
        except DatabaseError as error:
            raise _told_by_server(connected) or error from None
        if not size:
            block = copy.read()
        blocks.append(block)
    copy.read()
    return b"".join(blocks)


def _told_by_server(connected: PGconn) -> Error | None:
    """What went wrong in the middle of an answer; afterwards the connection can be used again."""
    failed = None
    while result := connected.get_result():
        failed = failed or error_from_result(result)
    return failed


def _parsed(raw: bytes, kinds: Mapping[str, str]) -> Columns:
    fields: list[tuple[str, str]] = [("", ">i2")]
    for name, kind in kinds.items():
        fields += [(f"{name} length", ">i4"), (name, _WIRE[kind])]
    row = np.dtype([(name or "fields", code) for name, code in fields])
    count, rest = divmod(len(raw) - _HEAD - len(_TRAILER), row.itemsize)
    if rest:
        raise UnevenRowsError(f"{len(raw)} bytes are no whole number of rows of {row.itemsize}")
    table = np.frombuffer(raw, row, count, _HEAD)
    for name, kind in kinds.items():
        if (table[f"{name} length"] != np.dtype(_WIRE[kind]).itemsize).any():
            raise UnevenRowsError(f"column {name} is not {kind} in every row")
    return {name: _native(table[name], kind) for name, kind in kinds.items()}


def _native(column: npt.NDArray[Any], kind: str) -> npt.NDArray[Any]:
    if kind == BOOL:
        return column.astype(np.bool_)
    whole = column.astype(np.int64)
    if kind == DATE:
        return (whole + _EPOCH_DAYS).view("datetime64[D]")
    if kind == INSTANT:
        return (whole + _EPOCH_MICROSECONDS).view(_MICROSECONDS)
    return whole
