"""Where photos live: one interface, named by government and tap; a local folder by default."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from hadir.kernel.refusals import InvalidData, Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class PhotoStoreUnavailable(Refusal):
    """The place of the photos does not answer or lets us not in; `reason` tells it in a few words, without secrets."""

    code = "photo_store_unavailable"
    status = 503
    sentence = gettext_noop("Photos cannot be reached now (%(reason)s). Try again later.")


class PhotoStore(Protocol):
    """Keeps the photo of a tap; a photo is written once and read by its government and tap.

    Calls block until the store has answered. Every one raises InvalidData for what names no photo, and
    PhotoStoreUnavailable where the store cannot do what it was asked.
    """

    def put(self, government: int, tap: bytes, image: bytes) -> None:
        """Keep an image durably; putting the same again changes nothing."""
        ...

    def get(self, government: int, tap: bytes) -> bytes | None:
        """Return the image, None where there is none."""
        ...

    def delete(self, government: int, tap: bytes) -> None:
        """Forget the image, if there is one."""
        ...

    def apart(self, name: str) -> PhotoStore:
        """Return the store of another kind of photos in the same place: they never meet under one name."""
        ...


def name_of(government: int, tap: bytes) -> str:
    """Return `<government>/<first byte of the tap>/<tap>`, the name of a photo in every store; InvalidData if none."""
    if government < 1:
        raise InvalidData("photo.government", government, "a positive number")
    if len(tap) != _TAP_BYTES:
        raise InvalidData("photo.tap", len(tap), f"{_TAP_BYTES} bytes")
    return f"{int(government)}/{tap[:1].hex()}/{tap.hex()}"


def require_kind(name: str) -> None:
    """Check that a kind of photos is one word of letters; a number could be a government's."""
    if not (name.isascii() and name.isalpha()):
        raise InvalidData("photo.kind", name, "a word of letters")


class FolderStore:
    """A PhotoStore in a local folder: every photo is a file, written whole or not at all."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, government: int, tap: bytes, image: bytes) -> None:
        """Write to a temporary file beside the place, flush it to the disk, then give it its name."""
        place = self._root / name_of(government, tap)
        with _telling():
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(place, image)
            _flush_folder(place.parent)

    def get(self, government: int, tap: bytes) -> bytes | None:
        """Return the image, None where there is none."""
        place = self._root / name_of(government, tap)
        with _telling():
            return place.read_bytes() if place.exists() else None

    def delete(self, government: int, tap: bytes) -> None:
        """Forget the image, if there is one."""
        place = self._root / name_of(government, tap)
        with _telling():
            place.unlink(missing_ok=True)

    def apart(self, name: str) -> FolderStore:
        """Return the store in a folder of that name."""
        require_kind(name)
        return FolderStore(self._root / name)


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PhotoStoreUnavailable(reason=error.strerror or type(error).__name__) from error


def _write(place: Path, image: bytes) -> None:
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


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
