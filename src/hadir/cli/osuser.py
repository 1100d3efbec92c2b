import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from hadir.cli.trouble import TroubleError

NAME = "hadir"
FALLBACKS = ("postgres", "nobody")


@dataclass(frozen=True)
class OsUser:
    """The user of the operating system that a database server runs as."""

    name: str
    uid: int
    gid: int

    @property
    def is_current(self) -> bool:
        """Whether this very process runs as that user."""
        return self.uid == os.geteuid()


def unprivileged_user() -> OsUser:
    """The current user, or, for root (whom PostgreSQL refuses), a user of its own that is made when it is missing."""
    if os.geteuid() != 0:
        return _found(pwd.getpwuid(os.geteuid()).pw_name)
    _make(NAME)
    for name in (NAME, *FALLBACKS):
        if _exists(name):
            return _found(name)
    raise TroubleError(
        f"PostgreSQL does not run as root and no other user could be made: add one with 'useradd --system {NAME}'."
    )


def is_reachable(path: Path, user: OsUser) -> bool:
    """Whether that user may pass every folder down to the path; access lists beyond the mode bits are not seen."""
    return user.is_current or all(_may_pass(folder, user) for folder in (path, *path.parents) if folder.is_dir())


def _may_pass(folder: Path, user: OsUser) -> bool:
    found = folder.stat()
    if found.st_uid == user.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == user.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _exists(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


def _found(name: str) -> OsUser:
    entry = pwd.getpwnam(name)
    return OsUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _make(name: str) -> None:
    if _exists(name):
        return
    if shutil.which("useradd"):
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
    elif shutil.which("adduser"):
        command = ["adduser", "-S", "-D", "-H", name]
    else:
        return
    # A failure shows itself as a user that still does not exist; a neighbour may have made it meanwhile.
    subprocess.run(command, check=False, capture_output=True, timeout=30)
