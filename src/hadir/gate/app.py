"""The gate as an ASGI application: taps, selfies and terminals, in front of everything that is slow."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from psycopg_pool import AsyncConnectionPool

from hadir.gate.addresses import Addresses
from hadir.gate.columns import teach_columns
from hadir.gate.fleet import FleetLedger
from hadir.gate.gathering import Gatherer
from hadir.gate.http import Disconnected, Request, json_response, refusal_response
from hadir.gate.iclock import TerminalDoor
from hadir.gate.memory import Memory
from hadir.gate.refusals import UnknownAddress, WrongMethod
from hadir.gate.selfies import SelfieDoor
from hadir.gate.taps import TapDoor
from hadir.gate.throttle import Throttle
from hadir.kernel.clock import now, to_milliseconds
from hadir.kernel.keys import derive_keys
from hadir.kernel.nonces import make_nonce
from hadir.kernel.receipts import ReceiptKey
from hadir.kernel.refusals import Refusal
from hadir.kernel.text import to_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from psycopg import AsyncConnection

    from hadir.gate.http import Receive, Response, Scope, Send
    from hadir.gate.settings import GateSettings

_LOG = logging.getLogger(__name__)


def owns(path: str) -> bool:
    """Say whether a path is the gate's; config sends every other one to the house."""
    return path.startswith("/gate/") or path[:8].lower() == "/iclock/"


def create_app(settings: GateSettings) -> Gate:
    """Return the gate's ASGI application; its lifespan opens and closes what it holds."""
    return Gate(settings)


class Gate:
    """One gate process: a small pool, facts in memory, and a door for each path."""

    def __init__(self, settings: GateSettings) -> None:
        keys = derive_keys(settings.secret)
        self._nonce_key = keys.for_nonces
        self._receipt_key = ReceiptKey(keys.receipt_seed)
        self._addresses = Addresses(settings.trusted_proxies)
        self._asked = Throttle(settings.throttles.per_address)
        self._settings = settings
        self._pool = _pool_of(settings)
        self._memory = Memory(self._pool, settings.polling)
        self._gatherer = Gatherer(self._pool, settings.gathering)
        self._reading: asyncio.Task[None] | None = None
        taps = TapDoor(settings, keys, self._memory, self._gatherer)
        self._terminals = TerminalDoor(settings, self._memory, FleetLedger(self._pool))
        self._selfies = SelfieDoor(settings, keys, self._pool)
        self._routes: dict[str, dict[str, Callable[[Request], Awaitable[Response]]]] = {
            "/gate/tap": {"POST": taps.take},
            "/gate/selfie": {"POST": self._selfies.take},
            "/gate/nonce": {"GET": self._nonce},
            "/gate/keys": {"GET": self._keys},
            "/gate/health": {"GET": self._health},
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI scope."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            request = Request(scope, receive, self._addresses.of(scope))
            try:
                response = await self._respond(request)
            except Disconnected:
                return
            await response.send_by(send)

    async def start(self) -> None:
        """Open the pool and read the facts; a silent database delays neither, taps are refused until it speaks."""
        await self._pool.open(wait=False)
        await self._memory.read()
        self._reading = asyncio.create_task(self._memory.keep_reading())
        self._reading.add_done_callback(_tell_of_a_fault)

    async def stop(self) -> None:
        """Answer what came in, then close."""
        await self._gatherer.finish()
        await self._terminals.finish()
        self._selfies.finish()
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait([self._reading])
        await self._pool.close()

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            event = await receive()
            if event["type"] == "lifespan.startup":
                await self.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _respond(self, request: Request) -> Response:
        if request.scope["path"][:8].lower() == "/iclock/":
            return await self._terminals.take(request)
        try:
            methods = self._routes.get(request.scope["path"])
            if methods is None:
                raise UnknownAddress
            self._asked.take(request.address)
            door = methods.get(request.scope["method"])
            if door is None:
                raise WrongMethod(method=request.scope["method"])
            return await door(request)
        except Refusal as refusal:
            return refusal_response(refusal)

    async def _nonce(self, _request: Request) -> Response:
        at = now()
        return json_response({"nonce": to_text(make_nonce(self._nonce_key, at)), "now": to_milliseconds(at)})

    async def _keys(self, _request: Request) -> Response:
        key = self._receipt_key
        return json_response({"keys": [{"id": key.key_id.hex(), "ed25519": to_text(key.public)}]})

    async def _health(self, _request: Request) -> Response:
        is_healthy = self._memory.is_fresh
        return json_response({"healthy": is_healthy}, 200 if is_healthy else 503)


def _tell_of_a_fault(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (fault := task.exception()):
        _LOG.critical("The gate reads its facts no more", exc_info=fault)


def _pool_of(settings: GateSettings) -> AsyncConnectionPool[AsyncConnection]:
    """A pool whose commits are durable whatever the role's default, and that keeps a tap waiting only so long."""
    return AsyncConnectionPool(
        settings.dsn,
        min_size=settings.gathering.lanes,
        max_size=settings.gathering.lanes + 2,
        timeout=settings.patience.total_seconds(),
        open=False,
        configure=_configure,
        kwargs={"autocommit": True, "connect_timeout": max(2, round(settings.patience.total_seconds()))},
    )


async def _configure(connection: AsyncConnection) -> None:
    teach_columns(connection)
    await connection.execute("SET synchronous_commit = on")
