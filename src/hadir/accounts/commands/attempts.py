from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter
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
LONG_WINDOW = timedelta(hours=1)
FOR_NAME = 8
# An office of hundreds shares one address, and on a Monday many of them mistype.
FOR_ADDRESS = 120
# Whoever tries one name from many addresses is slowed as well; high, so that a stranger hardly locks out its owner.
FOR_NAME_ANYWHERE = 50
NOBODY = ""
"""What is tried names nobody, as a code does: its failures count for the address alone."""
_IPV6_SITE = 64

_COUNT = """
INSERT INTO accounts_attempt AS held (key, failures, since) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
  failures = CASE WHEN held.since < %s THEN 1 ELSE held.failures + 1 END,
  since = CASE WHEN held.since < %s THEN excluded.since ELSE held.since END
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many failures are let pass within a span that begins with the first of them."""

    most: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Attempting:
    """Who tries to get in: a name, what stands for one or NOBODY, and an address."""

    name: str
    address: str

    @property
    def limits(self) -> dict[bytes, Limit]:
        """The digests that failures are counted by, each with what it may hold and for how long."""
        place = _place(self.address)
        limits = {keyed_digest(b"attempt", place): Limit(FOR_ADDRESS, WINDOW)}
        if self.name != NOBODY:
            limits[self.key_here] = Limit(FOR_NAME, WINDOW)
            limits[keyed_digest(b"attempt anywhere", self.name)] = Limit(FOR_NAME_ANYWHERE, LONG_WINDOW)
        return limits

    @property
    def key_here(self) -> bytes:
        """The digest of the name at its address."""
        return keyed_digest(b"attempt", f"{_place(self.address)} {self.name}")


def require_attempt(attempting: Attempting) -> None:
    """Refuse with TooManyAttempts, naming the time from which on it may be tried again."""
    at, limits = now(), attempting.limits
    held = [(row, limits[bytes(row.key)]) for row in Attempt.objects.filter(key__in=list(limits))]
    over = [row.since + limit.within for row, limit in held if row.failures >= limit.most]
    if over and max(over) > at:
        raise too_many_until(max(over))


def note_failure(attempting: Attempting) -> None:
    """Count a failure, and forget those that are over."""
    at = now()
    Attempt.objects.filter(since__lt=at - LONG_WINDOW).delete()
    with connection.cursor() as cursor:
        # In one order everywhere, so that two who fail at once never wait for each other.
        for key, limit in sorted(attempting.limits.items(), key=itemgetter(0)):
            begun = at - limit.within
            cursor.execute(_COUNT, [key, at, begun, begun])


def forget_failures(attempting: Attempting) -> None:
    """Forget the failures of a name at an address, once it got in; those of the address and of elsewhere stay."""
    Attempt.objects.filter(key=attempting.key_here).delete()


def too_many_until(until: datetime) -> TooManyAttempts:
    """Return the refusal that names the time from which on it may be tried again."""
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
