"""Codes that let somebody in once, and the keyed digests that are all the database learns of them."""

from __future__ import annotations

import hmac
import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# Without 0 O 1 I L U V 5 S, which a slip read in poor light confuses: 27 signs, ten of them about 47 bits.
ALPHABET = "2346789ABCDEFGHJKMNPQRTWXYZ"
CODE_LENGTH = 10
_HALF = CODE_LENGTH // 2
_LINK_BYTES = 24


def make_code() -> str:
    """Return ten signs to be typed from a slip."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def make_link_code() -> str:
    """Return the code of a link, which nobody types."""
    return secrets.token_urlsafe(_LINK_BYTES)


def grouped(code: str) -> str:
    """Return a code as it is printed: two groups of five."""
    return f"{code[:_HALF]} {code[_HALF:]}"


def digest_of(code: str) -> bytes:
    """Return the keyed digest of a code; blanks, hyphens and case do not count in what is typed from a slip."""
    bare = "".join(code.split()).replace("-", "").upper()
    typed = bare if len(bare) == CODE_LENGTH else code.strip()
    return keyed_digest(b"code", typed)


def keyed_digest(purpose: bytes, text: str) -> bytes:
    """Return 32 bytes that only this installation can compute, so that a stolen table gives no codes away."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"hadir accounts digest 1 " + purpose)
    return hmac.digest(derivation.derive(settings.HADIR_SECRET), text.encode(), "sha256")
