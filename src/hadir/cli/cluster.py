import hashlib
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from hadir.cli.leash import leash
from hadir.cli.osuser import OsUser, is_reachable, unprivileged_user
from hadir.cli.pgbin import Binaries, binaries_for
from hadir.cli.trouble import TroubleError

SUPERUSER = "postgres"
SOCKET_PORT = 5432
LONGEST_SOCKET_FOLDER = 85  # the kernel's limit for a socket's path is 103 to 107 bytes, its file name included
START_SECONDS = 120  # a crashed server replays its log first
STOP_SECONDS = 60
SYSTEM_SHELF = Path("/var/lib/hadir")

HASTY: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Settings for data that nobody will miss: tests, never the demo or a bench."""


@dataclass
class Cluster:
    """A private PostgreSQL server of this process: it ends when the process ends, whatever the reason.

    It listens on a Unix socket only, in a folder closed to other users, and asks everybody for a password (SCRAM).
    """

    home: Path
    binaries: Binaries
    settings: Mapping[str, str] = field(default_factory=dict)
    user: OsUser = field(default_factory=unprivileged_user)
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.home = fitting_home(self.home, self.user)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server said since its last start."""
        return self.home / "server.log"

    @property
    def socket_folder(self) -> Path:
        """Where the socket stands: in the home, or where that path is too long, in the temporary folder."""
        folder = self.home / "socket"
        if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        return Path(tempfile.gettempdir()) / f"hadir-{self.user.uid}-{_digest(self.home)}"

    def url(self, database: str = "postgres", user: str = SUPERUSER, password: str = "") -> str:
        """The address of a database for one of its users; the superuser's password is known."""
        known = password or (self._password_file.read_text().strip() if user == SUPERUSER else "")
        where = urlencode({"host": str(self.socket_folder), "port": SOCKET_PORT})
        return f"postgresql://{quote(user, safe='')}:{quote(known, safe='')}@/{quote(database, safe='')}?{where}"

    def start(self) -> None:
        """Start the server, after making it where it is new and ending what a killed run left behind.

        Raises:
            TroubleError: The server cannot start; the sentence holds its own last words.
        """
        if not (self.data / "PG_VERSION").exists():
            self._make()
        self._check_version()
        self._end_remnant()
        _private_folder(self.socket_folder, self.user)
        given = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "port": str(SOCKET_PORT),
            "timezone": "UTC",
            **self.settings,
        }
        options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("wb") as log:
            self._process = self._spawn([self._program("postgres"), "-D", str(self.data), *options], log.fileno())
        self._await_readiness()

    def stop(self) -> None:
        """Stop the server and wait until it is gone; sessions that are still open are cut off."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
        self._process = None

    def provide_database(self, name: str, owner: str, password: str) -> None:
        """Make sure that database and owner exist: one that may make roles but is no superuser, as in an office."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (owner,)).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE").format(sql.Identifier(owner)))
            connection.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(owner), sql.Literal(password))
            )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(owner))
                )

    @property
    def _password_file(self) -> Path:
        return self.home / "password"

    def _program(self, name: str) -> str:
        return binaries_for(self.user, self.binaries, SYSTEM_SHELF).program(name)

    def _spawn(self, command: list[str], output: int) -> subprocess.Popen[bytes]:
        identity = {} if self.user.is_current else {"user": self.user.uid, "group": self.user.gid, "extra_groups": []}
        return subprocess.Popen(
            command,
            cwd=self.home,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": _locale(), "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=leash(signal.SIGINT),  # noqa: PLW1509 - no threads run yet, and only the kernel is asked
            **identity,  # type: ignore[arg-type]  # the names of these three arguments are right
        )

    def _make(self) -> None:
        _private_folder(self.home, self.user)
        self._password_file.write_text(secrets.token_urlsafe(24))
        _give(self._password_file, self.user, 0o600)
        making = self.home / "making"
        if making.exists():
            subprocess.run(["rm", "-rf", str(making)], check=True)
        order = [self._program("initdb"), "-D", str(making), "-U", SUPERUSER, f"--pwfile={self._password_file}"]
        order += ["--auth=scram-sha-256", "--encoding=UTF8", f"--locale={_locale()}"]
        order += ["--no-sync"] if self.settings.get("fsync") == "off" else []
        with self.log.open("wb") as log:
            if self._spawn(order, log.fileno()).wait() != 0:
                raise TroubleError(f"PostgreSQL could not be set up in {self.home}: {self._last_words()}")
        making.rename(self.data)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(self.binaries.major):
            raise TroubleError(
                f"The data in {self.home} was made by PostgreSQL {made_by}, and this is {self.binaries.major}: "
                "start with --fresh to make it anew."
            )

    def _end_remnant(self) -> None:
        """End a server that outlived its parent, and forget one that died without tidying up."""
        note = self.data / "postmaster.pid"
        if not note.exists():
            return
        number = int(note.read_text().split(maxsplit=1)[0])
        if not _runs(number, str(self.data)):
            note.unlink()
            return
        os.kill(number, signal.SIGINT)
        deadline = time.monotonic() + STOP_SECONDS
        while _runs(number, str(self.data)):
            if time.monotonic() > deadline:
                raise TroubleError(
                    f"A PostgreSQL of an earlier run (process {number}) does not stop; end it and start again."
                )
            time.sleep(0.05)

    def _await_readiness(self) -> None:
        note = self.data / "postmaster.pid"
        deadline = time.monotonic() + START_SECONDS
        while self._process is not None and self._process.poll() is None:
            lines = note.read_text().splitlines() if note.exists() else []
            if len(lines) > 7 and lines[0] == str(self._process.pid) and lines[7].strip() == "ready":  # noqa: PLR2004 - its eighth line
                return
            if time.monotonic() > deadline:
                self.stop()
                break
            time.sleep(0.02)
        self._process = None
        raise TroubleError(f"PostgreSQL did not start: {self._last_words()} The whole story is in {self.log}.")

    def _last_words(self) -> str:
        said = self.log.read_text(errors="replace")
        if "No space left on device" in said:
            return f"the disk that holds {self.home} is full."
        lines = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line]
        return (lines or said.splitlines() or ["it said nothing."])[-1]


def fitting_home(wanted: Path, user: OsUser) -> Path:
    """The wanted folder, or, where the server's user cannot get there, one under /var/lib/hadir named after it."""
    if is_reachable(wanted, user):
        return wanted
    return SYSTEM_SHELF / _digest(wanted)


def _private_folder(folder: Path, user: OsUser) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {user.uid, os.geteuid()}:
        raise TroubleError(f"The folder {folder} belongs to somebody else; remove it and start again.")
    _give(folder, user, 0o700)


def _give(path: Path, user: OsUser, mode: int) -> None:
    path.chmod(mode)
    if not user.is_current:
        os.chown(path, user.uid, user.gid)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _locale() -> str:
    return "C.UTF-8" if sys.platform.startswith("linux") else "C"


def _runs(number: int, word: str) -> bool:
    """Whether that process lives and names the word in its command line: a number alone may be another's by now."""
    said = subprocess.run(["ps", "-o", "args=", "-p", str(number)], check=False, capture_output=True, text=True).stdout
    return word in said
