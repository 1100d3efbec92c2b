"""Bytes as text that fits in a header, a JSON string or an address: base64url without padding."""

from __future__ import annotations

import base64
import binascii


def to_text(raw: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def from_text(text: str) -> bytes | None:
    """Return the bytes of base64url without padding, or None where the text is not exactly what to_text writes."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    tail = raw[len(raw) // 3 * 3 :]
    return raw if text.endswith(to_text(tail)) else None
