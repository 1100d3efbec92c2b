import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import servers

from hadir.cli import programs
from hadir.cli.cluster import Cluster
from hadir.cli.crew import Crew
from hadir.cli.ports import await_answer

HOST = "127.0.0.1"


@dataclass
class Site:
    """Hadir as people meet it: its door on a port of the loopback, before a database of its own."""

    cluster: Cluster
    database: str
    folder: Path
    port: int = 0
    told: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        # To a browser the loopback is as good as HTTPS: it gives camera and position.
        return f"http://localhost:{self.port}"

    @property
    def owner_url(self) -> str:
        return servers.owner_url(self.cluster, self.database)

    def run_as_owner(self, code: str) -> str:
        """Run Python in a process of its own, with Django connected as the owner; return what it printed."""
        begin = "import django; django.setup()\n"
        env = {**programs.surroundings(self.told, "owner"), "HADIR_DATABASE_URL": self.owner_url}
        done = subprocess.run(
            [sys.executable, "-c", begin + code], env=env, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator["Site"]:
        """Serve until the block ends."""
        crew = Crew()
        log = self.folder / f"{self.database}.log"
        at = programs.Listening(HOST, self.port)
        try:
            crew.start("web", programs.server(programs.DOOR, at), programs.surroundings(self.told, "web"), log)
            crew.start("worker", programs.worker(), programs.surroundings(self.told, "worker"), log)
            await_answer(f"http://{HOST}:{self.port}/gate/health", crew.check)
            yield self
        finally:
            crew.stop()


def prepared_site(cluster: Cluster, database: str, folder: Path) -> Site:
    """A site before a fresh copy of the template, on a port that is free now."""
    servers.provide_copy(cluster, database)
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    site = Site(cluster, database, folder, port)
    photos, mail = folder / "photos", folder / "mail"
    photos.mkdir(exist_ok=True)
    mail.mkdir(exist_ok=True)
    site.told = {
        **{name: value for name, value in os.environ.items() if name.startswith("LC_")},
        "HADIR_DATABASE_URL": site.owner_url,
        "HADIR_SECRET": servers.SECRET,
        "HADIR_PHOTOS": str(photos),
        "HADIR_SMTP_URL": f"file://{mail}",
        "HADIR_HOSTS": f"localhost,{HOST}",
        "HADIR_PUBLIC_URL": site.url,
    }
    return site
