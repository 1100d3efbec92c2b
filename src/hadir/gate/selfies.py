"""`POST /gate/selfie`: the photo that was announced with a tap, checked against the receipt alone."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import psycopg
from psycopg_pool import PoolTimeout

from hadir.gate.http import Request, Response, json_response
from hadir.gate.refusals import NotAnImage, NotStored, ReceiptRefused, SelfieMismatch
from hadir.gate.throttle import Throttle
from hadir.kernel.clock import now
from hadir.kernel.photos import PhotoStoreUnavailable, sniff
from hadir.kernel.receipts import Reason, ReceiptKey

if TYPE_CHECKING:
    from psycopg import AsyncConnection
    from psycopg_pool import AsyncConnectionPool

    from hadir.gate.settings import GateSettings
    from hadir.kernel.keys import Keys
    from hadir.kernel.receipts import Receipt

_LOG = logging.getLogger(__name__)

# A store far away that hangs may hold up photos, never the terminals, which the usual threads serve.
_WRITERS = 16

_RECORD = """
INSERT INTO clocking_photo (government_id, at, event_id, received, size) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""


class SelfieDoor:
    """Takes the photos of taps; an image is kept first and noted second, so that a note never lacks its image."""

    def __init__(self, settings: GateSettings, keys: Keys, pool: AsyncConnectionPool[AsyncConnection]) -> None:
        self._reader = ReceiptKey(keys.receipt_seed).reader
        self._store = settings.photos
        self._writers = ThreadPoolExecutor(_WRITERS, thread_name_prefix="photos")
        self._pool = pool
        self._largest = settings.largest_selfie
        self._failures = Throttle(settings.throttles.failures)
        self._taps = Throttle(settings.throttles.per_pass)

    async def take(self, request: Request) -> Response:
        """Keep the photo of the receipt's tap; a repeat is answered alike and changes nothing."""
        receipt = self._authenticate(request)
        image = await request.read(self._largest)
        if sniff(image) is None:
            raise NotAnImage
        if hashlib.sha256(image).digest() != receipt.selfie:
            raise SelfieMismatch
        await self._keep(receipt, image)
        return json_response({"id": receipt.tap.hex(), "size": len(image)})

    def _authenticate(self, request: Request) -> Receipt:
        self._failures.require(request.address)
        receipt = self._reader.read(request.header(b"hadir-receipt"))
        if receipt is None:
            self._failures.take(request.address)
            raise ReceiptRefused
        self._taps.take(receipt.tap)
        return receipt

    async def _keep(self, receipt: Receipt, image: bytes) -> None:
        try:
            put = partial(self._store.put, receipt.government, receipt.tap, image)
            await asyncio.get_running_loop().run_in_executor(self._writers, put)
            if receipt.reason is Reason.PARKED:  # its month has no partition; who admits the tap looks in the store
                return
            row = (receipt.government, receipt.at, receipt.tap, now(), len(image))
            async with self._pool.connection() as connection:
                await connection.execute(_RECORD, row)
        except PhotoStoreUnavailable as refusal:
            _LOG.error("A photo is not stored: %s", refusal)
            raise NotStored from refusal
        except (psycopg.Error, PoolTimeout, OSError) as error:
            raise NotStored from error

    def finish(self) -> None:
        """Give the writers' threads back; nobody waits for them any more."""
        self._writers.shutdown(wait=False)
