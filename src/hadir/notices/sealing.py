"""Letters may hold a way in, so the outbox keeps them encrypted with a key that the database does not have."""

from __future__ import annotations

import json
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE_BYTES = 12


def seal(subject: str, body: str) -> bytes:
    """Return a letter that only this installation can open."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(_key()).encrypt(nonce, json.dumps([subject, body]).encode(), None)


def unseal(content: bytes) -> tuple[str, str]:
    """Return subject and body of a sealed letter."""
    subject, body = json.loads(AESGCM(_key()).decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], None))
    return subject, body


def _key() -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"hadir outbox aes-gcm 1")
    return derivation.derive(settings.HADIR_SECRET)
