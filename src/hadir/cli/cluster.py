import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import sql

from hadir.cli.cluster_home import SOCKET_PORT, SUPERUSER, SYSTEM_SHELF, ClusterHome, fitting_home, give, make_private
from hadir.cli.leash import leash
from hadir.cli.osuser import OsUser, unprivileged_user
from hadir.cli.pgbin import Binaries, binaries_for
from hadir.cli.trouble import TroubleError

START_SECONDS = 120  # a crashed server replays its log first
STOP_SECONDS = 60
STILL_IN_USE = "is still in use"
HASTY: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Settings for data that nobody will miss: tests, never the demo or a bench."""


@dataclass
class Cluster:
    """A private PostgreSQL server of this process: it ends when the process ends, whatever the reason.

    It listens on a Unix socket only, in a folder closed to other users, and asks everybody for a password (SCRAM).
    """

    folder: Path
    binaries: Binaries
    settings: Mapping[str, str] = field(default_factory=dict)
    user: OsUser = field(default_factory=unprivileged_user)
    home: ClusterHome = field(init=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.home = fitting_home(self.folder, self.user)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        """Whether the server was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def url(self, database: str = "postgres", user: str = SUPERUSER, password: str = "") -> str:
        """The address of a database for one of its users; the superuser's password is known."""
        return self.home.url(database, user, password)

    def start(self) -> None:
        """Start the server, after making it where it is new and ending what a killed run left behind.

        Raises:
            TroubleError: The server cannot start; the sentence holds its own last words.
        """
        if not (self.home.data / "PG_VERSION").exists():
            self._make()
        self._check_version()
        self._end_remnant()
        make_private(self.home.socket_folder, self.user)
        given = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.home.socket_folder),
            "unix_socket_permissions": "0700",
            "port": str(SOCKET_PORT),
            "timezone": "UTC",
            **self.settings,
        }
        options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        command = [self._program("postgres"), "-D", str(self.home.data), *options]
        deadline = time.monotonic() + START_SECONDS
        while not self._starts(command, deadline):
            # The sessions of a server that was killed need a moment to notice; until then its memory is in use.
            if STILL_IN_USE not in self.home.last_words() or time.monotonic() > deadline:
                raise TroubleError(
                    f"PostgreSQL did not start: {self.home.last_words()} The whole story is in {self.home.log}."
                )
            time.sleep(0.2)

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

    def _program(self, name: str) -> str:
        return binaries_for(self.user, self.binaries, SYSTEM_SHELF).program(name)

    def _spawn(self, command: list[str], output: int) -> subprocess.Popen[bytes]:
        identity: dict[str, Any] = {}
        if not self.user.is_current:
            identity = {"user": self.user.uid, "group": self.user.gid, "extra_groups": []}
        return subprocess.Popen(
            command,
            cwd=self.home.folder,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": _locale(), "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=leash(signal.SIGINT),  # noqa: PLW1509 - no threads run yet, and only the kernel is asked
            **identity,
        )

    def _make(self) -> None:
        make_private(self.home.folder, self.user)
        self.home.password_file.write_text(secrets.token_urlsafe(24))
        give(self.home.password_file, self.user, 0o600)
        making = self.home.folder / "making"
        if making.exists():
            subprocess.run(["rm", "-rf", str(making)], check=True)
        order = [self._program("initdb"), "-D", str(making), "-U", SUPERUSER, f"--pwfile={self.home.password_file}"]
        order += ["--auth=scram-sha-256", "--encoding=UTF8", f"--locale={_locale()}"]
        order += ["--no-sync"] if self.settings.get("fsync") == "off" else []
        with self.home.log.open("wb") as log:
            if self._spawn(order, log.fileno()).wait() != 0:
                raise TroubleError(f"PostgreSQL could not be set up in {self.home.folder}: {self.home.last_words()}")
        making.rename(self.home.data)

    def _check_version(self) -> None:
        made_by = (self.home.data / "PG_VERSION").read_text().strip()
        if made_by != str(self.binaries.major):
            raise TroubleError(
                f"The data in {self.home.folder} was made by PostgreSQL {made_by}, and this is {self.binaries.major}: "
                "start with --fresh to make it anew."
            )

    def _end_remnant(self) -> None:
        """End a server that outlived its parent, and forget one that died without tidying up."""
        note = self.home.note
        if not note.exists():
            return
        number = int(note.read_text().split(maxsplit=1)[0])
        if not _runs(number, str(self.home.data)):
            note.unlink()
            return
        deadline = time.monotonic() + STOP_SECONDS
        while _runs(number, str(self.home.data)):
            if time.monotonic() > deadline:
                raise TroubleError(
                    f"A PostgreSQL of an earlier run (process {number}) does not stop; end it and start again."
                )
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGINT)
            time.sleep(0.1)

    def _starts(self, command: list[str], deadline: float) -> bool:
        with self.home.log.open("wb") as log:
            self._process = self._spawn(command, log.fileno())
        while self._process.poll() is None:
            if self.home.is_ready(self._process.pid):
                return True
            if time.monotonic() > deadline:
                self.stop()
                return False
            time.sleep(0.02)
        self._process = None
        return False


def provide_database(cluster: Cluster, name: str, owner: str, password: str) -> None:
    """Make sure that database and owner exist: one that may make roles but is no superuser, as in an office."""
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (owner,)).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE").format(sql.Identifier(owner)))
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(owner), sql.Literal(password)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(owner))
            )


def _locale() -> str:
    return "C.UTF-8" if sys.platform.startswith("linux") else "C"


def _runs(number: int, word: str) -> bool:
    """Whether that process lives and names the word in its command line: a number alone may be another's by now."""
    asked = ["ps", "-ww", "-o", "args=", "-p", str(number)]  # the whole line, however narrow the terminal
    return word in subprocess.run(asked, check=False, capture_output=True, text=True).stdout
