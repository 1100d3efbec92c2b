"""Columns of a statement as PostgreSQL's binary arrays.

A column knows its type, so that no element needs looking at: the driver's own lists cost several times as much for the
two dozen columns of a tap (docs/gate.md).
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from psycopg.adapt import Dumper
from psycopg.pq import Format
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from psycopg.abc import AdaptContext

_HEADER = struct.Struct(">iiIii")
_NULL = struct.pack(">i", -1)
_LENGTH = struct.Struct(">i")
_SMALL = struct.Struct(">ih")
_INTEGER = struct.Struct(">ii")
_LONG = struct.Struct(">iq")
_TRUE, _FALSE = struct.pack(">i?", 1, True), struct.pack(">i?", 1, False)
_POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_Value = TypeVar("_Value")


class Column(bytes):
    """An array in PostgreSQL's binary form; each subclass is the array of one type."""

    __slots__ = ()
    element: int
    array: int


class Flags(Column):
    """boolean[]"""  # noqa: D415 - the name of a type

    element, array = 16, 1000

    @classmethod
    def of(cls, values: Iterable[bool]) -> Flags:
        """Return the column of these values."""
        return _column(cls, values, lambda value: _TRUE if value else _FALSE)


class Blobs(Column):
    """bytea[]"""  # noqa: D415

    element, array = 17, 1001

    @classmethod
    def of(cls, values: Iterable[bytes | None]) -> Blobs:
        """Return the column of these values."""
        return _column(cls, values, lambda value: _LENGTH.pack(len(value)) + value)


class Longs(Column):
    """bigint[]"""  # noqa: D415

    element, array = 20, 1016

    @classmethod
    def of(cls, values: Iterable[int | None]) -> Longs:
        """Return the column of these values."""
        return _column(cls, values, lambda value: _LONG.pack(8, value))


class Smalls(Column):
    """smallint[]"""  # noqa: D415

    element, array = 21, 1005

    @classmethod
    def of(cls, values: Iterable[int | None]) -> Smalls:
        """Return the column of these values."""
        return _column(cls, values, lambda value: _SMALL.pack(2, value))


class Integers(Column):
    """integer[]"""  # noqa: D415

    element, array = 23, 1007

    @classmethod
    def of(cls, values: Iterable[int | None]) -> Integers:
        """Return the column of these values."""
        return _column(cls, values, lambda value: _INTEGER.pack(4, value))


class Texts(Column):
    """text[]"""  # noqa: D415

    element, array = 25, 1009

    @classmethod
    def of(cls, values: Iterable[str | None]) -> Texts:
        """Return the column of these values."""
        encoded = (None if value is None else value.encode() for value in values)
        return _column(cls, encoded, lambda value: _LENGTH.pack(len(value)) + value)


class Instants(Column):
    """timestamptz[]"""  # noqa: D415

    element, array = 1184, 1185

    @classmethod
    def of(cls, values: Iterable[datetime | None]) -> Instants:
        """Return the column of these values."""
        return _column(cls, values, lambda value: _LONG.pack(8, (value - _POSTGRES_EPOCH) // _MICROSECOND))


_C = TypeVar("_C", bound=Column)


def _column(kind: type[_C], values: Iterable[_Value | None], pack: Callable[[_Value], bytes]) -> _C:
    elements = [_NULL if value is None else pack(value) for value in values]
    return kind(_HEADER.pack(1, 1, kind.element, len(elements), 1) + b"".join(elements))


class _ColumnDumper(Dumper):
    format = Format.BINARY

    @override
    def dump(self, obj: Column) -> bytes:
        return obj


def teach_columns(context: AdaptContext) -> None:
    """Let a connection send columns as they are."""
    for kind in (Flags, Blobs, Longs, Smalls, Integers, Texts, Instants):
        dumper = type(f"{kind.__name__}Dumper", (_ColumnDumper,), {"oid": kind.array})
        context.adapters.register_dumper(kind, dumper)
