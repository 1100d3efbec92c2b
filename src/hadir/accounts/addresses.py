"""Where a request came from, read the same way as the gate reads it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from hadir.gate.addresses import Addresses

if TYPE_CHECKING:
    from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the peer's address, or behind a trusted proxy the one that the proxy names."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    headers = [(b"x-forwarded-for", forwarded.encode("latin-1", "replace"))] if forwarded else []
    return _reader().of({"client": (request.META.get("REMOTE_ADDR", ""), 0), "headers": headers})


@lru_cache(maxsize=1)
def _reader() -> Addresses:
    return Addresses(settings.HADIR_TRUSTED_PROXIES)
