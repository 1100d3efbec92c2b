"""Photos that come with a sheet: taken out of a ZIP file, recognised by their content, and redrawn without metadata."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from hadir.kernel.portraits import redrawn
from hadir.kernel.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

LARGEST = 64 * 1024 * 1024
LARGEST_PHOTO = 8 * 1024 * 1024
MOST_FILES = 5000


class NotAZip(Refusal):
    """The file with the photos is no ZIP, broken, or too large."""

    code = "not_a_zip"
    status = 415
    sentence = gettext_noop("The photos must come in one ZIP file of at most %(megabytes)d MB.")

    def __init__(self) -> None:
        super().__init__(megabytes=LARGEST // 1024 // 1024)


def photos_in(content: bytes, wanted: AbstractSet[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the wanted photos, named in lower case, redrawn as JPEG; empty bytes for a file that is no photo."""
    if len(content) > LARGEST:
        raise NotAZip
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            infos = packed.infolist()
            if len(infos) > MOST_FILES:
                raise NotAZip
            for info in infos:
                name = PurePosixPath(info.filename).name.casefold()
                if name in wanted and not info.is_dir():
                    yield name, _read(packed, info)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise NotAZip from error


def key_of(photo: bytes) -> bytes:
    """Return the name under which the store keeps a photo of a person."""
    return sha256(photo).digest()


def _read(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read no more than a photo may hold, whatever the file's own directory claims."""
    with packed.open(info) as file:
        image = file.read(LARGEST_PHOTO + 1)
    return redrawn(image) if len(image) <= LARGEST_PHOTO else b""
