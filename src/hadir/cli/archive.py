import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Self

from hadir.cli.trouble import TroubleError

MANIFEST = "manifest.json"
DUMP = "database.dump"
PHOTOS = "photos"
FORMAT = 1
CHUNK = 1 << 20


@dataclass
class Manifest:
    """What an archive holds: checksums of its members, and how many rows each table had when it was taken.

    `photos_in` names the bucket where the photos were then; empty where the archive itself holds them.
    """

    taken_at: str
    hadir: str
    server: int
    rows: dict[str, int]
    members: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT
    photos_in: str = ""

    @classmethod
    def read(cls, text: bytes) -> Self:
        """The manifest that was written as JSON."""
        told = json.loads(text)
        if told.get("format") != FORMAT:
            raise TroubleError(f"This archive has format {told.get('format')}, and this Hadir reads {FORMAT}.")
        return cls(**told)


class _Summed:
    """A file that is summed up while somebody else reads it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on, and sum up what was read."""
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def write_archive(path: Path, manifest: Manifest, dump: Path, photos: Path | None) -> None:
    """Write dump, photos and manifest into one file that only its owner may read; it has its name once it is whole.

    Raises:
        TroubleError: It cannot be written, or not read back; nothing of it is left.
    """
    partial = path.with_name(f"{path.name}.partial")
    try:
        partial.touch(mode=0o600)
        _write(partial, manifest, dump, photos)
        check_archive(partial)
        partial.rename(path)
    except OSError as error:
        raise TroubleError(f"The backup could not be written to {path.parent}: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)


def _write(path: Path, manifest: Manifest, dump: Path, photos: Path | None) -> None:
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        _add(archive, manifest, DUMP, dump)
        if photos is not None:
            for photo in sorted(each for each in photos.rglob("*") if each.is_file()):
                _add(archive, manifest, f"{PHOTOS}/{photo.relative_to(photos).as_posix()}", photo)
        written = json.dumps(asdict(manifest), indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(written)
        archive.addfile(entry, io.BytesIO(written))


def check_archive(path: Path) -> Manifest:
    """Read the whole archive again and hold every member to its checksum.

    Raises:
        TroubleError: A member is missing, damaged or unknown.
    """
    try:
        with tarfile.open(path) as archive:
            found = {entry.name: _digest(archive, entry) for entry in archive if entry.name != MANIFEST}
            manifest = Manifest.read(_open(archive, archive.getmember(MANIFEST)).read())
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise TroubleError(f"{path} is no whole backup of Hadir: {error}.") from error
    wrong = sorted({name for name, _ in found.items() ^ manifest.members.items()})
    if wrong:
        raise TroubleError(f"{path} is damaged: {', '.join(wrong[:5])} does not match its checksum.")
    return manifest


def extract(path: Path, dump: Path, photos: Path | None) -> None:
    """Write the archive's dump to a file and its photos, if it has any, below a folder."""
    with tarfile.open(path) as archive:
        for entry in archive:
            if entry.name == MANIFEST:
                continue
            target = dump if entry.name == DUMP else _place_of(entry.name, photos)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                for piece in _pieces(_open(archive, entry)):
                    file.write(piece)


def has_photos(manifest: Manifest) -> bool:
    """Whether an archive holds photos."""
    return any(name != DUMP for name in manifest.members)


def _place_of(name: str, photos: Path | None) -> Path:
    if photos is None:
        raise TroubleError(f"The archive holds {name}, and there is no folder for photos.")
    return photos / _below(PHOTOS, name)


def _add(archive: tarfile.TarFile, manifest: Manifest, name: str, source: Path) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = source.stat().st_size
    entry.mode = 0o600
    with source.open("rb") as file:
        summed = _Summed(file)
        archive.addfile(entry, summed)
    manifest.members[name] = summed.digest.hexdigest()


def _below(folder: str, name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or path.parts[0] != folder:
        raise TroubleError(f"The archive holds a file of a strange name, {name!r}; nothing of it was restored.")
    return path.relative_to(folder)


def _open(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    file = archive.extractfile(entry)
    if file is None:
        raise TroubleError(f"The archive holds {entry.name}, which is no file.")
    return file


def _digest(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(_open(archive, entry)):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(CHUNK):
        yield piece
