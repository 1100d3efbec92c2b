"""HTTP as the gate speaks it: just enough over ASGI, no framework between the socket and the tap."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from hadir.gate.refusals import NotStored, TooLarge, TooMany

if TYPE_CHECKING:
    from hadir.kernel.refusals import Refusal

Scope: TypeAlias = MutableMapping[str, Any]
Event: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Event]]
Send: TypeAlias = Callable[[Event], Awaitable[None]]

_JSON = (
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)
_ENCODER = json.JSONEncoder(separators=(",", ":"))
_RETRY_SECONDS = 5


class Disconnected(Exception):  # noqa: N818 - an outcome, not an error
    """The sender went away before its request was whole; nobody waits for an answer."""


@dataclass(slots=True)
class Response:
    """Status, body and headers of an answer."""

    status: int
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...] = _JSON

    async def send_by(self, send: Send) -> None:
        """Send it whole, with its length."""
        length = (b"content-length", str(len(self.body)).encode())
        await send({"type": "http.response.start", "status": self.status, "headers": [*self.headers, length]})
        await send({"type": "http.response.body", "body": self.body})


class Request:
    """One request; `headers` are by lower-case name, `address` is the client's, behind trusted proxies too."""

    __slots__ = ("address", "headers", "receive", "scope")

    def __init__(self, scope: Scope, receive: Receive, address: str) -> None:
        self.scope = scope
        self.receive = receive
        self.address = address
        self.headers: dict[bytes, bytes] = dict(scope["headers"])

    def header(self, name: bytes) -> str:
        """One header as text, empty where it is missing."""
        return self.headers.get(name, b"").decode("latin-1")

    async def read(self, limit: int) -> bytes:
        """Return the whole body; TooLarge as soon as it is known to exceed `limit` bytes."""
        announced = self.headers.get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > limit:
            raise TooLarge(limit=limit)
        parts: list[bytes] = []
        size = 0
        while True:
            event = await self.receive()
            if event["type"] != "http.request":
                raise Disconnected
            part = event.get("body", b"")
            size += len(part)
            if size > limit:
                raise TooLarge(limit=limit)
            parts.append(part)
            if not event.get("more_body", False):
                return b"".join(parts)


def json_response(content: object, status: int = 200) -> Response:
    """Return content as compact JSON."""
    return Response(status, _ENCODER.encode(content).encode())


def refusal_response(refusal: Refusal) -> Response:
    """Return a refusal as JSON, with the time to wait where waiting helps."""
    response = json_response(refusal.as_dict(), refusal.status)
    if isinstance(refusal, TooMany | NotStored):
        seconds = refusal.data.get("seconds", _RETRY_SECONDS)
        response.headers += ((b"retry-after", str(seconds).encode()),)
    return response
