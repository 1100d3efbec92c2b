import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hadir.cli.pgbin import Binaries, embedded_binaries, installed_binaries
from hadir.cli.trouble import TroubleError
from hadir.config import environment


def client_for(server: int) -> Binaries:
    """Programs that can dump and restore a server of that major version: the oldest that are new enough."""
    found = sorted([*installed_binaries(), embedded_binaries()], key=lambda each: each.major)
    for each in found:
        if each.major >= server:
            return each
    raise TroubleError(
        f"The server is PostgreSQL {server}, and no pg_dump here is as new; install its client programs."
    )


def list_dump(binaries: Binaries, dump: Path) -> int:
    """Read the table of contents of a dump; return how many entries it has.

    Raises:
        TroubleError: The dump cannot be read.
    """
    command = [binaries.program("pg_restore"), "--list", str(dump)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise TroubleError(f"The dump cannot be read again: {' '.join(done.stderr.split())[:500]}")
    return sum(1 for line in done.stdout.splitlines() if line and not line.startswith(";"))


def run_client(binaries: Binaries, order: Sequence[str], database: Mapping[str, Any]) -> str:
    """Run one of the programs on a database of Django's settings; the password stays out of the list of processes.

    Raises:
        TroubleError: The program failed; the sentence holds its own words.
    """
    settings = {**database, "PASSWORD": ""}
    command = [binaries.program(order[0]), *order[1:], "--dbname", environment.conninfo(settings)]
    env = {**os.environ, "PGPASSWORD": str(database["PASSWORD"])}
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise TroubleError(f"{order[0]} failed: {' '.join(done.stderr.split())[:500]}")
    return done.stdout
