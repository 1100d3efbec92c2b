from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection

from hadir.accounts.models import Attempt
from hadir.accounts.refusals import TooManyAttempts
from hadir.accounts.secrets import keyed_digest
from hadir.kernel.clock import now
from hadir.kernel.zones import Zone
from hadir.platform.formats import time_text

if TYPE_CHECKING:
    from datetime import datetime

WINDOW = timedelta(minutes=15)
FOR_NAME = 8
# An office of hundreds shares one address, and on a Monday many of them mistype.
FOR_ADDRESS = 120
_IPV6_SITE = 64

_COUNT = """
INSERT INTO accounts_attempt AS held (key, failures, since) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
  failures = CASE WHEN held.since < %s THEN 1 ELSE held.failures + 1 END,
  since = CASE WHEN held.since < %s THEN excluded.since ELSE held.since END
"""


@dataclass(frozen=True, slots=True)
class Attempting:
    """Who tries to get in: a name, or what stands for one, and an address."""

    name: str
    address: str

    @property
    def limits(self) -> dict[bytes, int]:
        """The digests that failures are counted by, each with what it may hold."""
        place = _place(self.address)
        return {
            keyed_digest(b"attempt", f"{place} {self.name}"): FOR_NAME,
            keyed_digest(b"attempt", place): FOR_ADDRESS,
        }


def require_attempt(attempting: Attempting) -> None:
    """Refuse with TooManyAttempts, naming the time from which on it may be tried again."""
    limits = attempting.limits
    rows = Attempt.objects.filter(key__in=list(limits), since__gt=now() - WINDOW)
    full = [row.since for row in rows if row.failures >= limits[bytes(row.key)]]
    if full:
        raise _too_many(max(full) + WINDOW)


def note_failure(attempting: Attempting) -> None:
    """Count a failure, and forget those that are over."""
    at = now()
    Attempt.objects.filter(since__lt=at - WINDOW).delete()
    with connection.cursor() as cursor:
        # In one order everywhere, so that two who fail at once never wait for each other.
        for key in sorted(attempting.limits):
            cursor.execute(_COUNT, [key, at, at - WINDOW, at - WINDOW])


def forget_failures(attempting: Attempting) -> None:
    """Forget the failures of a name at an address, once it got in; those of the address stay."""
    name_key = next(iter(attempting.limits))
    Attempt.objects.filter(key=name_key).delete()


def _too_many(until: datetime) -> TooManyAttempts:
    # Shown before a government is known: the zone of the capital, named beside the time. Rounded up to the minute.
    later = until + timedelta(minutes=1)
    return TooManyAttempts(
        time=time_text(later, Zone.WIB), zone=Zone.WIB.name, seconds=int((until - now()).total_seconds()) + 1
    )


def _place(address: str) -> str:
    """Return what stands for an address: one household of IPv6 has as many addresses as it likes."""
    parsed = ipaddress.ip_address(address)
    if parsed.version == 4:  # noqa: PLR2004 - the version of the protocol
        return str(parsed)
    return str(ipaddress.ip_network(f"{parsed}/{_IPV6_SITE}", strict=False))
