import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from hadir.cli.homes import SOURCES
from hadir.config import environment

DOOR = "hadir.config.door:app"
GATE = "hadir.config.gate:app"
PAGES = "hadir.config.wsgi:application"
WORKER = "hadir.config.worker"


@dataclass(frozen=True)
class Listening:
    """Where a server listens, in how many processes, and with which certificate, if any."""

    host: str
    port: int
    workers: int = 1
    certificate: Path | None = None
    key: Path | None = None


def server(application: str, at: Listening) -> list[str]:
    """The command line of granian with one of the applications."""
    interface = "wsgi" if application == PAGES else "asgi"
    command = [sys.executable, "-m", "granian", "--interface", interface, "--host", at.host, "--port", str(at.port)]
    command += ["--workers", str(at.workers), "--no-ws", "--no-access-log", "--log-level", "warning"]
    command += ["--workers-kill-timeout", "10", "--respawn-failed-workers"]
    if at.certificate and at.key:
        command += ["--ssl-certificate", str(at.certificate), "--ssl-keyfile", str(at.key)]
        command += ["--ssl-protocol-min", "tls1.2"]  # phones of 2018 have no newer one
    return [*command, application]


def worker() -> list[str]:
    """The command line of the process that does the jobs."""
    return [sys.executable, "-m", WORKER]


def surroundings(given: Mapping[str, str], role: str) -> dict[str, str]:
    """The environment of a process: ours, what it is told, and the database role it uses.

    The owner's name and password stay behind: a process that serves knows only where the database is. The worker alone
    sends mail, so it alone learns the mail server's password.
    """
    told = {**os.environ, **given}
    told["HADIR_DATABASE_URL"] = without_user(environment.required("HADIR_DATABASE_URL", told))
    told.pop("HADIR_DATABASE_URL_FILE", None)
    if role != "worker":
        told.pop("HADIR_SMTP_URL", None)
        told.pop("HADIR_SMTP_URL_FILE", None)
    return {
        **told,
        "HADIR_ROLE": role,
        "DJANGO_SETTINGS_MODULE": "hadir.config.settings",
        "PYTHONPATH": str(SOURCES),
        "PYTHONUNBUFFERED": "1",
    }


def without_user(url: str) -> str:
    """The address of a database without the name and password in it."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
