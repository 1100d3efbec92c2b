"""Columns of a statement as PostgreSQL's binary arrays.

A column knows its type, so that no element needs looking at: the driver's own lists cost several times as much for the
two dozen columns of a tap (docs/gate.md).
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

from psycopg.adapt import Dumper
from psycopg.pq import Format
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from psycopg.abc import AdaptContext

_HEADER = struct.Struct(">iiIii")
_LENGTH = struct.Struct(">i")
_NULL = _LENGTH.pack(-1)
_SMALL = struct.Struct(">ih").pack
_INTEGER = struct.Struct(">ii").pack
_LONG = struct.Struct(">iq").pack
_BOOLEANS = {value: struct.pack(">i?", 1, value) for value in (False, True)}
_POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Column(bytes):
    """An array in PostgreSQL's binary form; each subclass is the array of one type, whose numbers these are."""

    __slots__ = ()
    element: int
    array: int

    @classmethod
    def _of(cls, elements: Sequence[bytes]) -> Self:
        return cls(_HEADER.pack(1, 1, cls.element, len(elements), 1) + b"".join(elements))


class Flags(Column):
    """The type boolean[]."""

    element, array = 16, 1000

    @classmethod
    def of(cls, values: Iterable[bool]) -> Self:
        """Return the column of these values."""
        return cls._of([_BOOLEANS[value] for value in values])


class Blobs(Column):
    """The type bytea[]."""

    element, array = 17, 1001

    @classmethod
    def of(cls, values: Sequence[bytes | None]) -> Self:
        """Return the column of these values."""
        return cls._of([_NULL if value is None else _LENGTH.pack(len(value)) + value for value in values])


class Longs(Column):
    """The type bigint[]."""

    element, array = 20, 1016

    @classmethod
    def of(cls, values: Sequence[int | None]) -> Self:
        """Return the column of these values."""
        return cls._of(_numbers(_LONG, 8, values))


class Smalls(Column):
    """The type smallint[]."""

    element, array = 21, 1005

    @classmethod
    def of(cls, values: Sequence[int | None]) -> Self:
        """Return the column of these values."""
        return cls._of(_numbers(_SMALL, 2, values))


class Integers(Column):
    """The type integer[]."""

    element, array = 23, 1007

    @classmethod
    def of(cls, values: Sequence[int | None]) -> Self:
        """Return the column of these values."""
        return cls._of(_numbers(_INTEGER, 4, values))


class Texts(Column):
    """The type text[]."""

    element, array = 25, 1009

    @classmethod
    def of(cls, values: Sequence[str]) -> Self:
        """Return the column of these values."""
        encoded = [value.encode() for value in values]
        return cls._of([_LENGTH.pack(len(value)) + value for value in encoded])


class Instants(Column):
    """The type timestamptz[]."""

    element, array = 1184, 1185

    @classmethod
    def of(cls, values: Sequence[datetime | None]) -> Self:
        """Return the column of these values."""
        counts = [None if value is None else (value - _POSTGRES_EPOCH) // _MICROSECOND for value in values]
        return cls._of(_numbers(_LONG, 8, counts))


def _numbers(pack: Callable[[int, int], bytes], size: int, values: Sequence[int | None]) -> list[bytes]:
    return [_NULL if value is None else pack(size, value) for value in values]


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
