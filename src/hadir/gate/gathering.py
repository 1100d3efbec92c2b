"""Taps wait a few milliseconds for their neighbours and go to the ledger together."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING

import psycopg
from psycopg_pool import PoolTimeout

from hadir.gate import ledger
from hadir.gate.refusals import NotStored
from hadir.kernel.receipts import Reason

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from psycopg import AsyncConnection
    from psycopg_pool import AsyncConnectionPool

    from hadir.gate.ledger import Entry, Kept
    from hadir.gate.settings import Gathering

    Write = Callable[[AsyncConnection, Sequence[Entry]], Awaitable[list[Kept]]]
    Waiting = tuple[Entry, asyncio.Future[Kept]]

_LOG = logging.getLogger(__name__)


class Gatherer:
    """Gathers taps for the window, runs at most `lanes` statements at once, answers each tap once it is committed."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection], settings: Gathering) -> None:
        self._pool = pool
        self._most = settings.most
        self._lanes = settings.lanes
        self._longest_queue = settings.waiting
        self._window = settings.window.total_seconds()
        self._waiting: deque[Waiting] = deque()
        self._running: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None

    async def keep(self, entry: Entry) -> Kept:
        """Return once the tap is durable; NotStored where it could not be made so."""
        if len(self._waiting) >= self._longest_queue:
            raise NotStored
        loop = asyncio.get_running_loop()
        kept: asyncio.Future[Kept] = loop.create_future()
        self._waiting.append((entry, kept))
        if len(self._waiting) >= self._most:
            self._depart()
        elif self._timer is None:
            self._timer = loop.call_later(self._window, self._depart)
        return await kept

    async def finish(self) -> None:
        """Wait until every tap that came in is answered."""
        while self._waiting or self._running:
            self._depart()
            await asyncio.wait(self._running)

    def _depart(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._waiting or len(self._running) >= self._lanes:
            return
        batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        task = asyncio.get_running_loop().create_task(self._store(batch))
        self._running.add(task)
        task.add_done_callback(self._arrive)

    def _arrive(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._depart()

    async def _store(self, batch: Sequence[Waiting]) -> None:
        for is_parked in (False, True):
            part = [each for each in batch if (each[0].judgement.reason is Reason.PARKED) is is_parked]
            if part:
                await self._store_alike(part, ledger.park if is_parked else ledger.record)

    async def _store_alike(self, batch: Sequence[Waiting], write: Write) -> None:
        try:
            kept = await self._write_durably([entry for entry, _ in batch], write)
        except (psycopg.OperationalError, PoolTimeout) as error:
            _refuse(batch, error)
        except psycopg.Error as error:
            if len(batch) == 1:
                _refuse(batch, error)
                return
            for each in batch:  # one row that the database will not have must not hold up its neighbours
                await self._store_alike([each], write)
        else:
            for (_, answer), what in zip(batch, kept, strict=True):
                if not answer.done():
                    answer.set_result(what)

    async def _write_durably(self, entries: Sequence[Entry], write: Write) -> list[Kept]:
        try:
            async with self._pool.connection() as connection:
                return await write(connection, entries)
        except psycopg.OperationalError:  # a connection that died while idle; a repeat stores nothing twice
            async with self._pool.connection() as connection:
                return await write(connection, entries)


def _refuse(batch: Sequence[Waiting], error: Exception) -> None:
    _LOG.error("%d taps could not be stored: %s", len(batch), type(error).__name__)
    for _, answer in batch:
        if not answer.done():
            answer.set_exception(NotStored())
