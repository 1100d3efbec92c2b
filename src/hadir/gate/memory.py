"""What the gate keeps in memory of the house: fences, revoked passes, terminals, open months; read anew often."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
from psycopg_pool import PoolTimeout

from hadir.kernel.clock import EPOCH
from hadir.kernel.fence import Circle

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from psycopg import AsyncConnection
    from psycopg_pool import AsyncConnectionPool

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_LOG = logging.getLogger(__name__)
_SOONEST = 1_000_000_000
_SITES = "SELECT government_id, id, latitude, longitude, radius FROM gate_site"
_REVOKED = "SELECT serial FROM accounts_revokedpass WHERE expires_at > now()"
_SPAN = "SELECT lower, upper FROM clocking_open_span()"
_TERMINALS = "SELECT serial, government_id, id, zone_minutes, networks FROM gate_terminal WHERE state = 'approved'"


@dataclass(frozen=True, slots=True)
class Terminal:
    """An approved terminal: whose it is, minutes east of UTC, and the networks it may speak from (none: any)."""

    government: int
    terminal: int
    zone_minutes: int
    networks: tuple[Network, ...]

    def may_speak_from(self, address: str) -> bool:
        """Say whether an address lies in one of the networks; an IPv4 address in IPv6 clothes is what it is."""
        parsed = ipaddress.ip_address(address)
        plain = getattr(parsed, "ipv4_mapped", None) or parsed
        return not self.networks or any(plain in network for network in self.networks)


@dataclass(frozen=True, slots=True)
class Facts:
    """One reading of the house."""

    circles: dict[tuple[int, int], Circle]
    revoked: frozenset[int]
    opens: datetime
    closes: datetime
    terminals: dict[str, Terminal]

    def is_open(self, at: datetime) -> bool:
        """Say whether an event of this instant has a partition to go to."""
        return self.opens <= at < self.closes

    def circles_of(self, government: int, sites: tuple[int, ...]) -> list[Circle]:
        """Return the fences of those of the sites that exist."""
        found = (self.circles.get((government, site)) for site in sites)
        return [circle for circle in found if circle is not None]


NOTHING = Facts({}, frozenset(), EPOCH, EPOCH, {})


class Memory:
    """Reads the facts again and again; where the database is silent the last reading stays in use."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection], polling: timedelta) -> None:
        self.facts = NOTHING
        self._pool = pool
        self._polling = polling
        self._read_at: int | None = None
        self._reading = asyncio.Lock()

    @property
    def is_fresh(self) -> bool:
        """Whether a reading succeeded within the last three pollings."""
        return self._read_at is not None and self._age < 3 * self._polling.total_seconds() * 1_000_000_000

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever read: a gate that started without its database."""
        return self._read_at is None

    async def keep_reading(self) -> None:
        """Read for ever."""
        while True:
            await self.read()
            await asyncio.sleep(self._polling.total_seconds())

    async def read(self) -> None:
        """Read now; a silent database is told to the log and leaves everything as it was."""
        try:
            async with self._pool.connection() as connection:
                self.facts = await _read_facts(connection)
        except (psycopg.Error, PoolTimeout) as error:
            _LOG.warning("The gate could not read its facts: %s", type(error).__name__)
        else:
            self._read_at = time.monotonic_ns()

    async def read_for(self, government: int, sites: tuple[int, ...]) -> None:
        """Read again, at most once a second, where a pass names a site that is not known yet."""
        if all((government, site) in self.facts.circles for site in sites):
            return
        async with self._reading:
            if self._read_at is None or self._age > _SOONEST:
                await self.read()

    @property
    def _age(self) -> int:
        return time.monotonic_ns() - (self._read_at or 0)


def _networks(written: list[str]) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(network, strict=False) for network in written)


async def _read_facts(connection: AsyncConnection) -> Facts:
    sites = await (await connection.execute(_SITES)).fetchall()
    revoked = await (await connection.execute(_REVOKED)).fetchall()
    span = await (await connection.execute(_SPAN)).fetchone()
    terminals = await (await connection.execute(_TERMINALS)).fetchall()
    opens, closes = span or (EPOCH, EPOCH)
    return Facts(
        circles={(government, site): Circle(site, *place) for government, site, *place in sites},
        revoked=frozenset(serial for (serial,) in revoked),
        opens=opens or EPOCH,
        closes=closes or EPOCH,
        terminals={
            serial.upper(): Terminal(government, number, minutes, _networks(networks))
            for serial, government, number, minutes, networks in terminals
        },
    )
