import contextlib
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hadir.cli.homes import STATE
from hadir.cli.trouble import TroubleError

DATABASE = "hadir"
OWNER = "hadir_owner"


@dataclass(frozen=True)
class DemoState:
    """What the demo keeps between two starts, below one folder that only its user may read."""

    folder: Path = STATE / "demo"

    @property
    def cluster_folder(self) -> Path:
        """Where the demo's PostgreSQL should live."""
        return self.folder / "cluster"

    @property
    def photos(self) -> Path:
        """The folder of the photo store."""
        return self.folder / "photos"

    @property
    def mail(self) -> Path:
        """Where the messages that Hadir would send are written instead."""
        return self.folder / "mail"

    @property
    def log(self) -> Path:
        """What web, gate and worker say."""
        return self.folder / "hadir.log"

    @property
    def migrated(self) -> Path:
        """Stamp of the migrations that the database has."""
        return self.folder / "migrated"

    @property
    def loaded(self) -> Path:
        """What the demo's data were loaded with: people and sign-ins; it is there once all of them are."""
        return self.folder / "loaded.json"

    def prepare(self) -> None:
        """Make the folders."""
        STATE.mkdir(exist_ok=True)
        for each in (self.folder, self.photos, self.mail):
            each.mkdir(exist_ok=True)

    def remove(self) -> None:
        """Forget everything but the lock."""
        for each in self.folder.iterdir() if self.folder.exists() else ():
            if each.is_dir():
                shutil.rmtree(each)
            elif each.name != "lock":
                each.unlink()

    def kept_secret(self, name: str) -> str:
        """A secret of that name, made on first use and readable by this user alone."""
        path = self.folder / name
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        return path.read_text()

    def what_was_loaded(self) -> dict[str, Any] | None:
        """What `loaded` says, or None before the data are there."""
        found: dict[str, Any] | None = json.loads(self.loaded.read_text()) if self.loaded.exists() else None
        return found

    @contextlib.contextmanager
    def held(self, address: str) -> Iterator[None]:
        """Hold the demo for this process; the kernel lets go of it however the process ends.

        Raises:
            TroubleError: Another process holds it.
        """
        with (self.folder / "lock").open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                file.seek(0)
                raise TroubleError(f"The demo already runs here: {file.read().strip()}.") from error
            file.truncate(0)
            file.write(f"process {os.getpid()}, {address}")
            file.flush()
            yield
