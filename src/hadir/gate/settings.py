"""What a gate must be told; everything else it reads from the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from hadir.kernel.fence import ACCURACY_CAP

if TYPE_CHECKING:
    from hadir.kernel.photos import PhotoStore


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a second on average, and so many at once."""

    per_second: int
    burst: int


@dataclass(frozen=True, slots=True)
class Throttles:
    """How much one pass, address or terminal may ask.

    A whole office, and many customers of one mobile network, share an address: only failures are counted strictly.
    `contacts` bounds how many strangers among the terminals are written down, wherever they come from.
    """

    per_pass: Rate = Rate(2, 60)
    per_address: Rate = Rate(500, 5_000)
    failures: Rate = Rate(1, 30)
    per_terminal: Rate = Rate(10, 200)
    contacts: Rate = Rate(5, 500)


@dataclass(frozen=True, slots=True)
class Gathering:
    """How taps wait for their neighbours: at most `window`, `most` rows in a statement, `lanes` statements at once."""

    window: timedelta = timedelta(milliseconds=4)
    most: int = 256
    lanes: int = 2
    waiting: int = 10_000


@dataclass(frozen=True, slots=True)
class GateSettings:
    """Settings of one gate process.

    `secret` is the installation's secret (kernel.keys); `trusted_proxies` are networks in CIDR notation whose
    X-Forwarded-For is believed; `lag` is how late after its own time a tap may arrive and still count without review;
    `polling` is how old a fence, a revocation or a terminal's approval may be,
    `sightings` how often it is written down that a terminal lives.
    """

    dsn: str
    secret: bytes = field(repr=False)
    photos: PhotoStore
    throttles: Throttles = Throttles()
    gathering: Gathering = Gathering()
    trusted_proxies: tuple[str, ...] = ()
    polling: timedelta = timedelta(seconds=5)
    sightings: timedelta = timedelta(minutes=1)
    patience: timedelta = timedelta(seconds=3)
    leeway: timedelta = timedelta(seconds=5)
    lag: timedelta = timedelta(minutes=15)
    accuracy_cap: int = ACCURACY_CAP
    largest_selfie: int = 2 * 1024 * 1024
    largest_upload: int = 10 * 1024 * 1024
