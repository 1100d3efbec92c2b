"""The one port of Hadir: taps and terminals go to the gate, everything else to the pages."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from a2wsgi import WSGIMiddleware

from hadir.config import gate
from hadir.config.wsgi import application
from hadir.gate.app import owns

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from hadir.gate.http import Receive, Scope, Send

PAGE_THREADS = int(os.environ.get("HADIR_PAGE_THREADS", "8"))


class Door:
    """An ASGI application that asks the gate first."""

    def __init__(self) -> None:
        self._gate = gate.app
        self._pages: Any = WSGIMiddleware(application, workers=PAGE_THREADS)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one ASGI scope on; the lifespan is the gate's."""
        if scope["type"] == "lifespan" or owns(scope["path"]):
            await self._gate(scope, receive, send)
        else:

            async def receive_as_coroutine() -> MutableMapping[str, Any]:
                # a2wsgi hands this to another thread, which takes coroutines only; granian's own is a bare awaitable.
                return await receive()

            await self._pages(scope, receive_as_coroutine, send)


app = Door()
