"""Where photos live: one interface, named by government and tap; a local folder by default."""

from __future__ import annotations

import os
import tempfile
from enum import Enum
from pathlib import Path
from typing import Protocol

from hadir.kernel.refusals import InvalidData

_TAP_BYTES = 32


class ImageType(Enum):
    """What an image really is, by its first bytes; the value is its media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"


def sniff(image: bytes) -> ImageType | None:
    """Return the true type of an image, whatever its sender calls it; None for anything else."""
    if image.startswith(b"\xff\xd8\xff"):
        return ImageType.JPEG
    if image.startswith(b"\x89PNG\r\n\x1a\n"):
        return ImageType.PNG
    if image.startswith(b"RIFF") and image[8:12] == b"WEBP":
        return ImageType.WEBP
    return None


class PhotoStore(Protocol):
    """Keeps the photo of a tap; a photo is written once and read by its government and tap."""

    def put(self, government: int, tap: bytes, image: bytes) -> None:
        """Keep an image durably; putting the same again changes nothing."""
        ...

    def get(self, government: int, tap: bytes) -> bytes | None:
        """Return the image, None where there is none."""
        ...

    def delete(self, government: int, tap: bytes) -> None:
        """Forget the image, if there is one."""
        ...


class FolderStore:
    """A PhotoStore in a local folder: `<government>/<first byte of the tap>/<tap>`, written whole or not at all."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, government: int, tap: bytes, image: bytes) -> None:
        """Write to a temporary file beside the place, flush it to the disk, then give it its name."""
        place = self._place(government, tap)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(image)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(place)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
        _flush_folder(place.parent)

    def get(self, government: int, tap: bytes) -> bytes | None:
        """Return the image, None where there is none."""
        place = self._place(government, tap)
        return place.read_bytes() if place.exists() else None

    def delete(self, government: int, tap: bytes) -> None:
        """Forget the image, if there is one."""
        self._place(government, tap).unlink(missing_ok=True)

    def _place(self, government: int, tap: bytes) -> Path:
        if government < 1:
            raise InvalidData("photo.government", government, "a positive number")
        if len(tap) != _TAP_BYTES:
            raise InvalidData("photo.tap", len(tap), f"{_TAP_BYTES} bytes")
        return self._root / str(int(government)) / tap[:1].hex() / tap.hex()


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
