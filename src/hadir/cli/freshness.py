import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(paths: Iterable[Path]) -> str:
    """The checksum of the names and contents of files; of a folder, of everything below it."""
    summed = hashlib.sha256()
    for path in sorted(each for found in paths for each in _files(found)):
        summed.update(f"{path}\0{path.stat().st_size}\0".encode())
        summed.update(path.read_bytes())
    return summed.hexdigest()


def is_fresh(stamp: Path, digest: str) -> bool:
    """Whether the stamp says that what was made was made from these sources."""
    return stamp.exists() and stamp.read_text() == digest


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return [each for each in path.rglob("*") if each.is_file() and "__pycache__" not in each.parts]
    return [path] if path.exists() else []
