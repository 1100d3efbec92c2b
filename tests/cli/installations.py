import os
import subprocess
import sys
from pathlib import Path

import psycopg
from tests import servers

from hadir.cli.cluster import Cluster

SOURCES = Path(__file__).resolve().parents[2] / "src"


class Installation:
    """An office with a database and photos of its own, driven by the command line."""

    def __init__(self, cluster: Cluster, name: str, folder: Path) -> None:
        servers.provide_copy(cluster, name)
        self.cluster = cluster
        self.name = name
        self.photos = folder / f"photos of {name}"
        self.photos.mkdir()
        self.url = servers.owner_url(cluster, name)
        self.told = {
            **{key: value for key, value in os.environ.items() if not key.startswith("HADIR_")},
            "HADIR_DATABASE_URL": self.url,
            "HADIR_SECRET": servers.SECRET,
            "HADIR_PHOTOS": str(self.photos),
            "HADIR_PUBLIC_URL": "https://hadir.contoh.go.id",
            "HADIR_SMTP_URL": "smtp://localhost:2525?tls=no",
            "PYTHONPATH": str(SOURCES),
        }

    def run(self, *arguments: str, **told: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), env={**self.told, **told}, capture_output=True, text=True, check=False
        )

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "hadir", *arguments]

    def rows(self, question: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(question).fetchall()

    def do(self, order: str) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute(order)

    def close(self) -> None:
        with psycopg.connect(self.cluster.url(), autocommit=True) as connection:
            servers.drop_copy(connection, self.name)
