"""Photos of people that somebody uploads: recognised by their content, made small, and rid of what else they tell."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from hadir.kernel.photos import sniff

MOST_PIXELS = 50_000_000
SIZE = (480, 640)
_QUALITY = 85


def redrawn(image: bytes) -> bytes:
    """Return an image upright, at most 480 by 640, as JPEG without any metadata; empty bytes for what is no image."""
    if sniff(image) is None:
        return b""
    try:
        with Image.open(io.BytesIO(image)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return b""
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    upright.thumbnail(SIZE)
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()
