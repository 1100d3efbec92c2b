"""Whose request it is: the peer, or behind a trusted proxy the client that the proxy names."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hadir.gate.http import Scope

UNKNOWN = "0.0.0.0"  # noqa: S104 - an address that is nobody's, not one to listen on


class Addresses:
    """Reads the client's address; X-Forwarded-For is believed only as far as trusted proxies wrote it."""

    def __init__(self, trusted_proxies: Iterable[str]) -> None:
        self._trusted = tuple(ipaddress.ip_network(network) for network in trusted_proxies)

    def of(self, scope: Scope) -> str:
        """Return the address of whoever asked."""
        peer: str = (scope.get("client") or (UNKNOWN, 0))[0]
        if not self._trusted or not self._is_trusted(peer):
            return peer if _is_address(peer) else UNKNOWN
        hops = [hop.strip() for name, value in scope["headers"] if name == b"x-forwarded-for" for hop in _hops(value)]
        for hop in reversed(hops):
            if not _is_address(hop):
                return UNKNOWN
            if not self._is_trusted(hop):
                return hop
        return hops[0] if hops else (peer if _is_address(peer) else UNKNOWN)

    def _is_trusted(self, address: str) -> bool:
        """A peer without an address came through a local socket, which only a proxy of this machine can open."""
        if not _is_address(address):
            return True
        parsed = ipaddress.ip_address(address)
        return any(parsed in network for network in self._trusted)


def _hops(value: bytes) -> list[str]:
    return value.decode("latin-1").split(",")


@lru_cache(maxsize=4096)
def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
