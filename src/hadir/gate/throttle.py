"""Token buckets in memory, in a table of bounded size."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from hadir.gate.refusals import TooMany

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import timedelta

    from hadir.gate.settings import Rate

_SECOND = 1_000_000_000
_MOST_KEYS = 100_000


class Throttle:
    """Lets each key take `rate.burst` at once and `rate.per_second` on average.

    A bucket is one integer: the instant of the monotonic clock, in nanoseconds, at which it will be full again. Of more
    than `most` keys the longest unused is forgotten, which gives that key a full bucket and nobody else anything.
    """

    def __init__(self, rate: Rate, most: int = _MOST_KEYS) -> None:
        self._cost = _SECOND // rate.per_second
        self._depth = self._cost * rate.burst
        self._most = most
        self._full_at: OrderedDict[Hashable, int] = OrderedDict()

    def take(self, key: Hashable) -> None:
        """Take one token of the key; TooMany, and nothing taken, where its bucket is empty."""
        now = time.monotonic_ns()
        full_at = max(self._full_at.get(key, now), now) + self._cost
        self._refuse_beyond(full_at - now)
        self._full_at[key] = full_at
        self._full_at.move_to_end(key)
        if len(self._full_at) > self._most:
            self._full_at.popitem(last=False)

    def require(self, key: Hashable) -> None:
        """Refuse with TooMany where the key's bucket is empty, without taking from it."""
        now = time.monotonic_ns()
        self._refuse_beyond(self._full_at.get(key, now) + self._cost - now)

    def _refuse_beyond(self, missing: int) -> None:
        if missing > self._depth:
            raise TooMany(seconds=-(-(missing - self._depth) // _SECOND))


class Seldom:
    """Says of each key at most once in an interval that something is due; forgets the longest unused of too many."""

    def __init__(self, interval: timedelta, most: int = _MOST_KEYS) -> None:
        self._interval = round(interval.total_seconds() * _SECOND)
        self._most = most
        self._last: OrderedDict[Hashable, int] = OrderedDict()

    def is_due(self, key: Hashable) -> bool:
        """Say whether the interval has passed since this was last said of the key, and say so once."""
        now = time.monotonic_ns()
        if key in self._last and now - self._last[key] < self._interval:
            return False
        self._last[key] = now
        self._last.move_to_end(key)
        if len(self._last) > self._most:
            self._last.popitem(last=False)
        return True
