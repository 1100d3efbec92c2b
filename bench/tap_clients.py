"""Phones of the bench: keep-alive connections that send taps signed beforehand and time each answer.

Run as its own process, so that the load does not share the gate's interpreter:
`python -m bench.tap_clients PORT CLIENTS < requests > answers`, both framed by a big-endian u32 length.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import cast

from typing_extensions import override

from bench.frames import read_frames

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length: "


@dataclass
class Tally:
    """What came of the taps: how many answers of each status, how long each took, and when all were done."""

    waiting: deque[bytes]
    open_clients: int
    done: asyncio.Future[None]
    statuses: dict[int, int] = field(default_factory=dict)
    nanoseconds: list[int] = field(default_factory=list)

    def note(self, status: int, took: int) -> None:
        """Count one answer."""
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.nanoseconds.append(took)

    def leave(self) -> None:
        """Count one client that has nothing left to send."""
        self.open_clients -= 1
        if not self.open_clients and not self.done.done():
            self.done.set_result(None)


class Phone(asyncio.Protocol):
    """One connection: sends a tap, waits for the whole answer, sends the next."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._answer = b""
        self._sent_at = 0
        self._transport: asyncio.Transport

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def send_next(self) -> None:
        """Send the next tap, or leave where there is none."""
        if not self._tally.waiting:
            self._transport.close()
            self._tally.leave()
            return
        self._sent_at = time.perf_counter_ns()
        self._transport.write(self._tally.waiting.popleft())

    @override
    def data_received(self, data: bytes) -> None:
        self._answer += data
        head = self._answer.find(_HEAD_END)
        if head < 0:
            return
        start = self._answer.lower().index(_LENGTH) + len(_LENGTH)
        length = int(self._answer[start : self._answer.index(b"\r", start)])
        if len(self._answer) < head + len(_HEAD_END) + length:
            return
        self._tally.note(int(self._answer[9:12]), time.perf_counter_ns() - self._sent_at)
        self._answer = b""
        self.send_next()


async def tap_away(port: int, clients: int, requests: list[bytes]) -> dict[str, object]:
    """Send all requests through that many connections; return statuses, seconds and percentiles."""
    loop = asyncio.get_running_loop()
    tally = Tally(deque(requests), clients, loop.create_future())
    phones = [(await loop.create_connection(lambda: Phone(tally), "127.0.0.1", port))[1] for _ in range(clients)]
    began = time.perf_counter_ns()
    for phone in phones:
        phone.send_next()
    await tally.done
    seconds = (time.perf_counter_ns() - began) / 1e9
    ordered = sorted(tally.nanoseconds)
    return {
        "statuses": tally.statuses,
        "seconds": seconds,
        "p50_ms": ordered[len(ordered) // 2] / 1e6,
        "p99_ms": ordered[len(ordered) * 99 // 100] / 1e6,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(tap_away(int(sys.argv[1]), int(sys.argv[2]), read_frames(sys.stdin.buffer)))))
