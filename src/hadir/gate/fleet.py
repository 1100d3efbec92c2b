"""What the gate writes down of terminals: uploads of approved ones, sightings, and that strangers spoke."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg_pool import PoolTimeout

from hadir.gate.refusals import NotStored

if TYPE_CHECKING:
    from datetime import datetime

    from psycopg import AsyncConnection
    from psycopg_pool import AsyncConnectionPool

    from hadir.gate.memory import Terminal

_LOG = logging.getLogger(__name__)

_KEEP = """
INSERT INTO terminals_rawmessage
    (government_id, terminal_id, received, path, query, table_name, body, sha256)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
_HAS_SENT = """
SELECT EXISTS (
    SELECT FROM terminals_rawmessage message
    JOIN gate_terminal terminal ON terminal.government_id = message.government_id AND terminal.id = message.terminal_id
    WHERE message.government_id = %s AND message.terminal_id = %s
        AND message.table_name = 'attlog' AND message.received >= terminal.approved_at)
"""
_SIGHT = """
INSERT INTO terminals_seen (government_id, terminal_id, last_seen, address)
VALUES (%(government)s, %(terminal)s, %(at)s, %(address)s)
ON CONFLICT (government_id, terminal_id) DO UPDATE SET last_seen = %(at)s, address = %(address)s
"""
_MEET = """
INSERT INTO terminals_contact AS contact (serial, first_seen, last_seen, address, options, dialect)
VALUES (%(serial)s, %(at)s, %(at)s, %(address)s, %(options)s, %(dialect)s)
ON CONFLICT (serial) DO UPDATE SET last_seen = %(at)s, address = %(address)s,
    options = coalesce(nullif(%(options)s, ''), contact.options),
    dialect = coalesce(nullif(%(dialect)s, ''), contact.dialect)
"""


@dataclass(frozen=True, slots=True)
class Upload:
    """A body as it may be kept, with what is needed to read it later."""

    received: datetime
    path: str
    query: str
    table: str
    body: bytes
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Contact:
    """Words of a terminal that is not approved, or not from where it spoke."""

    serial: str
    at: datetime
    address: str
    options: str
    dialect: str


class FleetLedger:
    """Writes one statement at a time, each durable by itself."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection]) -> None:
        self._pool = pool

    async def keep(self, terminal: Terminal, upload: Upload) -> None:
        """Keep an upload durably, a repeat once; NotStored where that fails, so that the terminal keeps its rows."""
        await self._execute(
            _KEEP,
            [
                terminal.government,
                terminal.terminal,
                upload.received,
                upload.path,
                upload.query,
                upload.table,
                upload.body,
                upload.sha256,
            ],
        )

    async def has_sent_punches(self, terminal: Terminal) -> bool:
        """Say whether punches of this terminal came since it was approved; NotStored where nobody can say."""
        return bool(await self._execute(_HAS_SENT, [terminal.government, terminal.terminal]))

    async def note_sighting(self, terminal: Terminal, at: datetime, address: str) -> None:
        """Write down that a terminal lives; a failure is told to the log and mended by the next sighting."""
        try:
            await self._execute(
                _SIGHT,
                {"government": terminal.government, "terminal": terminal.terminal, "at": at, "address": address},
            )
        except NotStored:
            _LOG.warning("A sighting of a terminal was not written down")

    async def note_contact(self, contact: Contact) -> None:
        """Write down that a stranger spoke; NotStored where that fails."""
        await self._execute(
            _MEET,
            {
                "serial": contact.serial,
                "at": contact.at,
                "address": contact.address,
                "options": contact.options,
                "dialect": contact.dialect,
            },
        )

    async def _execute(self, statement: str, values: Any) -> Any:
        """Run a statement, once more where its connection died while idle; return the first value of its answer."""
        try:
            try:
                return await self._try(statement, values)
            except psycopg.OperationalError:
                return await self._try(statement, values)
        except (psycopg.Error, PoolTimeout) as error:
            _LOG.error("Nothing of a terminal could be stored: %s", type(error).__name__)
            raise NotStored from error

    async def _try(self, statement: str, values: Any) -> Any:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(statement, values)
            row = await cursor.fetchone() if cursor.description else None
            return row[0] if row else None
