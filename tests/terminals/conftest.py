"""An installation of its own for each test: its database, its roles, its gate, and an office with a terminal."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import connections
from tests import servers
from tests.gate.conftest import Door

from hadir.config.environment import derived
from hadir.gate.app import create_app
from hadir.gate.settings import GateSettings
from hadir.kernel.photos import FolderStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django.plugin import DjangoDbBlocker

    from hadir.cli.cluster import Cluster

SECRET = servers.SECRET.encode()
KOTA, KEMENTERIAN = 1, 2


@dataclass(frozen=True)
class Installation:
    """One database of Hadir, entered in the role that each process has."""

    cluster: Cluster
    name: str

    def url(self, role: str) -> str:
        return self.cluster.url(self.name, f"hadir_{role}", derived(SECRET, f"database role {role}"))

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask as the owner, who sees every government."""
        with psycopg.connect(self.cluster.url(self.name), autocommit=True) as connection:
            cursor = connection.execute(question, values)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def acting_as(self, role: str) -> Iterator[None]:
        """Let Django speak to this database in a role."""
        usual = connections["default"]
        before = dict(usual.settings_dict)
        usual.close()
        usual.settings_dict |= {
            "NAME": self.name,
            "USER": f"hadir_{role}",
            "PASSWORD": derived(SECRET, f"database role {role}"),
        }
        try:
            yield
        finally:
            usual.close()
            usual.settings_dict |= before

    def absorb(self) -> int:
        from hadir.terminals.commands.absorbing import absorb_messages  # noqa: PLC0415 - needs the settings

        with self.acting_as("worker"):
            return absorb_messages()

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        """Cut everybody off and let nobody in, as a server that is down would."""
        with psycopg.connect(self.cluster.url(), autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false")
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self.name])
            try:
                yield
            finally:
                connection.execute(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")


@pytest.fixture
def installation(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[Installation]:
    """A fresh copy of the migrated tables; the web role speaks to it while the test runs."""
    name = f"hadir_terminals_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with django_db_blocker.unblock():
        servers.provide_copy(cluster, name)
        made = Installation(cluster, name)
        made.ask("SELECT clocking_open_month('2025-12-01')")  # the captured messages are of that year
        with made.acting_as("web"):
            yield made


@pytest.fixture
def open_gate(installation: Installation, tmp_path: Path) -> Iterator[Callable[[], Door]]:
    """Open a gate that has read what is approved now; every one is closed after the test."""
    opened: list[Door] = []

    def start(**changed: Any) -> Door:
        settings = GateSettings(
            dsn=installation.url("gate"), secret=SECRET, photos=FolderStore(tmp_path / "photos"), **changed
        )
        door = Door(create_app(settings), settings)
        opened.append(door)
        door.do(door.gate.start())
        return door

    yield start
    for door in opened:
        door.do(door.gate.stop())
        door.close()


@pytest.fixture
def city(installation: Installation) -> Any:
    """Kota Contoh, where Budi and Sari work and Rina of the personnel agency approves terminals."""
    from tests.terminals.places import open_city  # noqa: PLC0415 - models need the settings, which are told later

    return open_city(KOTA)


@pytest.fixture
def ministry(installation: Installation) -> Any:
    """Kementerian Contoh, another government with people of the same names."""
    from tests.terminals.places import open_city  # noqa: PLC0415 - as above

    return open_city(KEMENTERIAN)
