import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from hadir.cli.osuser import OsUser, is_reachable
from hadir.cli.trouble import TroubleError

SUPERUSER = "postgres"
SOCKET_PORT = 5432
LONGEST_SOCKET_FOLDER = 85  # the kernel's limit for a socket's path is 103 to 107 bytes, its file name included
READY_LINE = 8
SYSTEM_SHELF = Path("/var/lib/hadir")


@dataclass(frozen=True)
class ClusterHome:
    """The folder of a private PostgreSQL server, and what is found where in it."""

    folder: Path
    user: OsUser

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server said since its last start."""
        return self.folder / "server.log"

    @property
    def note(self) -> Path:
        """PostgreSQL's note of its running process: the number first, its readiness in the last line."""
        return self.data / "postmaster.pid"

    def is_ready(self, number: int) -> bool:
        """Whether the server that is that process takes connections."""
        lines = self.note.read_text().splitlines() if self.note.exists() else []
        return len(lines) >= READY_LINE and lines[0] == str(number) and lines[READY_LINE - 1].strip() == "ready"

    @property
    def password_file(self) -> Path:
        """The superuser's password."""
        return self.folder / "password"

    @property
    def socket_folder(self) -> Path:
        """Where the socket stands: in the home, or where that path is too long, in the temporary folder."""
        folder = self.folder / "socket"
        if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        return Path(tempfile.gettempdir()) / f"hadir-{self.user.uid}-{_digest(self.folder)}"

    def url(self, database: str, user: str, password: str) -> str:
        """The address of a database for one of its users; the superuser's password is known."""
        known = password or (self.password_file.read_text() if user == SUPERUSER else "")
        where = urlencode({"host": str(self.socket_folder), "port": SOCKET_PORT})
        return f"postgresql://{quote(user, safe='')}:{quote(known, safe='')}@/{quote(database, safe='')}?{where}"

    def last_words(self) -> str:
        """Why the server gave up, as far as it said so."""
        said = self.log.read_text(errors="replace")
        if "No space left on device" in said:
            return f"the disk that holds {self.folder} is full."
        lines = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line]
        return (lines or said.splitlines() or ["it said nothing."])[-1]


def fitting_home(wanted: Path, user: OsUser) -> ClusterHome:
    """The wanted folder, or, where the server's user cannot get there, one under /var/lib/hadir named after it."""
    folder = wanted.absolute()
    return ClusterHome(folder if is_reachable(folder, user) else SYSTEM_SHELF / _digest(folder), user)


def make_private(folder: Path, user: OsUser) -> None:
    """Make the folder the server's own, closed to everybody else.

    Raises:
        TroubleError: The folder is there and belongs to somebody else.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {user.uid, os.geteuid()}:
        raise TroubleError(f"The folder {folder} belongs to somebody else; remove it and start again.")
    give(folder, user, 0o700)


def give(path: Path, user: OsUser, mode: int) -> None:
    """Make the path the server's own."""
    path.chmod(mode)
    if not user.is_current:
        os.chown(path, user.uid, user.gid)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
