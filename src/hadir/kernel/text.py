"""Bytes as text that fits in a header, a JSON string or an address: base64url without padding."""

from __future__ import annotations

import base64
import binascii
import re

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")


def to_text(raw: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def from_text(text: str) -> bytes | None:
    """Return the bytes of base64url without padding, or None where the text is not exactly what to_text writes."""
    if _ALPHABET.fullmatch(text) is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        return None
    return raw if text.endswith(to_text(raw[len(raw) // 3 * 3 :])) else None  # the last bits could differ unseen
