"""Shift and policy documents as they are stored: digests, and each distinct text parsed once in a process."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from json import dumps, loads
from typing import TYPE_CHECKING, Any

from hadir.rules import parse_policy, parse_shift

if TYPE_CHECKING:
    from hadir.rules import Policy, Shift

KEPT = 512


def digest_of(document: dict[str, Any]) -> str:
    """The digest of a document, whatever the order of its keys."""
    return sha256(dumps(document, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@lru_cache(KEPT)
def shift_of(text: str) -> Shift:
    """The shift that a stored document describes."""
    return parse_shift(loads(text))


@lru_cache(KEPT)
def policy_of(text: str) -> Policy:
    """The policy that a stored document describes."""
    return parse_policy(loads(text))
